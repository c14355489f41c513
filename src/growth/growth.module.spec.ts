import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import type { GrowthFeature, GrowthProposal, LeadSnapshot } from './growth-feature.js';
import { GrowthGateService } from './growth-gate.service.js';
import { GrowthLedger } from './growth-ledger.js';
import type { RolloutSource } from './growth.module.js';
import { GrowthModule } from './growth.module.js';
import { RolloutService } from './rollout/rollout.js';
import { sampleRollout } from './testing/gate-for.js';
import { sampleRunInput } from './testing/sample-leads.js';

@Injectable()
class FifthFeature implements GrowthFeature<object> {
  readonly key = 'fifth_feature';
  readonly description = 'Proves that a feature needs nothing but its own module.';
  readonly defaults = {};

  observe(): readonly string[] {
    return ['seen'];
  }

  propose({ source }: LeadSnapshot): GrowthProposal {
    return { events: ['applied'], decision: { fifth: source }, tags: ['Fifth'] };
  }
}

@Module({ providers: [FifthFeature], exports: [FifthFeature] })
class FifthFeatureModule {
  static readonly feature = FifthFeature;
}

const FEATURES = [
  'lead_source_attribution',
  'adaptive_followup_timing',
  'ab_response_style_testing',
  'sla_handoff_thresholds',
  'llm_reading',
];

async function bootedGate(
  rolloutSource?: RolloutSource,
  withFifth = true,
): Promise<GrowthGateService> {
  const extra = withFifth ? [FifthFeatureModule] : [];
  const growth = GrowthModule.forFeatures(extra, rolloutSource);
  const application = await Test.createTestingModule({ imports: [growth] }).compile();
  return application.get(GrowthGateService);
}

describe('GrowthModule', () => {
  it('knows the features in the contract’s order, all off without a rollout', async () => {
    const gate = await bootedGate(undefined, false);

    const features = gate.listFeatures();

    expect(features.map(({ key }) => key)).toEqual(FEATURES);
    expect(features.every(({ flag }) => !flag.enabled)).toBe(true);
  });

  it('takes its rollout from the source that it is given, and a later one from the service', async () => {
    const rollout = sampleRollout({ flags: { fifth_feature: { enabled: true } } });
    const application = await Test.createTestingModule({
      imports: [GrowthModule.forFeatures([FifthFeatureModule], { useFactory: () => rollout })],
    }).compile();
    const gate = application.get(GrowthGateService);
    const ask = (): boolean =>
      gate.evaluateGrowthFeature('fifth_feature', {
        leadSource: '',
        contactId: 'c',
        locationId: 'l',
      }).enabled;

    expect(ask()).toBe(true);
    application.get(RolloutService).replace(sampleRollout({ version: 2 }));
    expect(ask()).toBe(false);
  });
});

describe('a feature defined in a test', () => {
  const on = sampleRollout({ flags: { fifth_feature: { enabled: true } } });

  it('is seen by the gate, the ledger, the decision and the list, with no other change', async () => {
    const gate = await bootedGate({ useFactory: () => on });
    const ledger = new GrowthLedger();

    const run = gate.runForLead(sampleRunInput(), ledger);

    expect(run.verdicts['fifth_feature']).toEqual({ enabled: true, reason: 'enabled' });
    expect(run.decision).toEqual({ fifth: 'facebook ads' });
    expect(run.tags).toEqual(['Fifth']);
    expect(ledger.value('feature_flag_enabled_total', 'fifth_feature')).toBe(1);
    expect(ledger.events()).toEqual(
      expect.arrayContaining(['fifth_feature:seen', 'fifth_feature:applied']),
    );
    expect(gate.listFeatures().map(({ key }) => key)).toEqual([...FEATURES, 'fifth_feature']);
  });

  it('is off until it is switched on, and unknown to a build without it', async () => {
    const ledger = new GrowthLedger();

    const withIt = (await bootedGate()).runForLead(sampleRunInput(), ledger);
    const withoutIt = (await bootedGate({ useFactory: () => on }, false)).evaluateGrowthFeature(
      'fifth_feature',
      { leadSource: 'x', contactId: 'c', locationId: 'l' },
    );

    expect(withIt.decision).toEqual({});
    expect(ledger.events()).toContain('fifth_feature:bypassed_flag_disabled');
    expect(withoutIt.reason).toBe('unknown_feature');
  });
});

describe('the features together', () => {
  const allOn = sampleRollout({
    flags: Object.fromEntries(FEATURES.map((key) => [key, { enabled: true }])),
    writebackToggles: { lead_source: true, conversion_feedback: true },
  });

  it('build on one another: the timing that adaptive follow-up sets makes a handoff', async () => {
    const gate = await bootedGate({ useFactory: () => allOn }, false);
    const engaged = {
      action: 'nurture_sequence',
      delay_minutes: 1440,
      engagement_score: 90,
    } as const;
    const analysis = { lead_score: 10, lead_temperature: 'cold', priority: 'normal' } as const;

    const run = gate.runForLead(
      sampleRunInput({ followUp: engaged, analysis }),
      new GrowthLedger(),
    );

    expect(run.followUp).toMatchObject({
      action: 'nurture_sequence',
      lead_source: 'facebook ads',
      recommended_delay_minutes: 5,
      needs_handoff: true,
    });
    expect(run.actions).toEqual(['human_handoff']);
    expect(run.handoff).toEqual({ riskLevel: 'high', reasonCode: 'sla_high_risk_contact_now' });
    expect(Object.keys(run.decision).sort()).toEqual([
      'conversion_feedback',
      'lead_source_attribution',
      'response_style_experiment',
      'sla_handoff',
    ]);
    expect(run.exposures).toHaveLength(1);
    expect(Object.keys(run.states)).toEqual(['ab_response_style_testing']);
  });

  it('leave everything as it is while they are off, and still count what is always counted', async () => {
    const gate = await bootedGate(undefined, false);
    const ledger = new GrowthLedger();
    const input = sampleRunInput();

    const run = gate.runForLead(input, ledger);

    expect(run).toMatchObject({
      decision: {},
      actions: [],
      fields: {},
      tags: [],
      exposures: [],
      states: {},
    });
    expect(run.handoff).toBeUndefined();
    expect(run.followUp).toBe(input.followUp);
    expect(run.reply).toBe(input.reply);
    expect(ledger.events()).toEqual([
      'lead_source_attribution:source_observed_facebook_ads',
      'lead_source_attribution:feedback_signal_observed_high_intent',
      'lead_source_attribution:bypassed_flag_disabled',
      'adaptive_followup_timing:bypassed_flag_disabled',
      'ab_response_style_testing:assignment_observed',
      'ab_response_style_testing:bypassed_flag_disabled',
      'sla_handoff_thresholds:observed',
      'sla_handoff_thresholds:bypassed_flag_disabled',
      'llm_reading:bypassed_flag_disabled',
    ]);
  });

  it('explain themselves in a preview under the names of the contract', async () => {
    const gate = await bootedGate({ useFactory: () => allOn }, false);

    const { explanations } = gate.previewLead(sampleRunInput());

    expect(explanations).toMatchObject({
      attribution: { signal: 'high_intent' },
      adaptive: { timing_bucket: 'immediate' },
      ab: { segment: 'hot_priority' },
      sla: { risk_level: 'high' },
    });
  });
});
