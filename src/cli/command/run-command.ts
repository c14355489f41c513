import { ConfigurationError } from '../../config/configuration.js';
import type { ParsedArguments } from './arguments.js';
import { CommandFailure } from './command-failure.js';

/** One entry of package.json's scripts. */
export interface Command<Options> {
  readonly usage: string;
  parse(args: readonly string[]): ParsedArguments<Options>;
  /** Resolves to the exit code. */
  run(options: Options): Promise<number>;
}

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Runs a command to its exit code; what went wrong is told in sentences on standard error. */
export async function runCommand<Options>(
  command: Command<Options>,
  args: readonly string[] = process.argv.slice(2),
): Promise<number> {
  try {
    return await parseAndRun(command, args);
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`);
    return EXIT_FAILED;
  }
}

async function parseAndRun<Options>(
  command: Command<Options>,
  args: readonly string[],
): Promise<number> {
  const parsed = command.parse(args);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(command.usage);
      return 0;
    case 'invalid':
      process.stderr.write(`${parsed.errors.join('\n')}\n\n${command.usage}`);
      return EXIT_USAGE;
    case 'options':
      return command.run(parsed.options);
  }
}

/** Expected failures are a sentence; of a fault of ours the stack is wanted too. */
function failureText(error: unknown): string {
  if (error instanceof CommandFailure || error instanceof ConfigurationError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : error.message;
}
