import type { TestApp } from '../../support/test-app.js';
import type { GrowthCounterMaps } from '../growth/support/growth-counters.js';

interface StoredDecision {
  readonly growth_verdicts: Readonly<
    Record<string, { readonly enabled: boolean; readonly reason: string }>
  >;
  readonly source: string;
  readonly lead_score: number;
  readonly response_style_experiment?: { readonly variant: string; readonly segment: string };
  readonly follow_up: { readonly timing_bucket?: string } | null;
  readonly sla_handoff?: { readonly risk_level: string };
}

/** The counters of the gate as the stored decisions tell them, and of each event that a document shows. */
export async function countersFromDecisions({ database }: Pick<TestApp, 'database'>): Promise<
  Omit<GrowthCounterMaps, 'growth_feature_events_total'> & {
    readonly shownEvents: Readonly<Record<string, number>>;
  }
> {
  const rows = await database.selectFrom('decision').select('document').execute();
  const documents = rows.map(({ document }) => document as unknown as StoredDecision);
  const verdicts = documents.flatMap(({ growth_verdicts }) => Object.entries(growth_verdicts));
  const blocked = verdicts.filter(([, { enabled }]) => !enabled);
  return {
    feature_flag_evaluations_total: tally(verdicts.map(([feature]) => feature)),
    feature_flag_enabled_total: tally(
      verdicts.flatMap(([feature, { enabled }]) => (enabled ? [feature] : [])),
    ),
    feature_flag_blocked_total: tally(
      blocked.flatMap(([feature, { reason }]) => [feature, `${feature}:${reason}`]),
    ),
    shownEvents: tally([
      ...documents.flatMap(shownEvents),
      ...blocked.map(([feature, { reason }]) => `${feature}:bypassed_${reason}`),
    ]),
  };
}

/** Events of which the document holds the evidence. */
function shownEvents(document: StoredDecision): readonly string[] {
  const { source, response_style_experiment: style, follow_up, sla_handoff } = document;
  const bucket = follow_up?.timing_bucket;
  return [
    `lead_source_attribution:source_observed_${source}`,
    'ab_response_style_testing:assignment_observed',
    'sla_handoff_thresholds:observed',
    ...(style === undefined
      ? []
      : [
          `ab_response_style_testing:variant_${style.variant.toLowerCase()}`,
          `ab_response_style_testing:segment_${style.segment}`,
          'ab_response_style_testing:applied',
        ]),
    ...(bucket === undefined ? [] : [`adaptive_followup_timing:applied_${bucket}`]),
    ...(sla_handoff === undefined
      ? []
      : [
          `sla_handoff_thresholds:risk_${sla_handoff.risk_level}`,
          'sla_handoff_thresholds:handoff_recommended',
        ]),
  ];
}

function tally(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(counts);
}
