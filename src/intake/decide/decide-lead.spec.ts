import { describe, expect, it } from '@jest/globals';
import type { EffectDraft } from '../../effects/effect.js';
import { askedLead, type LeadEvent } from '../../leads/crm-event.js';
import {
  EMPTY_CONTEXT,
  MAX_TURNS,
  MAX_TURN_LENGTH,
  type LeadContext,
} from '../../leads/lead-context.js';
import type { GrowthProposal } from '../../growth/growth-feature.js';
import { gateFor, sampleRollout, switchedOn } from '../../growth/testing/gate-for.js';
import { sampleDecidingSettings } from '../testing/sample-settings.js';
import { decide as decideEvent } from './decide.js';
import { UNKNOWN_LEAD, type DecidingSettings, type LeadDecision } from './decision.js';

const NOW = new Date('2026-03-02T18:00:00.000Z');
const HOT = 'Pre-approved for $450k, need to buy in Frisco within 30 days';
const REVIEW = 'Up to $950k in Frisco';

function event(text: string, changes: Partial<LeadEvent> = {}): LeadEvent {
  const asked = { type: 'message.received', locationId: 'l', contactId: 'c', text };
  return { ...askedLead(NOW, asked), ...changes };
}

interface Circumstances {
  readonly event?: LeadEvent;
  readonly context?: LeadContext;
  readonly replyMode?: DecidingSettings['replyMode'];
  /** What a growth feature adds. */
  readonly proposal?: GrowthProposal;
}

function decide(text: string, circumstances: Circumstances = {}): LeadDecision {
  const { replyMode = 'high_priority', proposal = {}, context = EMPTY_CONTEXT } = circumstances;
  const feature = {
    key: 'sample',
    description: 'A sample.',
    defaults: {},
    observe: () => [],
    propose: () => proposal,
  };
  const input = {
    event: circumstances.event ?? event(text),
    situation: { ...UNKNOWN_LEAD, context },
    settings: sampleDecidingSettings({ replyMode }),
    rollout: sampleRollout({ flags: switchedOn(feature) }),
    at: NOW,
  };
  return decideEvent(deepFreeze(input), gateFor([feature]));
}

/** Inputs must not be mutated: a mutation throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

function context(changes: Partial<LeadContext>): LeadContext {
  return { ...EMPTY_CONTEXT, ...changes };
}

const kinds = (effects: readonly EffectDraft[]): string[] =>
  effects.map(({ payload }) => payload.kind);

describe('follow-up', () => {
  it.each([
    ['high priority', HOT, 'immediate_call', 60],
    ['review required', REVIEW, 'same_day_follow_up', 240],
    ['warm', 'cash buyer, budget $450k', 'same_day_follow_up', 240],
    ['cold', 'hello', 'nurture_sequence', 1_440],
  ])('of a lead that is %s', (_name, text, action, delay_minutes) => {
    const { document, effects, context: after } = decide(text);
    expect(document.follow_up).toEqual({ action, delay_minutes });
    const dueAt = new Date(NOW.getTime() + delay_minutes * 60_000);
    expect(effects.at(-1)).toMatchObject({ dueAt, payload: { kind: 'follow_up', action } });
    expect(after.follow_up).toEqual({ action, due_at: dueAt.toISOString() });
  });

  it('is due when a feature recommends it', () => {
    const { effects } = decide(HOT, { proposal: { followUp: { recommended_delay_minutes: 5 } } });
    expect(effects.at(-1)?.dueAt).toEqual(new Date('2026-03-02T18:05:00Z'));
  });
});

describe('reply', () => {
  it.each([
    ['high_priority', HOT, true],
    ['high_priority', REVIEW, false],
    ['all', 'hello', true],
    ['suggest', HOT, false],
    ['off', HOT, false],
  ] as const)('in mode %s', (replyMode, text, sends) => {
    const { document, effects } = decide(text, { replyMode });
    expect(document.reply.send).toBe(sends);
    expect(kinds(effects).includes('send_message')).toBe(sends);
    expect(document.reply.text).not.toBe('');
  });

  it('goes out before anything else', () => {
    expect(kinds(decide(HOT).effects)).toEqual([
      'send_message',
      'update_fields',
      'add_tags',
      'follow_up',
    ]);
  });

  it('becomes a note in suggest mode', () => {
    const note = decide(HOT, { replyMode: 'suggest' }).effects.find(
      ({ payload }) => payload.kind === 'add_note',
    );
    expect(note?.payload).toMatchObject({ body: expect.stringContaining('Suggested reply: ') });
  });

  it('answers on the channel on which the lead wrote', () => {
    const { effects } = decide(HOT, { event: event(HOT, { replyChannel: 'WhatsApp' }) });
    expect(effects[0]?.payload).toMatchObject({ kind: 'send_message', channel: 'WhatsApp' });
  });

  it.each([
    ['suppressed', context({ suppression: { at: NOW.toISOString(), reason: 'opted_out' } }), {}],
    ['human_takeover', context({ human_takeover_at: '2026-03-02T12:00:00Z' }), {}],
    ['do_not_disturb', EMPTY_CONTEXT, { contact: { dnd: true } }],
  ] as const)('is withheld when %s', (withheld, before, changes) => {
    const { document, effects } = decide(HOT, { context: before, event: event(HOT, changes) });
    expect(document.reply).toMatchObject({ send: false, withheld });
    expect(kinds(effects)).not.toContain('send_message');
  });

  it('is the bot’s again a day after a person last wrote', () => {
    const before = context({ human_takeover_at: '2026-03-01T17:59:59Z' });
    expect(decide(HOT, { context: before }).document.reply.send).toBe(true);
  });
});

describe('opting out', () => {
  const before = context({
    tags: ['Hot-Lead', 'Qualified'],
    facts: { ...EMPTY_CONTEXT.facts, budget_max: 450_000, areas: ['Frisco'] },
  });

  it('scores nothing, answers nothing, plans nothing, and blocks the contact', () => {
    const {
      document,
      effects,
      context: after,
    } = decide('STOP', { context: before, replyMode: 'all' });
    expect(document).toMatchObject({
      lead_score: 0,
      lead_temperature: 'cold',
      priority: 'normal',
      meets_criteria: false,
    });
    expect(document.follow_up).toBeNull();
    expect(document.reply).toEqual({ text: null, send: false, withheld: 'opted_out' });
    expect(kinds(effects)).toEqual(['set_do_not_disturb', 'update_fields', 'remove_tags']);
    expect(after).toMatchObject({
      suppression: { reason: 'opted_out' },
      follow_up: null,
      tags: [],
    });
  });

  it('is lifted by START', () => {
    const stopped = decide('STOP').context;
    const { context: after, document } = decide('START', { context: stopped, replyMode: 'all' });
    expect(after.suppression).toBeNull();
    expect(document.reply.send).toBe(true);
  });
});

describe('tags', () => {
  it('are those that the lead earns', () => {
    const tags = decide(HOT).effects.find(({ payload }) => payload.kind === 'add_tags');
    expect(tags?.payload).toEqual({
      kind: 'add_tags',
      tags: ['Priority-High', 'Hot-Lead', 'Qualified'],
    });
  });

  it('that the CRM says the contact wears are removed when no longer earned, in our spelling', () => {
    const { effects } = decide('hello', {
      event: event('hello', { contact: { tags: ['hot-lead', 'vip'] } }),
    });
    expect(effects.find(({ payload }) => payload.kind === 'remove_tags')?.payload).toEqual({
      kind: 'remove_tags',
      tags: ['Hot-Lead'],
    });
  });

  it('are not earned by an empty message', () => {
    expect(kinds(decide('').effects)).not.toContain('add_tags');
  });
});

describe('source', () => {
  it.each([
    ['what the event names', { source: 'zillow', channel: 'sms' }, 'facebook', 'zillow'],
    ['the one stored', { channel: 'sms' }, 'facebook', 'facebook'],
    ['the channel when nothing is stored', { channel: 'sms' }, null, 'sms'],
    ['none', {}, null, 'unknown'],
  ] as const)('is %s', (_name, changes, last_source, source) => {
    const { document } = decide('hi', {
      event: event('hi', changes),
      context: context({ last_source }),
    });
    expect(document.source).toBe(source);
  });

  it('keeps the first beside the last, and never stores a channel', () => {
    const first = decide('hi', { event: event('hi', { source: 'facebook' }) }).context;
    const last = decide('hi', { event: event('hi', { source: 'zillow' }), context: first }).context;
    expect([last.first_source, last.last_source]).toEqual(['facebook', 'zillow']);
    expect(decide('hi', { event: event('hi', { channel: 'sms' }) }).context.last_source).toBeNull();
  });
});

describe('context', () => {
  it('keeps the newest turns, each bounded', () => {
    const turns = Array.from({ length: MAX_TURNS }, (_, n) => ({
      at: NOW.toISOString(),
      from: 'lead' as const,
      text: String(n),
    }));
    const after = decide('x'.repeat(MAX_TURN_LENGTH + 1), { context: context({ turns }) }).context;
    expect(after.turns).toHaveLength(MAX_TURNS);
    expect(after.turns[0]?.text).toBe('1');
    expect(after.turns.at(-1)?.text).toHaveLength(MAX_TURN_LENGTH);
  });

  it('has no turn of an event without text', () => {
    expect(decide('').context.turns).toEqual([]);
  });

  it('learns of the contact what each event says', () => {
    const before = context({ contact: { firstName: 'Dana', phone: '+1' } });
    const after = decide('hi', {
      context: before,
      event: event('hi', { contact: { phone: '+2' } }),
    }).context;
    expect(after.contact).toEqual({ firstName: 'Dana', phone: '+2' });
  });
});
