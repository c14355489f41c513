import {
  sampleRatioEvidence,
  sampleRatioTest,
} from '#product/experiments/statistics/sample-ratio.js';
import { drawBinomial } from './binomial-sampler.js';
import type { MeasuredRate } from './measured-rate.js';
import type { SeededRandom } from '../seeded-random.js';

/** A small, plausible fault: one lead in 25 of B's went to A. */
export const PLANTED_SHARE_OF_A = 0.48;

export const STREAM_LEADS = 20_000;
const STREAM_DAYS = 30;

/** The e-value is asked this often instead of after every lead, which can only delay its alarm. */
const LEADS_PER_CHECK = 25;

const WEIGHTS = [0.5, 0.5];

export interface Detection {
  readonly found: MeasuredRate;
  /** Half of those found were found by then; null when none was. */
  readonly medianLeads: number | null;
}

export interface SampleRatioDetection {
  readonly onIngest: Detection;
  readonly daily: Detection;
}

function firstAlarm(
  random: SeededRandom,
  leadsPerCheck: number,
  isAlarm: (observed: readonly number[]) => boolean,
): number | null {
  let inA = 0;
  for (let leads = leadsPerCheck; leads <= STREAM_LEADS; leads += leadsPerCheck) {
    inA += drawBinomial(random, leadsPerCheck, PLANTED_SHARE_OF_A);
    if (isAlarm([inA, leads - inA])) {
      return leads;
    }
  }
  return null;
}

function summarize(name: string, alarms: readonly (number | null)[], atLeast: number): Detection {
  const found = alarms.filter((leads) => leads !== null).sort((a, b) => a - b);
  return {
    found: {
      name,
      hits: found.length,
      runs: alarms.length,
      bound: { kind: 'at_least', rate: atLeast },
    },
    medianLeads: found[Math.floor(found.length / 2)] ?? null,
  };
}

/** How surely, and how soon, a planted 48/52 split is found in a stream that should be 50/50. */
export function measureSampleRatioDetection(
  random: SeededRandom,
  runs: number,
): SampleRatioDetection {
  const leadsPerDay = Math.floor(STREAM_LEADS / STREAM_DAYS);
  const streams = Array.from({ length: runs });
  const onIngest = streams.map(() =>
    firstAlarm(
      random,
      LEADS_PER_CHECK,
      (observed) => sampleRatioEvidence(observed, WEIGHTS).mismatch,
    ),
  );
  const daily = streams.map(() =>
    firstAlarm(random, leadsPerDay, (observed) => sampleRatioTest(observed, WEIGHTS).mismatch),
  );
  return {
    onIngest: summarize('planted 48/52 found by the e-value on ingest', onIngest, 0.9),
    daily: summarize('planted 48/52 found by the daily chi-square', daily, 0.98),
  };
}
