import { describe, expect, it } from '@jest/globals';
import { LeadSourceAttributionFeature } from '../growth/features/lead-source-attribution/lead-source-attribution.feature.js';
import { GrowthLedger } from '../growth/growth-ledger.js';
import type { Outcome } from '../growth/growth-feature.js';
import { gateFor, switchedOn, type RolloutChanges } from '../growth/testing/gate-for.js';
import type { LeadChange } from '../leads/crm-event.js';
import { EMPTY_CONTEXT, type LeadContext } from '../leads/lead-context.js';
import { concludeChange, type ChangeConclusion } from './conclude-change.js';
import { readChange } from './read-change.js';
import type { OutcomeStanding } from './outcome-standing.js';
import {
  appointmentChange,
  CHANGED_AT,
  sampleChange,
  sampleSignal,
} from './testing/sample-change.js';

const DECIDED_AT = new Date('2026-03-02T15:00:01.000Z');
const FEATURE = new LeadSourceAttributionFeature();
const CLOSED: RolloutChanges = {
  flags: switchedOn(FEATURE),
  writebackToggles: { lead_source: false, conversion_feedback: true },
};
const HOT: LeadContext = {
  ...EMPTY_CONTEXT,
  lead_score: 91,
  lead_temperature: 'hot',
  priority: 'high',
  last_source: 'facebook ads',
};
const COLD: LeadContext = { ...HOT, lead_score: 40, lead_temperature: 'cold', priority: 'normal' };

interface Circumstances {
  readonly rollout?: RolloutChanges;
  readonly context?: LeadContext;
  readonly standing?: OutcomeStanding | null;
  readonly mappings?: ReadonlyMap<string, Outcome>;
}

/** As deciding does it: read, ask the real gate, conclude. */
function conclude(change: LeadChange, circumstances: Circumstances = {}): ChangeConclusion {
  const { rollout = CLOSED, context = HOT, standing = null, mappings = new Map() } = circumstances;
  const reading = readChange(change, mappings);
  const { locationId, contactId } = change;
  const source = context.last_source ?? '';
  const growth = gateFor([FEATURE], rollout).runForOutcome(
    { locationId, contactId, source, ...reading, decidedAt: DECIDED_AT },
    new GrowthLedger(),
  );
  return concludeChange({
    change,
    reading,
    growth,
    context,
    standing,
    decidedAt: DECIDED_AT,
    tellsHook: true,
  });
}

const stood = (changes: Partial<OutcomeStanding> = {}): OutcomeStanding => ({
  outcome: 'active',
  field: 'status',
  value: 'open',
  occurredAt: new Date(CHANGED_AT.getTime() - 60_000),
  announced: true,
  ...changes,
});
const lost = sampleChange({ signals: [sampleSignal('Closed Lost')] });
const active = sampleChange({ signals: [sampleSignal('open')] });

describe('with the gate and the toggle on, an outcome', () => {
  it('is kept, written to the CRM, told to the hook, and ends the follow-up', () => {
    const { record, effects, cancelFollowUps } = conclude(sampleChange());
    expect(record).toEqual({
      outcome: {
        locationId: 'loc-1',
        contactId: 'contact-1',
        outcome: 'converted',
        field: 'status',
        value: 'won',
        occurredAt: CHANGED_AT,
        announced: true,
      },
      unmapped: null,
      milestones: ['converted'],
    });
    expect(cancelFollowUps).toBe('opportunity_converted');
    expect(effects.map(({ step }) => step)).toEqual([
      'outcome_fields',
      'outcome_tags',
      'decision_hook',
    ]);
    expect(effects.map(({ payload }) => payload)).toMatchObject([
      {
        kind: 'update_fields',
        fields: {
          conversion_feedback_state: 'converted',
          conversion_feedback_signal: 'high_intent',
          conversion_feedback_updated_at: DECIDED_AT.toISOString(),
        },
      },
      { kind: 'add_tags', tags: ['Conversion-Signal-High-Intent'] },
      { kind: 'call_hook', eventType: 'lead.converted' },
    ]);
  });

  it('carries ids and statuses to the hook and nothing personal', () => {
    const change = sampleChange({ contact: { email: 'dana@example.test', phone: '+1214' } });
    const hook = conclude(change, { standing: stood() }).effects.at(-1)?.payload;
    expect(hook).toMatchObject({
      hookEventId: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
      occurredAt: CHANGED_AT.toISOString(),
      data: {
        location_id: 'loc-1',
        contact_id: 'contact-1',
        outcome: 'converted',
        previous_outcome: 'active',
        subject: 'opportunity',
        status: { field: 'status', value: 'won' },
        lead_source: 'facebook ads',
        conversion_feedback_signal: 'high_intent',
        decided_at: DECIDED_AT.toISOString(),
        version: 'workstream_g_v1',
      },
    });
    expect(JSON.stringify(hook)).not.toMatch(/dana|1214/);
  });

  it('has the same event id when it is decided again, and another when it is another event', () => {
    const idOf = (change: LeadChange) =>
      conclude(change).effects.flatMap(({ payload }) =>
        payload.kind === 'call_hook' ? [payload.hookEventId] : [],
      )[0];
    expect(idOf(sampleChange())).toBe(idOf(sampleChange()));
    expect(idOf(sampleChange())).not.toBe(idOf(lost));
  });

  it('brings no high-intent tag for a lead that is lost or promised little', () => {
    const tagged = (conclusion: ChangeConclusion) =>
      conclusion.effects.some(({ payload }) => payload.kind === 'add_tags');
    expect(tagged(conclude(lost))).toBe(false);
    expect(tagged(conclude(sampleChange(), { context: COLD }))).toBe(false);
    expect(tagged(conclude(active))).toBe(true);
  });

  it('leaves the signal as it is for a lead that has said nothing yet', () => {
    const [fields] = conclude(sampleChange(), { context: EMPTY_CONTEXT }).effects;
    expect(fields?.payload).toEqual({
      kind: 'update_fields',
      fields: {
        conversion_feedback_state: 'converted',
        conversion_feedback_updated_at: DECIDED_AT.toISOString(),
      },
    });
  });

  it('that is active after lost is told, and plans nothing', () => {
    const standing = stood({ outcome: 'lost', value: 'lost' });
    const { effects, cancelFollowUps } = conclude(active, { standing });
    expect(cancelFollowUps).toBeNull();
    expect(effects.some(({ payload }) => payload.kind === 'follow_up')).toBe(false);
    expect(effects.at(-1)?.payload).toMatchObject({ eventType: 'lead.active' });
  });

  it('follows the mapping of the operator', () => {
    const mappings = new Map<string, Outcome>([['contract signed', 'converted']]);
    const change = sampleChange({ signals: [sampleSignal('Contract Signed')] });
    expect(conclude(change, { mappings }).record.outcome?.outcome).toBe('converted');
  });
});

describe('nothing leaves', () => {
  const toggleOff = { conversion_feedback: false, lead_source: true };
  it.each<[string, Circumstances]>([
    ['with every flag off', { rollout: {} }],
    ['with the toggle off', { rollout: { ...CLOSED, writebackToggles: toggleOff } }],
    ['with the toggle on and the flag off', { rollout: { ...CLOSED, flags: {} } }],
    [
      'outside the canary',
      { rollout: { ...CLOSED, canaryModeEnabled: true, canarySourceText: 'zillow' } },
    ],
    [
      'without a source in canary mode',
      {
        rollout: { ...CLOSED, canaryModeEnabled: true, canarySourceText: 'zillow' },
        context: EMPTY_CONTEXT,
      },
    ],
  ])('%s, and the outcome is kept all the same', (_when, circumstances) => {
    for (const change of [sampleChange(), lost, active, appointmentChange('confirmed')]) {
      const { record, effects } = conclude(change, circumstances);
      expect(effects).toEqual([]);
      expect(record.outcome).toMatchObject({ announced: false });
    }
  });

  it('within the canary everything does', () => {
    const rollout = { ...CLOSED, canaryModeEnabled: true, canarySourceText: 'Facebook_Ads' };
    expect(conclude(sampleChange(), { rollout }).effects).toHaveLength(3);
  });

  it('of an outcome that nobody understands; it is listed instead', () => {
    const { record, effects, cancelFollowUps } = conclude(
      sampleChange({ signals: [sampleSignal('banana')] }),
    );
    expect(effects).toEqual([]);
    expect(cancelFollowUps).toBeNull();
    expect(record).toMatchObject({
      outcome: null,
      unmapped: { statusKey: 'banana' },
      milestones: [],
    });
  });

  it('of a change without a status', () => {
    expect(conclude(sampleChange({ signals: [] }))).toEqual({
      record: { outcome: null, unmapped: null, milestones: [] },
      effects: [],
      cancelFollowUps: null,
    });
  });
});

describe('an event that arrives late', () => {
  const standing = stood({ occurredAt: new Date(CHANGED_AT.getTime() + 60_000) });

  it('undoes nothing: not the state, not the follow-up, not the CRM; what happened still counts', () => {
    expect(conclude(lost, { standing })).toEqual({
      record: { outcome: null, unmapped: null, milestones: ['lost'] },
      effects: [],
      cancelFollowUps: null,
    });
  });
});

describe('a status that is sent again', () => {
  const standing = stood({ outcome: 'converted', value: 'won' });

  it('is not told twice, since the CRM answers our own writes with the whole record', () => {
    const { record, effects } = conclude(sampleChange(), { standing });
    expect(effects).toEqual([]);
    expect(record).toMatchObject({
      outcome: { announced: true, occurredAt: CHANGED_AT },
      milestones: [],
    });
  });

  it('is told once the loop is closed, when it was not before', () => {
    const untold = { ...standing, announced: false };
    expect(conclude(sampleChange(), { standing: untold, rollout: {} }).effects).toEqual([]);
    expect(conclude(sampleChange(), { standing: untold }).effects).toHaveLength(3);
  });

  it('stays told when the loop is opened meanwhile', () => {
    const { record } = conclude(sampleChange(), { standing, rollout: {} });
    expect(record.outcome?.announced).toBe(true);
  });

  it('still ends a follow-up', () => {
    expect(conclude(sampleChange(), { standing }).cancelFollowUps).toBe('opportunity_converted');
  });

  it('is told when another status says the same', () => {
    expect(conclude(appointmentChange('confirmed'), { standing }).effects).toHaveLength(3);
  });
});

describe('follow-ups', () => {
  it.each<[string, LeadChange, string | null]>([
    ['end when the deal is won', sampleChange(), 'opportunity_converted'],
    ['end when the lead is lost', lost, 'opportunity_lost'],
    ['end when an appointment is booked', appointmentChange('new'), 'appointment_converted'],
    ['stay when an appointment is cancelled', appointmentChange('cancelled'), null],
    ['stay when the lead is active', active, null],
  ])('%s, whatever the gate says', (_what, change, reason) => {
    expect(conclude(change, { rollout: {} }).cancelFollowUps).toBe(reason);
    expect(conclude(change).cancelFollowUps).toBe(reason);
  });
});

it('calls no hook while there is no address', () => {
  const change = sampleChange();
  const growth = { actions: ['conversion_feedback_loop'], fields: {}, tags: [] };
  const reading = readChange(change, new Map());
  const told = { change, reading, growth, context: HOT, standing: null, decidedAt: DECIDED_AT };
  const kinds = (tellsHook: boolean): readonly string[] =>
    concludeChange({ ...told, tellsHook }).effects.map(({ payload }) => payload.kind);
  expect(kinds(true)).toContain('call_hook');
  expect(kinds(false)).not.toContain('call_hook');
});
