import { parseArgs } from 'node:util';

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

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: SimulationOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly errors: readonly string[] };

export const USAGE = `Usage: npm run experiment:simulate -- [options]

  --lift <number>      relative lift of B to plant and to find, 0.02 to 2 (0.15)
  --leads <number>     leads of each experiment in the table of verdicts, 100 to 1000000 (20000)
  --segments <number>  kinds of leads with different rates, 1 to 10 (3)
  --seed <number>      whole number from 0; the same seed gives the same result (1)
  --runs <number>      experiments drawn for each error rate, 200 to 1000000 (20000)
  --help               this text
`;

interface NumericFlag {
  readonly fallback: number;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

const FLAGS: Readonly<Record<keyof SimulationOptions, NumericFlag>> = {
  lift: { fallback: 0.15, low: 0.02, high: 2, whole: false },
  leads: { fallback: 20_000, low: 100, high: 1_000_000, whole: true },
  segments: { fallback: 3, low: 1, high: 10, whole: true },
  seed: { fallback: 1, low: 0, high: 4_294_967_295, whole: true },
  runs: { fallback: 20_000, low: 200, high: 1_000_000, whole: true },
};

const FLAG_NAMES = ['lift', 'leads', 'segments', 'seed', 'runs'] as const;

function faultOf(name: keyof SimulationOptions, text: string): string | undefined {
  const { low, high, whole } = FLAGS[name];
  const value = text.trim() === '' ? NaN : Number(text);
  const kind = whole ? 'a whole number' : 'a number';
  const fits = whole ? Number.isInteger(value) : Number.isFinite(value);
  return fits && value >= low && value <= high
    ? undefined
    : `--${name} must be ${kind} from ${low} to ${high}, got "${text}"`;
}

function readFlags(args: readonly string[]) {
  const option = { type: 'string' } as const;
  return parseArgs({
    args: [...args],
    options: {
      lift: option,
      leads: option,
      segments: option,
      seed: option,
      runs: option,
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
}

/** Reads the command line; every fault is told at once, each naming its flag. */
export function parseSimulationOptions(args: readonly string[]): ParsedOptions {
  let values: ReturnType<typeof readFlags>;
  try {
    values = readFlags(args);
  } catch (error) {
    return { kind: 'invalid', errors: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help === true) {
    return { kind: 'help' };
  }
  const textOf = (name: keyof SimulationOptions) => values[name] ?? String(FLAGS[name].fallback);
  const errors = FLAG_NAMES.flatMap((name) => faultOf(name, textOf(name)) ?? []);
  if (errors.length > 0) {
    return { kind: 'invalid', errors };
  }
  const numberOf = (name: keyof SimulationOptions) => Number(textOf(name));
  return {
    kind: 'options',
    options: {
      lift: numberOf('lift'),
      leads: numberOf('leads'),
      segments: numberOf('segments'),
      seed: numberOf('seed'),
      runs: numberOf('runs'),
    },
  };
}
