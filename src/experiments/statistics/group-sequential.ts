import { criticalZ, normalDensity, normalQuantile, normalSf } from './distributions.js';

/**
 * A winner may be declared at a few looks fixed beforehand. Each look may spend part of alpha, and its
 * bound follows from what the earlier looks spent, so that all of them together err in alpha of the
 * experiments: K. K. G. Lan and D. L. DeMets, "Discrete Sequential Boundaries for Clinical Trials",
 * Biometrika 70 (1983), with the spending function of O'Brien-Fleming type. Crossing probabilities by
 * the recursion of P. Armitage, C. K. McPherson and B. C. Rowe (JRSS A 132, 1969) on the scale of a
 * Brownian motion whose time is the information fraction: the share of the planned sample seen so far.
 */

/** How much of alpha may be spent up to an information fraction in (0, 1]. */
export type SpendingFunction = (alpha: number, informationFraction: number) => number;

/** Next to nothing early, so that the last look keeps almost the whole alpha. */
export const obrienFlemingSpending: SpendingFunction = (alpha, informationFraction) =>
  2 * normalSf(criticalZ(alpha) / Math.sqrt(informationFraction));

/** Nearly even over the looks: stops earlier, and pays with power at the end. */
export const pocockSpending: SpendingFunction = (alpha, informationFraction) =>
  alpha * Math.log(1 + (Math.E - 1) * informationFraction);

/** A bound beyond this |z| cannot be crossed in practice, nor its tail be told from rounding. */
const LARGEST_BOUND = 10;

/** Grid points per standard deviation of an increment; Simpson's rule is then good to 1e-7. */
const POINTS_PER_DEVIATION = 16;

/** Halvings of the bracket [0, 10]: leaves 1e-10. */
const BISECTION_STEPS = 37;

/** Where the process can be while no bound has been crossed, as point masses. */
interface Continuation {
  readonly points: Float64Array;
  readonly masses: Float64Array;
}

/** One stretch of information between two looks. */
interface Stretch {
  readonly length: number;
  /** Mean of the process per unit of information: 0 under "no difference". */
  readonly drift: number;
}

const START: Continuation = { points: Float64Array.of(0), masses: Float64Array.of(1) };

function probabilityAbove(from: Continuation, limit: number, stretch: Stretch): number {
  const deviation = Math.sqrt(stretch.length);
  const mean = stretch.drift * stretch.length;
  let probability = 0;
  from.points.forEach((point, index) => {
    probability += (from.masses[index] ?? 0) * normalSf((limit - point - mean) / deviation);
  });
  return probability;
}

function densityAt(from: Continuation, position: number, stretch: Stretch): number {
  const deviation = Math.sqrt(stretch.length);
  const mean = stretch.drift * stretch.length;
  let density = 0;
  from.points.forEach((point, index) => {
    density += (from.masses[index] ?? 0) * normalDensity((position - point - mean) / deviation);
  });
  return density / deviation;
}

/** Carries the process over a stretch and keeps what stays within ±limit, on a Simpson grid. */
function advance(
  from: Continuation,
  limit: number,
  stretch: Stretch,
  spacingWanted: number,
): Continuation {
  const intervals = 2 * Math.max(8, Math.ceil(limit / spacingWanted));
  const spacing = (2 * limit) / intervals;
  const points = Float64Array.from({ length: intervals + 1 }, (_, i) => i * spacing - limit);
  const masses = points.map((point, i) => {
    const inner = i % 2 === 0 ? 2 : 4;
    const weight = i === 0 || i === intervals ? 1 : inner;
    return ((weight * spacing) / 3) * densityAt(from, point, stretch);
  });
  return { points, masses };
}

function spacingFor(length: number, nextLength: number): number {
  return Math.sqrt(Math.min(length, nextLength)) / POINTS_PER_DEVIATION;
}

function boundFor(from: Continuation, fraction: number, length: number, toSpend: number): number {
  const stretch = { length, drift: 0 };
  let low = 0;
  let high = LARGEST_BOUND;
  for (let step = 0; step < BISECTION_STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (probabilityAbove(from, middle * Math.sqrt(fraction), stretch) > toSpend) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}

function assertFractions(fractions: readonly number[]): void {
  const rising = fractions.every(
    (fraction, i) => fraction > (fractions[i - 1] ?? 0) && fraction <= 1,
  );
  if (fractions.length === 0 || !rising) {
    throw new RangeError(`Information fractions must rise within (0, 1]: ${fractions.join(', ')}`);
  }
}

/**
 * The |z| to exceed at each look, two-sided. The fractions need not be equal nor as planned: the size
 * holds as long as they do not depend on the results.
 */
export function groupSequentialBounds(
  fractions: readonly number[],
  alpha = 0.05,
  spending: SpendingFunction = obrienFlemingSpending,
): number[] {
  assertFractions(fractions);
  let continuation = START;
  let spent = 0;
  return fractions.map((fraction, look) => {
    const length = fraction - (fractions[look - 1] ?? 0);
    const allowed = spending(alpha / 2, fraction);
    const bound = boundFor(continuation, fraction, length, allowed - spent);
    const nextLength = (fractions[look + 1] ?? 1 + length) - fraction;
    continuation = advance(
      continuation,
      bound * Math.sqrt(fraction),
      { length, drift: 0 },
      spacingFor(length, nextLength),
    );
    spent = allowed;
    return bound;
  });
}

/**
 * Probability of ever crossing the upper bounds when the final z has mean `drift`: the power, and with
 * drift 0 the one-sided size.
 */
export function upperCrossingProbability(
  fractions: readonly number[],
  bounds: readonly number[],
  drift: number,
): number {
  assertFractions(fractions);
  let continuation = START;
  let probability = 0;
  fractions.forEach((fraction, look) => {
    const stretch = { length: fraction - (fractions[look - 1] ?? 0), drift };
    const limit = (bounds[look] ?? LARGEST_BOUND) * Math.sqrt(fraction);
    probability += probabilityAbove(continuation, limit, stretch);
    const nextLength = (fractions[look + 1] ?? 1 + stretch.length) - fraction;
    continuation = advance(continuation, limit, stretch, spacingFor(stretch.length, nextLength));
  });
  return probability;
}

/** The information fractions of equally spaced looks, the last one at the planned sample. */
export function equalFractions(looks: number): number[] {
  return Array.from({ length: looks }, (_, i) => (i + 1) / looks);
}

/** Halvings of a bracket of width 2 for the drift: leaves 1e-9. */
const DRIFT_STEPS = 31;

/** How many times the fixed sample the looks need for the same power: about 1.03 for five looks. */
export function sampleInflation(looks: number, alpha: number, power: number): number {
  const fractions = equalFractions(looks);
  const bounds = groupSequentialBounds(fractions, alpha);
  const fixedDrift = criticalZ(alpha) + normalQuantile(power);
  let low = fixedDrift;
  let high = fixedDrift + 2;
  for (let step = 0; step < DRIFT_STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (upperCrossingProbability(fractions, bounds, middle) < power) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (high / fixedDrift) ** 2;
}
