import { readArguments, type ParsedArguments } from '#product/cli/command/arguments.js';

export interface SimulationOptions {
  /** Relative lift that B really has where it has one, and the smallest one the plan must find. */
  readonly lift: number;
  /** Leads of each experiment in the table of verdicts. */
  readonly leads: number;
  readonly segments: number;
  readonly seed: number;
  /** Experiments drawn for each error rate. */
  readonly runs: number;
}

export const USAGE = `Usage: npm run experiment:simulate -- [options]

  --lift <number>      relative lift of B to plant and to find, 0.02 to 2 (0.15)
  --leads <number>     leads of each experiment in the table of verdicts, 100 to 1000000 (20000)
  --segments <number>  kinds of leads with different rates, 1 to 10 (3)
  --seed <number>      whole number from 0; the same seed gives the same result (1)
  --runs <number>      experiments drawn for each error rate, 200 to 1000000 (20000)
  --help               this text
`;

const TEXT = { type: 'string' } as const;
const MAX_SEED = 2 ** 32 - 1;

export function parseSimulationOptions(
  args: readonly string[],
): ParsedArguments<SimulationOptions> {
  const flags = { lift: TEXT, leads: TEXT, segments: TEXT, seed: TEXT, runs: TEXT };
  return readArguments(args, flags, (reader) => ({
    lift: reader.number('lift', { fallback: 0.15, min: 0.02, max: 2, whole: false }),
    leads: reader.number('leads', { fallback: 20_000, min: 100, max: 1_000_000 }),
    segments: reader.number('segments', { fallback: 3, min: 1, max: 10 }),
    seed: reader.number('seed', { fallback: 1, min: 0, max: MAX_SEED }),
    runs: reader.number('runs', { fallback: 20_000, min: 200, max: 1_000_000 }),
  }));
}
