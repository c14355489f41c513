import { parseArgs } from 'node:util';
import { isHookSecret } from '../../config/hook-configuration.js';

export interface HooksVerifyOptions {
  readonly port: number;
  /** Undefined: those that the application uses. */
  readonly secret: string | undefined;
  /** Post a sample instead of waiting for calls. */
  readonly send: boolean;
}

export type ParsedHooksVerifyOptions =
  | { readonly kind: 'options'; readonly options: HooksVerifyOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly errors: readonly string[] };

export const USAGE = `Usage: npm run hooks:verify -- [options]

Receives decision hooks, verifies their signatures and prints the events.

  --port <number>  where to listen on 127.0.0.1 (4000)
  --secret <text>  whsec_…; by default DECISION_HOOK_SECRET, else the generated one in DATA_DIR
  --send           instead of receiving, post a signed sample to DECISION_HOOK_URL
  --help           this text
`;

const DEFAULT_PORT = '4000';
const MAX_PORT = 65_535;

/** Reads the command line; every fault is told at once, each naming its flag. */
export function parseHooksVerifyOptions(args: readonly string[]): ParsedHooksVerifyOptions {
  let values: ReturnType<typeof readFlags>;
  try {
    values = readFlags(args);
  } catch (error) {
    return { kind: 'invalid', errors: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help) return { kind: 'help' };
  const port = Number(values.port);
  const errors: string[] = [];
  if (!/^\d+$/.test(values.port) || port > MAX_PORT) {
    errors.push(`--port must be a whole number from 0 to ${MAX_PORT}`);
  }
  if (values.secret !== undefined && !isHookSecret(values.secret)) {
    errors.push('--secret must be whsec_ and base64 of 24 to 64 bytes');
  }
  if (errors.length > 0) return { kind: 'invalid', errors };
  return { kind: 'options', options: { port, secret: values.secret, send: values.send } };
}

function readFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: DEFAULT_PORT },
      secret: { type: 'string' },
      send: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
