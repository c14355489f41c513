import type { ExperimentPlan } from '../statistics/experiment-plan.js';
import type { ExperimentSnapshot } from '../statistics/experiment-snapshot.js';
import {
  findSampleRatioCause,
  sampleRatioEvidence,
  sampleRatioTest,
} from '../statistics/sample-ratio.js';
import { findSampleRatioAlarm } from '../statistics/verdict.js';
import type { SampleRatioDto } from './decision.dto.js';

/** Sources told one by one; the rest are many, and small. */
const MOST_SOURCES = 50;

/** Did the arms receive the shares they were meant to, in total and within each source? */
export function sampleRatioDto(
  plan: ExperimentPlan,
  history: readonly ExperimentSnapshot[],
): SampleRatioDto {
  const current = history.at(-1);
  const { weights, variants } = plan;
  const observed = current?.arms.map(({ exposures }) => exposures) ?? weights.map(() => 0);
  const sources = current?.sources ?? [];
  const { chiSquare, pValue } = sampleRatioTest(observed, weights);
  const cause = findSampleRatioCause(sources, weights);
  const causeName = cause?.kind === 'source' ? cause.source : '*';
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    variants,
    observed,
    planned_shares: weights.map((weight) => weight / total),
    chi_square: chiSquare,
    p_value: pValue,
    log_e_value: sampleRatioEvidence(observed, weights).logEValue,
    mismatch: findSampleRatioAlarm(plan, history) !== undefined,
    worst_source: cause === null ? null : causeName,
    sources: sources
      .map((one) => ({ ...one, p_value: sampleRatioTest(one.observed, weights).pValue }))
      .sort((a, b) => a.p_value - b.p_value || (a.source < b.source ? -1 : 1))
      .slice(0, MOST_SOURCES),
  };
}
