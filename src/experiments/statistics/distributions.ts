import { erfc, incompleteBeta, regularizedGammaQ } from './special-functions.js';

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
}

export function normalCdf(z: number): number {
  return 0.5 * erfc(-z * Math.SQRT1_2);
}

/** Upper tail P(Z > z), exact where `1 - normalCdf(z)` is zero. */
export function normalSf(z: number): number {
  return 0.5 * erfc(z * Math.SQRT1_2);
}

/** P(|Z| > |z|). */
export function twoSidedPValue(z: number): number {
  return erfc(Math.abs(z) * Math.SQRT1_2);
}

/** The z that leaves `tail` above it, for 0 < tail <= 0.5. */
function upperQuantile(tail: number): number {
  // Start within 4.5e-4 (Abramowitz and Stegun 26.2.23); each Halley step triples the digits.
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let z = t - numerator / denominator;
  for (let step = 0; step < 3; step += 1) {
    const newton = (normalSf(z) - tail) / normalDensity(z);
    z += newton / (1 - 0.5 * z * newton);
  }
  return z;
}

/** The z with P(Z < z) = p. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`A probability lies between 0 and 1, got ${p}`);
  }
  if (p === 0 || p === 1) {
    return p === 0 ? -Infinity : Infinity;
  }
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
}

/** The |z| that a two-sided test of size alpha has to exceed: 1.96 at 0.05. */
export function criticalZ(alpha: number): number {
  return -normalQuantile(alpha / 2);
}

/** P(χ² > x). */
export function chiSquareSf(x: number, degreesOfFreedom: number): number {
  return regularizedGammaQ(degreesOfFreedom / 2, x / 2);
}

/** P(T > t). */
export function studentTSf(t: number, degreesOfFreedom: number): number {
  if (t < 0) {
    return 1 - studentTSf(-t, degreesOfFreedom);
  }
  const scale = degreesOfFreedom + t * t;
  return 0.5 * incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / scale, (t * t) / scale);
}

export function studentTCdf(t: number, degreesOfFreedom: number): number {
  return studentTSf(-t, degreesOfFreedom);
}

/** Enough halvings of [0, 1] to exhaust a double. */
const BETA_QUANTILE_STEPS = 80;

/** The x with I_x(a, b) = p, by bisection: slow (tens of microseconds) and impossible to derail. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < BETA_QUANTILE_STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(a, b, middle) < p) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}
