import type {
  ArmCounts,
  ExperimentSnapshot,
} from '#product/experiments/statistics/experiment-snapshot.js';
import type { Stratum } from '#product/experiments/statistics/stratified.js';
import { drawBinomial } from './binomial-sampler.js';
import type { SeededRandom } from '../seeded-random.js';

/** Leads of one kind: how common they are, and what they do when left alone. */
export interface SimulatedSegment {
  readonly name: string;
  /** Share of all leads. */
  readonly share: number;
  /** Rate of the primary metric under A. */
  readonly baselineRate: number;
}

/** What is really so, known to the simulation only. */
export interface Truth {
  /** Relative change of the primary rate by B, the same in every segment. */
  readonly lift: number;
  /** Rate of the guardrail's event under A and under B. */
  readonly guardrailRates: readonly [number, number];
  /** Share of a segment's leads that B receives on a day, counted from 0. */
  readonly shareOfB: (segment: SimulatedSegment, day: number) => number;
}

export interface SimulatedCourse {
  readonly segments: readonly SimulatedSegment[];
  readonly leadsPerDay: number;
  readonly days: number;
}

export interface SimulatedExperiment {
  /** One snapshot at the end of each day. Attribution windows close at once. */
  readonly history: readonly ExperimentSnapshot[];
  /** The final counts by segment. */
  readonly strata: readonly Stratum[];
}

/** Running totals of one arm in one segment. */
interface Tally {
  leads: number;
  primaryEvents: number;
  guardrailEvents: number;
}

interface SegmentTallies {
  readonly segment: SimulatedSegment;
  readonly a: Tally;
  readonly b: Tally;
}

function emptyTally(): Tally {
  return { leads: 0, primaryEvents: 0, guardrailEvents: 0 };
}

function expose(
  random: SeededRandom,
  tally: Tally,
  leads: number,
  rates: { readonly primary: number; readonly guardrail: number },
): void {
  tally.leads += leads;
  tally.primaryEvents += drawBinomial(random, leads, rates.primary);
  tally.guardrailEvents += drawBinomial(random, leads, rates.guardrail);
}

/** Splits a day's leads over the segments: a multinomial as a chain of binomials. */
function drawLeadsBySegment(random: SeededRandom, course: SimulatedCourse): number[] {
  let leadsLeft = course.leadsPerDay;
  let shareLeft = course.segments.reduce((sum, { share }) => sum + share, 0);
  return course.segments.map(({ share }, index) => {
    const isLast = index === course.segments.length - 1;
    const leads = isLast ? leadsLeft : drawBinomial(random, leadsLeft, share / shareLeft);
    leadsLeft -= leads;
    shareLeft -= share;
    return leads;
  });
}

function armCounts(variant: string, tallies: readonly Tally[]): ArmCounts {
  const total = (count: (tally: Tally) => number) =>
    tallies.reduce((sum, tally) => sum + count(tally), 0);
  const exposures = total(({ leads }) => leads);
  return {
    variant,
    exposures,
    guardrailEvents: total(({ guardrailEvents }) => guardrailEvents),
    matured: exposures,
    primaryEvents: total(({ primaryEvents }) => primaryEvents),
  };
}

function stratumOf({ segment, a, b }: SegmentTallies): Stratum {
  return {
    name: segment.name,
    control: { successes: a.primaryEvents, trials: a.leads },
    treatment: { successes: b.primaryEvents, trials: b.leads },
  };
}

function snapshotOf(tallies: readonly SegmentTallies[]): ExperimentSnapshot {
  const inA = tallies.map(({ a }) => a);
  const inB = tallies.map(({ b }) => b);
  return {
    arms: [armCounts('A', inA), armCounts('B', inB)],
    sources: tallies.map(({ segment, a, b }) => ({
      source: segment.name,
      observed: [a.leads, b.leads],
    })),
  };
}

/** Draws a whole experiment, day by day. Each segment counts as one source. */
export function simulateExperiment(
  random: SeededRandom,
  course: SimulatedCourse,
  truth: Truth,
): SimulatedExperiment {
  const tallies = course.segments.map((segment) => ({
    segment,
    a: emptyTally(),
    b: emptyTally(),
  }));
  const [guardrailA, guardrailB] = truth.guardrailRates;
  const history = Array.from({ length: course.days }, (_, day): ExperimentSnapshot => {
    const leadsBySegment = drawLeadsBySegment(random, course);
    tallies.forEach(({ segment, a, b }, index) => {
      const leads = leadsBySegment[index] ?? 0;
      const toB = drawBinomial(random, leads, truth.shareOfB(segment, day));
      const base = segment.baselineRate;
      expose(random, a, leads - toB, { primary: base, guardrail: guardrailA });
      expose(random, b, toB, { primary: base * (1 + truth.lift), guardrail: guardrailB });
    });
    return snapshotOf(tallies);
  });
  return { history, strata: tallies.map(stratumOf) };
}
