import { describe, expect, it } from '@jest/globals';
import { withEntries, type ConsentRegister } from '../../consent/consent-register.js';
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
  readonly register?: ConsentRegister;
  readonly replyMode?: DecidingSettings['replyMode'];
  readonly settings?: Partial<DecidingSettings>;
  readonly handoff?: { readonly handoffId: number; readonly state: 'open' };
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
    situation: {
      ...UNKNOWN_LEAD,
      context,
      register: circumstances.register ?? [],
      handoff: circumstances.handoff ?? null,
    },
    settings: sampleDecidingSettings({ replyMode, ...circumstances.settings }),
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

describe('what is not answered', () => {
  const all = { replyMode: 'all' } as const;
  const told = (text: string, from: 'bot' | 'human' = 'bot') =>
    context({ turns: [{ at: '2026-03-02T17:00:00.000Z', from, text }] });

  it('is a reaction, which changes nothing and sends nothing', () => {
    const before = context({ lead_score: 91, lead_temperature: 'hot', priority: 'high' });
    const decision = decide('Liked “Which area do you have in mind? Reply STOP to unsubscribe”', {
      ...all,
      context: before,
    });
    expect(decision).toMatchObject({
      context: before,
      effects: [],
      consent: [],
      cancelFollowUps: null,
      increments: [],
    });
    expect(decision.document).toMatchObject({
      intent: 'reaction',
      lead_score: 91,
      lead_temperature: 'hot',
      reply: { send: false, withheld: 'reaction' },
    });
  });

  it('is a message that only acknowledges; it is followed up all the same', () => {
    const { document } = decide('ok thanks', all);
    expect(document).toMatchObject({
      intent: 'acknowledgement',
      reply: { send: false, withheld: 'acknowledgement' },
      follow_up: { action: 'nurture_sequence' },
    });
  });

  it('is a message that came late: a task, once a day', () => {
    const late = event(HOT, { occurredAt: new Date(NOW.getTime() - 61 * 60_000) });
    const { document, effects, context: after } = decide(HOT, { ...all, event: late });
    expect(document.reply).toMatchObject({ send: false, withheld: 'stale' });
    expect(kinds(effects)).toContain('create_task');
    expect(kinds(decide(HOT, { ...all, event: late, context: after }).effects)).not.toContain(
      'create_task',
    );
  });

  it('would repeat our last text', () => {
    const { document } = decide('hello again', { ...all, context: decide('hello', all).context });
    expect(document.reply.send).toBe(true);
    const known = { budget_max: 450_000, areas: ['Frisco'], timeline: 'flexible' as const };
    const asked = told(
      'Thank you! We noted your request in Frisco. Is there anything else we should know?',
    );
    const again = decide('well well', {
      ...all,
      settings: { profile: { ...sampleDecidingSettings().profile, minBudget: 500_000 } },
      context: { ...asked, facts: { ...EMPTY_CONTEXT.facts, ...known } },
    });
    expect(again.document.reply).toMatchObject({ send: false, withheld: 'nothing_new' });
  });

  it.each([
    ['seller', 'what is my house in Plano worth?', 'create_task'],
    ['closed', 'we already bought a house', null],
    ['wrong_person', 'wrong number', null],
  ] as const)('is from a %s', (intent, text, task) => {
    const { document, effects, cancelFollowUps, context: after } = decide(text, all);
    expect(document).toMatchObject({
      intent,
      follow_up: null,
      reply: { send: false, withheld: 'not_a_buyer' },
    });
    expect(cancelFollowUps).toBe('not_a_buyer');
    expect(kinds(effects).includes('create_task')).toBe(task !== null);
    // Until it wants to buy after all.
    expect(decide('ok', { ...all, context: after }).document.follow_up).toBeNull();
    expect(decide(HOT, { ...all, context: after }).document.reply.send).toBe(true);
  });

  it.each([
    [null, false],
    ['csv_import', false],
    ['CRM UI', false],
    ['zillow', true],
  ] as const)('is a contact created without a word from %s', (source, isFollowedUp) => {
    const created = event('', { type: 'ContactCreate', source });
    const { document } = decide('', { ...all, event: created });
    expect(document.follow_up !== null).toBe(isFollowedUp);
    expect(document.reply.send).toBe(isFollowedUp);
  });

  it('may be a refusal: a person reads it, and what is planned waits', () => {
    const before = context({
      follow_up: { action: 'nurture_sequence', due_at: NOW.toISOString() },
    });
    const {
      document,
      effects,
      consent,
      cancelFollowUps,
      context: after,
    } = decide('🛑', {
      ...all,
      context: before,
    });
    expect(document).toMatchObject({
      consent: 'hold',
      follow_up: null,
      reply: { send: false, withheld: 'hold' },
    });
    expect(consent).toMatchObject([{ kind: 'hold', channel: 'SMS' }]);
    expect(kinds(effects)).toEqual(['create_task', 'update_fields']);
    expect(cancelFollowUps).toBeNull();
    expect(after.follow_up).toEqual(before.follow_up);
    const register = withEntries([], 'c', consent);
    const later = new Date(NOW.getTime() + 1);
    const clear = event('sorry, looking in Frisco', { occurredAt: later, receivedAt: later });
    expect(decide(clear.text, { ...all, register, event: clear }).document.reply.send).toBe(true);
  });
});

describe('a notice', () => {
  it('tells who writes and how to stop, in every mode, past handoff and takeover, once an hour', () => {
    const held = context({ human_takeover_at: NOW.toISOString() });
    const handoff = { handoffId: 7, state: 'open' } as const;
    const asked = { replyMode: 'off', context: held, handoff } as const;
    const help = decide('HELP', asked);
    expect(help.document.reply).toMatchObject({
      send: true,
      text: expect.stringContaining('Reply STOP to unsubscribe'),
    });
    expect(help.effects[0]?.payload).toMatchObject({ kind: 'send_message', purpose: 'notice' });
    const honest = decide('are you a bot?', asked);
    expect(honest.document.reply).toMatchObject({
      send: true,
      text: expect.stringContaining("I'm an automated assistant"),
    });
    expect(decide('HELP', { ...asked, context: help.context }).document.reply.send).toBe(false);
  });
});

describe('a burst', () => {
  const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

  it('is answered once, when the lead has done writing, and half a minute after its start at the latest', () => {
    const first = decide(HOT);
    const reply = first.effects.find(({ step }) => step === 'reply');
    expect(reply?.dueAt).toEqual(later(8));
    expect(first.cancelReplies).toBeNull();

    const pending = { since: NOW.toISOString(), due_at: later(8).toISOString() };
    expect(first.context.pending_reply).toEqual(pending);
    const before = {
      ...first.context,
      pending_reply: { ...pending, due_at: later(27).toISOString() },
    };
    const input = {
      event: event('or 500k in Plano', { occurredAt: later(25), receivedAt: later(25) }),
      situation: { ...UNKNOWN_LEAD, context: before },
      settings: sampleDecidingSettings(),
      rollout: sampleRollout(),
      at: later(25),
    };
    const second = decideEvent(input, gateFor([]));
    expect(second.cancelReplies).toBe('superseded');
    expect(second.effects.find(({ step }) => step === 'reply')?.dueAt).toEqual(later(30));
    // What was overtaken has never been said: the one that goes out introduces us.
    expect(second.document.reply.text).toContain('Reply STOP to unsubscribe');
    expect(second.context.turns.filter(({ from }) => from === 'bot')).toHaveLength(1);
  });

  it('keeps the reply that it owes when a later message gets none', () => {
    const first = decide(HOT);
    const second = decide('ok thanks', { context: first.context });
    expect(second.cancelReplies).toBeNull();
    expect(second.context.pending_reply).toEqual(first.context.pending_reply);
  });
});

describe('a workflow that a follow-up has put the lead into', () => {
  const settings = { nurtureWorkflowId: 'w' };
  const due = context({
    follow_up: { action: 'nurture_sequence', due_at: '2026-03-01T18:00:00.000Z' },
  });

  it('is left when the lead refuses, once', () => {
    const talked = decide('hello', { settings, context: due }).context;
    expect(talked.nurture_workflow).toBe('w');
    const stopped = decide('STOP', { settings, context: talked });
    expect(stopped.effects.map(({ payload }) => payload)).toContainEqual({
      kind: 'leave_workflow',
      workflowId: 'w',
    });
    expect(kinds(decide('STOP', { settings, context: stopped.context }).effects)).not.toContain(
      'leave_workflow',
    );
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
    expect(document.reply).toEqual({ text: null, send: false, withheld: 'suppressed' });
    expect(kinds(effects)).toEqual(['set_do_not_disturb', 'update_fields', 'remove_tags']);
    expect(effects[0]?.payload).toEqual({
      kind: 'set_do_not_disturb',
      channels: ['SMS', 'Call', 'RCS', 'WhatsApp'],
    });
    expect(after).toMatchObject({ suppression: null, follow_up: null, tags: [] });
  });

  it('is lifted by START', () => {
    const stopped = decide('STOP');
    expect(stopped).toMatchObject({ cancelFollowUps: 'opted_out', cancelReplies: 'opted_out' });
    const register = withEntries([], 'c', stopped.consent);
    const held = decide('hello', { register, replyMode: 'all' });
    expect(held.document.reply).toMatchObject({ send: false, withheld: 'suppressed' });
    const later = new Date(NOW.getTime() + 1);
    const lifted = decide('START', {
      register,
      replyMode: 'all',
      event: event('START', { occurredAt: later, receivedAt: later }),
    });
    expect(lifted.document.reply.send).toBe(true);
    expect(lifted.effects.map(({ payload }) => payload)).toContainEqual({
      kind: 'lift_do_not_disturb',
      channels: ['SMS'],
      contactIds: ['c'],
    });
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
