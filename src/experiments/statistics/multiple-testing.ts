/**
 * Many p-values read at once: some are small by luck. Both functions return adjusted p-values in the
 * order given; compare them with alpha as if there had been one test.
 */

interface RankedPValue {
  readonly pValue: number;
  readonly index: number;
}

function ascending(pValues: readonly number[]): RankedPValue[] {
  const faulty = pValues.find((pValue) => !(pValue >= 0 && pValue <= 1));
  if (faulty !== undefined) {
    throw new RangeError(`Not a p-value: ${faulty}`);
  }
  return pValues
    .map((pValue, index) => ({ pValue, index }))
    .sort((a, b) => a.pValue - b.pValue || a.index - b.index);
}

/**
 * Of the differences called real, at most alpha are false on average: for exploring metrics × segments
 * (Y. Benjamini and Y. Hochberg, JRSS B 57, 1995).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const adjusted = new Array<number>(count).fill(1);
  let smallestAbove = 1;
  ascending(pValues)
    .map((ranked, position) => ({ ...ranked, rank: position + 1 }))
    .reverse()
    .forEach(({ pValue, index, rank }) => {
      smallestAbove = Math.min(smallestAbove, (pValue * count) / rank);
      adjusted[index] = smallestAbove;
    });
  return adjusted;
}

/** The chance of even one false alarm stays below alpha: for guardrails (S. Holm, Scand. J. Stat. 6, 1979). */
export function holm(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const adjusted = new Array<number>(count).fill(1);
  let largestBelow = 0;
  ascending(pValues).forEach(({ pValue, index }, position) => {
    largestBelow = Math.max(largestBelow, Math.min(1, pValue * (count - position)));
    adjusted[index] = largestBelow;
  });
  return adjusted;
}
