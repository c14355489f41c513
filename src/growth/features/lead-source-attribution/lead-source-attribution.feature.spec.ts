import { describe, expect, it } from '@jest/globals';

import { feedbackSignal, type Outcome } from '../../growth-feature.js';
import { GrowthLedger } from '../../growth-ledger.js';
import { describeGrowthFeature } from '../../testing/describe-growth-feature.js';
import { gateFor, switchedOn } from '../../testing/gate-for.js';
import { sampleLead, sampleOutcome, sampleRunInput } from '../../testing/sample-leads.js';
import { LeadSourceAttributionFeature } from './lead-source-attribution.feature.js';

const feature = new LeadSourceAttributionFeature();
const AT = '2026-02-10T10:00:00.000Z';
const toggles = (leadSourceWriteback: boolean, conversionFeedbackWriteback: boolean) => ({
  leadSourceWriteback,
  conversionFeedbackWriteback,
});

describeGrowthFeature(feature);

describe('feedbackSignal', () => {
  it.each([
    [85, 'normal', 'cold', 'high_intent'],
    [84.9, 'normal', 'cold', 'nurture'],
    [0, 'high', 'cold', 'high_intent'],
    [0, 'normal', 'hot', 'high_intent'],
    [65, 'normal', 'cold', 'nurture'],
    [64.9, 'normal', 'cold', 'low_intent'],
    [0, 'review_required', 'cold', 'nurture'],
    [0, 'normal', 'warm', 'nurture'],
    [0, 'review_required', 'hot', 'high_intent'],
  ] as const)('score %d, %s, %s: %s', (lead_score, priority, lead_temperature, signal) => {
    expect(feedbackSignal({ lead_score, priority, lead_temperature })).toBe(signal);
  });
});

describe('what is always counted', () => {
  it('is the source and the signal, by metric key', () => {
    expect(feature.observe(sampleLead({ source: 'facebook ads' }))).toEqual([
      'source_observed_facebook_ads',
      'feedback_signal_observed_high_intent',
    ]);
    expect(feature.observe(sampleLead({ source: '' }))[0]).toBe('source_observed_unknown');
  });

  it('names an analysis that cannot be read instead of a signal, and proposes nothing', () => {
    const lead = sampleLead({ analysis: null });

    expect(feature.observe(lead)[1]).toBe('invalid_analysis_payload');
    expect(feature.propose(lead, toggles(true, true))).toEqual({});
  });
});

describe('what it adds to a lead', () => {
  it('is the source and a pending signal on the decision and the follow-up', () => {
    const proposal = feature.propose(sampleLead(), feature.defaults);

    expect(proposal.decision).toEqual({
      lead_source_attribution: {
        source: 'facebook ads',
        model: 'last_touch',
        captured_at: AT,
        version: 'workstream_g_v1',
      },
      conversion_feedback: {
        status: 'pending',
        signal: 'high_intent',
        updated_at: AT,
        version: 'workstream_g_v1',
      },
    });
    expect(proposal.followUp).toEqual({
      lead_source: 'facebook ads',
      conversion_feedback_status: 'pending',
      conversion_feedback_signal: 'high_intent',
    });
  });

  it.each([
    [{}, 'follow_up_enriched'],
    [undefined, 'follow_up_missing'],
    [null, 'invalid_payload'],
  ])('says for the follow-up %j: %s', (followUp, event) => {
    expect(feature.propose(sampleLead({ followUp }), feature.defaults).events?.[0]).toBe(event);
  });

  it('reports a lead without a source as unknown', () => {
    const { decision } = feature.propose(sampleLead({ source: '' }), feature.defaults);

    expect(decision?.['lead_source_attribution']).toMatchObject({ source: 'unknown' });
  });
});

describe('what leaves for the CRM', () => {
  const attributionFields = {
    lead_source_attribution: 'facebook ads',
    lead_source_model: 'last_touch',
  };
  const feedbackFields = {
    conversion_feedback_state: 'pending',
    conversion_feedback_signal: 'high_intent',
    conversion_feedback_updated_at: AT,
  };

  it.each([
    [false, false, ['telemetry_only_mode', 'disabled', 'disabled'], {}, []],
    [true, false, ['writeback_ready', 'enabled', 'disabled'], attributionFields, []],
    [
      false,
      true,
      ['writeback_ready', 'disabled', 'enabled'],
      feedbackFields,
      ['Conversion-Signal-High-Intent'],
    ],
    [
      true,
      true,
      ['writeback_ready', 'enabled', 'enabled'],
      { ...attributionFields, ...feedbackFields },
      ['Conversion-Signal-High-Intent'],
    ],
  ])(
    'with lead source %s and feedback %s',
    (leadSource, feedback, [mode, attribution, feedbackWord], fields, tags) => {
      const proposal = feature.propose(sampleLead(), toggles(leadSource, feedback));

      expect(proposal.events).toEqual([
        'follow_up_enriched',
        mode,
        `writeback_attribution_${attribution}`,
        `writeback_feedback_${feedbackWord}`,
        'applied',
      ]);
      expect(proposal.fields).toEqual(fields);
      expect(proposal.tags ?? []).toEqual(tags);
    },
  );

  it('tags nobody whose signal is lower', () => {
    const analysis = { lead_score: 65, lead_temperature: 'warm', priority: 'normal' } as const;

    expect(feature.propose(sampleLead({ analysis }), toggles(true, true)).tags).toEqual([]);
  });

  it('is switched by the rollout’s toggles, whatever the settings say', () => {
    const gate = gateFor([feature], {
      flags: switchedOn(feature),
      settings: { lead_source_attribution: toggles(true, true) },
      writebackToggles: { lead_source: true, conversion_feedback: false },
    });

    expect(gate.runForLead(sampleRunInput(), new GrowthLedger()).fields).toEqual(attributionFields);
  });
});

describe('conversion feedback', () => {
  const run = (outcome: Outcome, enabled: boolean, conversion_feedback: boolean) => {
    const ledger = new GrowthLedger();
    const effects = gateFor([feature], {
      flags: enabled ? switchedOn(feature) : {},
      writebackToggles: { lead_source: true, conversion_feedback },
    }).runForOutcome(sampleOutcome({ outcome }), ledger);
    return { effects, events: ledger.events().map((key) => key.split(':')[1]) };
  };

  it.each(['converted', 'lost', 'active'] as const)('closes the loop for %s', (outcome) => {
    const { effects, events } = run(outcome, true, true);

    expect(events).toEqual([
      `conversion_feedback_observed_${outcome}`,
      `conversion_feedback_loop_${outcome}`,
    ]);
    expect(effects).toMatchObject({
      actions: ['conversion_feedback_loop'],
      fields: { conversion_feedback_state: outcome, conversion_feedback_updated_at: AT },
      decision: {
        conversion_feedback: { status: outcome, updated_at: AT, version: 'workstream_g_v1' },
      },
    });
  });

  it.each([
    ['converted', true, false, 'telemetry_only'],
    ['unknown', true, true, 'telemetry_only'],
    ['unknown', true, false, 'telemetry_only'],
    ['lost', false, true, 'bypassed_flag_disabled'],
    ['unknown', false, true, 'bypassed_flag_disabled'],
  ] as const)(
    'lets nothing leave for %s, gate %s, toggle %s',
    (outcome, enabled, toggle, event) => {
      const { effects, events } = run(outcome, enabled, toggle);

      expect(events).toEqual([
        `conversion_feedback_observed_${outcome}`,
        `conversion_feedback_${event}`,
      ]);
      expect(effects).toMatchObject({ actions: [], fields: {}, tags: [], decision: {} });
    },
  );
});

describe('explain', () => {
  it('tells the source and the signal', () => {
    expect(feature.explain(sampleLead())).toEqual({
      attribution: { source: 'facebook ads', signal: 'high_intent' },
    });
    expect(feature.explain(sampleLead({ analysis: null, source: '' }))).toEqual({
      attribution: { source: 'unknown', signal: null },
    });
  });
});
