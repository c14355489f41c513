import { describe, expect, it } from '@jest/globals';
import { deepFreeze } from '../../shared/loose-json.js';

import {
  type GrowthFeature,
  type LeadSnapshot,
  OUTCOMES,
  type OutcomeSnapshot,
} from '../growth-feature.js';
import { GrowthLedger } from '../growth-ledger.js';
import type { VerdictReason } from '../rollout/verdict.js';
import type { RolloutChanges } from './gate-for.js';
import { gateFor, switchedOn } from './gate-for.js';
import { awkwardLeads, sampleLead, sampleOutcome, sampleRunInput } from './sample-leads.js';

const EVENT_NAME = /^[a-z0-9_]+$/;

/**
 * What every growth feature promises, whatever it does: run it in the feature's own spec, with
 * further leads that matter to this feature.
 */
export function describeGrowthFeature<Settings>(
  feature: GrowthFeature<Settings>,
  samples: readonly LeadSnapshot[] = [],
): void {
  const leads = [...awkwardLeads(), ...samples];
  describe(`${feature.key} as a growth feature`, () => {
    describePurity(feature, leads);
    describeNames(feature, leads);
    describeGate(feature);
    if (feature.outcomes !== undefined) describeOutcomes(feature);
  });
}

function describePurity<Settings>(
  feature: GrowthFeature<Settings>,
  leads: readonly LeadSnapshot[],
): void {
  it.each(leads.map((lead, index) => ({ lead, index })))(
    'is pure and does not throw for lead $index',
    ({ lead }) => {
      const frozenLead = deepFreeze(structuredClone(lead));
      const settings = deepFreeze(structuredClone(feature.defaults));
      const look = (): unknown => [
        feature.observe(frozenLead, settings),
        feature.propose(frozenLead, settings),
        feature.explain?.(frozenLead, settings),
      ];

      expect(look()).toEqual(look());
      expect(frozenLead).toEqual(lead);
    },
  );

  it('proposes nothing but events for an analysis and a follow-up that it cannot read', () => {
    const malformed = sampleLead({ analysis: null, followUp: null });

    const proposal = feature.propose(malformed, feature.defaults);

    expect({ ...proposal, events: [] }).toEqual({ events: [] });
  });
}

function describeNames<Settings>(
  feature: GrowthFeature<Settings>,
  leads: readonly LeadSnapshot[],
): void {
  it('has a snake_case key and describes itself in one sentence', () => {
    expect(feature.key).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(feature.description).toMatch(/^[A-Z].+\.$/);
  });

  it('names its events so that they can be metric keys', () => {
    for (const lead of leads) {
      const { events = [] } = feature.propose(lead, feature.defaults);
      for (const event of [...feature.observe(lead, feature.defaults), ...events])
        expect(event).toMatch(EVENT_NAME);
    }
  });

  it('takes its defaults from its settings class, if it has one', () => {
    const { settingsClass: SettingsClass, defaults } = feature;

    expect(SettingsClass === undefined ? {} : { ...new SettingsClass() }).toEqual({ ...defaults });
  });
}

interface GateCase {
  readonly when: string;
  readonly rollout: RolloutChanges;
  readonly source: string;
  readonly reason: VerdictReason;
}

function gateCases(feature: GrowthFeature): readonly GateCase[] {
  const flags = switchedOn(feature);
  const canary = { flags, canaryModeEnabled: true, canarySourceText: 'Facebook Ads, zillow' };
  const killed = { [feature.key]: { enabled: true, killed: true } };
  const rampedToNobody = { [feature.key]: { enabled: true, rampPercent: 0 } };
  const [source, other] = ['facebook ads', 'google'];
  return [
    { when: 'disabled', rollout: {}, source, reason: 'flag_disabled' },
    { when: 'killed', rollout: { flags: killed }, source, reason: 'killed' },
    {
      when: 'ramped to nobody',
      rollout: { flags: rampedToNobody },
      source,
      reason: 'rollout_percentage',
    },
    { when: 'canary source matched', rollout: canary, source, reason: 'enabled' },
    {
      when: 'canary source mismatched',
      rollout: canary,
      source: other,
      reason: 'canary_source_mismatch',
    },
    { when: 'canary source missing', rollout: canary, source: '', reason: 'canary_source_missing' },
    {
      when: 'canary source unconfigured',
      rollout: { ...canary, canarySourceText: '' },
      source,
      reason: 'canary_source_unconfigured',
    },
    { when: 'enabled', rollout: { flags }, source, reason: 'enabled' },
  ];
}

function describeGate(feature: GrowthFeature): void {
  it.each(gateCases(feature))('$when: $reason', ({ rollout, source, reason }) => {
    const ledger = new GrowthLedger();
    const input = deepFreeze(sampleRunInput({ source }));

    const run = gateFor([feature], rollout).runForLead(input, ledger);

    const enabled = reason === 'enabled';
    expect(run.verdicts[feature.key]).toEqual({ enabled, reason });
    expect(ledger.events()).not.toContain(`${feature.key}:failed`);
    for (const event of feature.observe(sampleLead({ source }), feature.defaults)) {
      expect(ledger.events()).toContain(`${feature.key}:${event}`);
    }
    expect(ledger.value('feature_flag_evaluations_total', feature.key)).toBe(1);
    expect(ledger.value('feature_flag_enabled_total', feature.key)).toBe(enabled ? 1 : 0);
    if (enabled) return;
    expect(run).toEqual({
      ...NO_EFFECTS,
      rolloutVersion: 1,
      verdicts: run.verdicts,
      followUp: input.followUp,
      reply: input.reply,
    });
    expect(ledger.events()).toContain(`${feature.key}:bypassed_${reason}`);
    expect(ledger.value('feature_flag_blocked_total', `${feature.key}:${reason}`)).toBe(1);
  });
}

function describeOutcomes(feature: GrowthFeature): void {
  const outcomes: readonly OutcomeSnapshot[] = [
    ...OUTCOMES.map((outcome) => sampleOutcome({ outcome })),
    sampleOutcome({ outcome: 'unknown', signal: null, source: '' }),
  ];

  it('learns from every outcome without throwing, and does nothing when it is off', () => {
    for (const outcome of outcomes.map(deepFreeze)) {
      const [whenOn, whenOff] = [new GrowthLedger(), new GrowthLedger()];

      gateFor([feature], { flags: switchedOn(feature) }).runForOutcome(outcome, whenOn);
      const effects = gateFor([feature]).runForOutcome(outcome, whenOff);

      for (const ledger of [whenOn, whenOff]) {
        expect(ledger.events()).not.toContain(`${feature.key}:failed`);
      }
      expect(effects).toMatchObject(NO_EFFECTS);
    }
  });
}

const NO_EFFECTS = {
  decision: {},
  actions: [],
  fields: {},
  tags: [],
  handoff: undefined,
  exposures: [],
  states: {},
} as const;
