/** What each feature does to one hot lead from Facebook Ads, by hand from the contract. */

export interface FeatureStory {
  readonly feature: string;
  readonly variable: string;
  /** Counted whenever the gate lets the feature in, in addition to what is always counted. */
  readonly events: readonly string[];
  /** Keys that the decision gains. */
  readonly additions: readonly string[];
  readonly followUp: Readonly<Record<string, unknown>>;
  readonly dueMinutes: number;
  readonly actions: readonly string[];
  readonly addedTags: readonly string[];
  /** Appended to the reply. */
  readonly sentence: string;
  /** Notes and tasks that people find in the CRM at once. */
  readonly calls: readonly string[];
}

const VERSION = 'workstream_g_v1';
const UNTOUCHED = {
  additions: [],
  followUp: {},
  dueMinutes: 60,
  actions: [],
  addedTags: [],
  sentence: '',
  calls: [],
};

export const VARIANT_B_SENTENCE = ' Happy to answer any questions you have.';

export const FEATURE_STORIES: readonly FeatureStory[] = [
  {
    ...UNTOUCHED,
    feature: 'lead_source_attribution',
    variable: 'FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED',
    events: [
      'follow_up_enriched',
      'telemetry_only_mode',
      'writeback_attribution_disabled',
      'writeback_feedback_disabled',
      'applied',
    ],
    additions: ['lead_source_attribution', 'conversion_feedback'],
    followUp: {
      lead_source: 'facebook ads',
      conversion_feedback_status: 'pending',
      conversion_feedback_signal: 'high_intent',
    },
  },
  {
    ...UNTOUCHED,
    feature: 'adaptive_followup_timing',
    variable: 'FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED',
    events: ['applied_immediate'],
    followUp: {
      adaptive_timing_applied: true,
      adaptive_timing_version: VERSION,
      engagement_score: 94.3,
      timing_bucket: 'immediate',
      recommended_delay_minutes: 5,
      lead_source: 'facebook ads',
    },
    dueMinutes: 5,
  },
  {
    ...UNTOUCHED,
    feature: 'ab_response_style_testing',
    variable: 'FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED',
    events: ['variant_b', 'segment_hot_priority', 'applied'],
    additions: ['response_style_experiment'],
    sentence: VARIANT_B_SENTENCE,
  },
  {
    ...UNTOUCHED,
    feature: 'sla_handoff_thresholds',
    variable: 'FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED',
    events: ['risk_high', 'handoff_recommended'],
    additions: ['sla_handoff'],
    followUp: {
      needs_handoff: true,
      handoff_reason_code: 'sla_high_risk_contact_now',
      handoff_risk_level: 'high',
    },
    actions: ['human_handoff'],
    addedTags: ['needs_handoff'],
    calls: ['createTask', 'addNote'],
  },
  {
    ...UNTOUCHED,
    feature: 'llm_reading',
    variable: 'FF_GROWTH_LLM_READING_ENABLED',
    events: ['skipped_not_configured'],
  },
];

/** What every hot lead counts, flags on or off. */
function alwaysCounted(sourceKey: string): Readonly<Record<string, readonly string[]>> {
  return {
    lead_source_attribution: [
      `source_observed_${sourceKey}`,
      'feedback_signal_observed_high_intent',
    ],
    adaptive_followup_timing: [],
    ab_response_style_testing: ['assignment_observed'],
    sla_handoff_thresholds: ['observed'],
    llm_reading: [],
  };
}

/** The increments of one hot lead while at most this one feature's flag is on. */
export function countedForOneLead(
  { feature, events }: FeatureStory,
  reason: string,
  sourceKey: string,
) {
  const features = Object.entries(alwaysCounted(sourceKey));
  const reasons = features.map(
    ([key]) => [key, key === feature ? reason : 'flag_disabled'] as const,
  );
  const blocked = reasons.filter(([, why]) => why !== 'enabled');
  const counted = features.flatMap(([key, observed]) => [
    ...observed.map((event) => `${key}:${event}`),
    ...(key === feature && reason === 'enabled' ? events.map((event) => `${key}:${event}`) : []),
  ]);
  return {
    feature_flag_evaluations_total: once(features.map(([key]) => key)),
    feature_flag_enabled_total: once(reason === 'enabled' ? [feature] : []),
    feature_flag_blocked_total: once(blocked.flatMap(([key, why]) => [key, `${key}:${why}`])),
    growth_feature_events_total: once([
      ...counted,
      ...blocked.map(([key, why]) => `${key}:bypassed_${why}`),
    ]),
  };
}

function once(keys: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(keys.map((key) => [key, 1]));
}
