import { readArguments, type ParsedArguments } from '#product/cli/command/arguments.js';
import type { SimulationRunOptions } from './run-simulation.js';

export interface SimulateOrder extends SimulationRunOptions {
  readonly url: string | undefined;
  readonly intoLiveCrm: boolean;
}

export const SIMULATE_USAGE = `Usage: npm run simulate -- [options]

Sends believable signed traffic to the running server and shows what came of it: new leads, replies
in several turns, duplicates, opt-outs, deals won and lost, appointments, messages of your team.

  --leads <number>        leads of the run, 1 to 100000 (200)
  --rate <number>         webhooks per second, 0.1 to 5000 (50)
  --seed <number>         whole number from 0; the same seed tells the same stories (1)
  --run <text>            part of all ids, letters and digits (the current time)
  --locations <number>    locations that the leads are spread over, 1 to 1000 (8); the CRM limits
                          calls per location, so fewer locations take longer to settle
  --concurrency <number>  requests under way at most, 1 to 1000 (32)
  --settle <seconds>      how long effects are waited for at the end, 0 to 3600 (90)
  --url <address>         address of the server (http://127.0.0.1 and PORT, 3000 when unset)
  --into-live-crm         simulate although the server writes to GoHighLevel itself
  --help                  this text
`;

const TEXT = { type: 'string' } as const;
const SECOND_MS = 1_000;
const MAX_SEED = 2 ** 31 - 1;
const MAX_RUN_LENGTH = 40;

/** @param nowMs makes the run's name where none is given */
export function parseSimulateOrder(
  args: readonly string[],
  nowMs: number,
): ParsedArguments<SimulateOrder> {
  const flags = {
    ...{ leads: TEXT, rate: TEXT, seed: TEXT, run: TEXT, locations: TEXT, concurrency: TEXT },
    ...{ settle: TEXT, url: TEXT, 'into-live-crm': { type: 'boolean' } as const },
  };
  return readArguments(args, flags, (reader) => {
    const run = reader.text('run') ?? nowMs.toString(36);
    if (!/^[A-Za-z0-9]+$/.test(run) || run.length > MAX_RUN_LENGTH) {
      reader.reject('run', `must be 1 to ${MAX_RUN_LENGTH} letters and digits, got "${run}"`);
    }
    return {
      run,
      leads: reader.number('leads', { fallback: 200, min: 1, max: 100_000 }),
      ratePerSecond: reader.number('rate', { fallback: 50, min: 0.1, max: 5_000, whole: false }),
      seed: reader.number('seed', { fallback: 1, min: 0, max: MAX_SEED }),
      locations: reader.number('locations', { fallback: 8, min: 1, max: 1_000 }),
      concurrency: reader.number('concurrency', { fallback: 32, min: 1, max: 1_000 }),
      settleMs: reader.number('settle', { fallback: 90, min: 0, max: 3_600 }) * SECOND_MS,
      url: reader.serviceUrl('url'),
      intoLiveCrm: reader.isSet('into-live-crm'),
    };
  });
}
