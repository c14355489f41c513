import { median } from './rounds.js';

const ROUNDS = 5;
const ROUND_MS = 400;
const WARM_UP_MS = 200;
/** Calls between two looks at the clock. */
const CALLS_PER_CHUNK = 1_024;

/** One thing to be measured: a synchronous call whose result depends on the index. */
export interface Contestant {
  readonly title: string;
  /** Returns something, which is kept, so that the compiler cannot leave the call out. */
  readonly call: (index: number) => unknown;
}

/** Calls per second of each, on one core: alternating rounds, the median counts. */
export function measureRates(contestants: readonly Contestant[]): Map<Contestant, number> {
  for (const contestant of contestants) rateOf(contestant, WARM_UP_MS);
  const rates = new Map<Contestant, number[]>(contestants.map((one) => [one, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contestant of contestants) rates.get(contestant)?.push(rateOf(contestant, ROUND_MS));
  }
  return new Map([...rates].map(([contestant, values]) => [contestant, median(values)]));
}

let kept: unknown;

function rateOf({ call }: Contestant, durationMs: number): number {
  const startedAtMs = performance.now();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs) {
    for (let index = 0; index < CALLS_PER_CHUNK; index += 1) kept = call(index);
    calls += CALLS_PER_CHUNK;
    elapsedMs = performance.now() - startedAtMs;
  }
  return (calls * 1_000) / elapsedMs;
}

/** The last result measured, for whoever doubts that the calls were made. */
export function lastResult(): unknown {
  return kept;
}
