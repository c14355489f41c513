import { describe, expect, it } from '@jest/globals';
import { GROWTH_FEATURES } from '../../growth/features/index.js';
import { gateFor, sampleRollout, switchedOn } from '../../growth/testing/gate-for.js';
import type { ReadingEvent } from '../../leads/crm-event.js';
import { EMPTY_CONTEXT, type LeadContext, type Turn } from '../../leads/lead-context.js';
import { EMPTY_FACTS } from '../../leads/lead-context.js';
import type { SecondReading } from '../../leads/second-reading.js';
import { sampleDecidingSettings } from '../testing/sample-settings.js';
import { decide } from './decide.js';
import { UNKNOWN_LEAD, type DecidingSettings, type Decision, type Situation } from './decision.js';

const FEATURES = GROWTH_FEATURES.map(({ feature: Feature }) => new Feature());
const GATE = gateFor(FEATURES);
const WRITTEN = new Date('2026-03-02T17:00:00.000Z');
const READ = new Date('2026-03-02T17:00:09.000Z');
const TEXT = 'nous cherchons une maison a Frisco pour 450 mille';
const BUDGET = { budget: { value: { budget_min: null, budget_max: 450_000 }, quote: '450 mille' } };

const WROTE: Turn = { at: WRITTEN.toISOString(), from: 'lead', text: TEXT };
const ANSWERED: Turn = { at: '2026-03-02T17:00:01.000Z', from: 'bot', text: 'Thanks!' };

function contextOf(changes: Partial<LeadContext> = {}): LeadContext {
  return {
    ...EMPTY_CONTEXT,
    turns: [WROTE],
    facts: { ...EMPTY_FACTS, areas: ['Frisco'] },
    lead_score: 47.5,
    lead_temperature: 'cold',
    priority: 'normal',
    clear_at: WRITTEN.toISOString(),
    intent: 'buyer',
    follow_up: { action: 'nurture_sequence', due_at: '2026-03-03T17:00:00.000Z' },
    ...changes,
  };
}

interface Case {
  readonly context?: Partial<LeadContext>;
  readonly situation?: Partial<Situation>;
  readonly settings?: Partial<DecidingSettings>;
  readonly isOn?: boolean;
  readonly at?: Date;
}

function decideReading(
  reading: Partial<SecondReading>,
  { context, situation, settings, isOn = true, at = READ }: Case = {},
): Decision {
  const event: ReadingEvent = {
    kind: 'reading',
    type: 'llm.reading',
    locationId: 'l',
    contactId: 'c',
    occurredAt: WRITTEN,
    receivedAt: at,
    of: 'evt-1',
    messageType: 'message.received',
    text: TEXT,
    replyChannel: 'SMS',
    reading: { rejected: [], ...reading },
  };
  const on = FEATURES.filter(({ key }) => isOn && key === 'llm_reading');
  return decide(
    {
      event,
      situation: { ...UNKNOWN_LEAD, context: contextOf(context), ...situation },
      settings: sampleDecidingSettings({ hasLanguageModel: true, ...settings }),
      rollout: sampleRollout({ flags: switchedOn(...on) }),
      at,
    },
    GATE,
  );
}

function eventsOf({ increments }: Decision): readonly string[] {
  return increments.map(({ key }) => key.replace('llm_reading:', ''));
}

function kindsOf({ effects }: Decision): readonly string[] {
  return effects.map(({ payload }) => payload.kind);
}

describe('a reading that fills a fact', () => {
  it('changes score, priority, fields, tags and follow-up, and sends the reply that is due now', () => {
    const decision = decideReading(BUDGET);

    expect(eventsOf(decision)).toEqual(['filled_budget']);
    expect(decision.context).toMatchObject({
      facts: { budget_max: 450_000, areas: ['Frisco'] },
      priority: 'high',
      follow_up: { action: 'immediate_call' },
      turns: [WROTE, { from: 'bot' }],
    });
    expect(kindsOf(decision)).toEqual(['send_message', 'update_fields', 'add_tags', 'follow_up']);
    expect(decision.cancelFollowUps).toBe('read_again');
    expect(decision.conversion.milestones).toEqual([]);
  });

  it('leaves a fact alone that is known by now', () => {
    const facts = { ...EMPTY_FACTS, areas: ['Frisco'], budget_max: 300_000 };
    const decision = decideReading(BUDGET, { context: { facts } });

    expect(eventsOf(decision)).toEqual(['rejected_known']);
    expect(decision).toMatchObject({ context: null, effects: [], document: null });
  });

  it.each<[string, Case, string]>([
    ['was answered', { context: { turns: [WROTE, ANSWERED] } }, 'nothing_new'],
    [
      'was answered by a person',
      { context: { turns: [WROTE, { ...ANSWERED, from: 'human' }] } },
      'nothing_new',
    ],
    [
      'was followed by another',
      { context: { turns: [WROTE, { ...WROTE, at: '2026-03-02T17:00:05.000Z', text: 'hi' }] } },
      'superseded',
    ],
    ['is forgotten', { context: { turns: [] } }, 'superseded'],
    ['is old by now', { at: new Date('2026-03-02T18:30:00Z') }, 'stale'],
    ['has its suggestion', { settings: { replyMode: 'suggest' } }, 'nothing_new'],
    [
      'is with a person',
      { situation: { handoff: { handoffId: 1, state: 'open' } } },
      'handoff_open',
    ],
  ])('sends nothing where the message %s', (_what, given, withheld) => {
    const decision = decideReading(BUDGET, given);

    expect(decision.document?.reply).toMatchObject({ send: false, withheld });
    expect(kindsOf(decision)).not.toContain('send_message');
    expect(kindsOf(decision)).not.toContain('add_note');
    expect(decision.context?.facts.budget_max).toBe(450_000);
  });

  it('keeps a follow-up that would be the same, and one that has come due', () => {
    for (const due_at of ['2026-03-02T17:30:00.000Z', '2026-03-02T16:00:00.000Z']) {
      const follow_up = { action: 'immediate_call', due_at } as const;
      const decision = decideReading(BUDGET, { context: { follow_up } });

      expect(decision.cancelFollowUps).toBeNull();
      expect(decision.context?.follow_up).toEqual(follow_up);
      expect(kindsOf(decision)).not.toContain('follow_up');
    }
  });

  it('is of no consequence once the feature was taken back', () => {
    const decision = decideReading(BUDGET, { isOn: false });

    expect(eventsOf(decision)).toEqual(['rejected_flag_disabled']);
    expect(decision).toMatchObject({ state: 'acknowledged', context: null, effects: [] });
  });
});

describe('a reading of consent', () => {
  const refusal = { consent: { value: 'opt_out', quote: 'plus de messages' } } as const;
  const doubt = { consent: { value: 'hold', quote: 'pfff' } } as const;
  const mark = (kind: 'lifted' | 'refused', at: string) =>
    ({ address: 'contact:c', channel: 'SMS', kind, contactId: 'c', at }) as const;

  it('adds a refusal of all channels at the time of the message', () => {
    const decision = decideReading(refusal);

    expect(eventsOf(decision)).toEqual(['opt_out_added']);
    expect(new Set(decision.consent.map(({ kind, at }) => `${kind} ${at}`))).toEqual(
      new Set([`refused ${WRITTEN.toISOString()}`]),
    );
    expect(decision.consent.map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(['SMS', 'Call', 'Email', 'WhatsApp']),
    );
    expect(decision).toMatchObject({
      cancelFollowUps: 'opted_out',
      cancelReplies: 'opted_out',
      context: { lead_score: 0, follow_up: null },
      conversion: { milestones: ['opted_out'] },
    });
    expect(kindsOf(decision)).toContain('set_do_not_disturb');
    expect(kindsOf(decision)).not.toContain('send_message');
  });

  it('of one channel refuses that one', () => {
    const decision = decideReading({ consent: { value: 'opt_out', quote: 'no more emails' } });

    expect(new Set(decision.consent.map(({ channel }) => channel))).toEqual(new Set(['Email']));
  });

  it('adds a doubt, keeps what is planned, and asks a person to read', () => {
    const decision = decideReading(doubt);

    expect(eventsOf(decision)).toEqual(['hold_added']);
    expect(decision.consent).toMatchObject([{ kind: 'hold', at: WRITTEN.toISOString() }]);
    expect(decision.context?.follow_up).toEqual(contextOf().follow_up);
    expect(decision.cancelFollowUps).toBeNull();
    expect(kindsOf(decision)).toContain('create_task');
  });

  it.each<[string, Partial<SecondReading>, Case, string]>([
    [
      'a refusal that stands',
      refusal,
      { situation: { register: [mark('refused', '2026-03-01T00:00:00.000Z')] } },
      'rejected_known',
    ],
    [
      'a refusal that a later START has lifted',
      refusal,
      { situation: { register: [mark('lifted', '2026-03-02T17:00:05.000Z')] } },
      'rejected_overtaken',
    ],
    [
      'a doubt that a later message has ended',
      doubt,
      { context: { clear_at: '2026-03-02T17:00:05.000Z' } },
      'rejected_overtaken',
    ],
  ])('adds nothing to %s', (_what, reading, given, event) => {
    const decision = decideReading(reading, given);

    expect(eventsOf(decision)).toEqual([event]);
    expect(decision).toMatchObject({ consent: [], effects: [], context: null });
  });
});
