import { readArguments } from '../command/arguments.js';
import type { Command } from '../command/run-command.js';
import { runChecks } from './check.js';
import { CheckedSystem } from './checked-system.js';
import { EDGE_CHECKS } from './edge-checks.js';
import { LEAD_CHECKS } from './lead-checks.js';
import { SURVIVAL_CHECKS } from './survival-checks.js';

const USAGE = `Usage: npm run check:standalone

Starts the built server on a free port, with an empty data folder and the built-in sandbox, and
verifies what it promises. Prints a line for each promise; exit code 0 when all are kept.

  --help  this text
`;

/** The shell's convention for a command that Ctrl-C has ended. */
const EXIT_INTERRUPTED = 130;

const CHECKS = [...EDGE_CHECKS, ...LEAD_CHECKS, ...SURVIVAL_CHECKS];

export const CHECK_STANDALONE: Command<Readonly<Record<never, never>>> = {
  usage: USAGE,
  parse: (args) => readArguments(args, {}, () => ({})),
  async run() {
    const system = new CheckedSystem();
    process.once('SIGINT', () => {
      void system.cleanUp().finally(() => process.exit(EXIT_INTERRUPTED));
    });
    try {
      const write = (line: string): void => void process.stdout.write(line);
      const { passed, failed } = await runChecks(CHECKS, system, write);
      write(`${passed} passed, ${failed} failed\n`);
      return failed === 0 ? 0 : 1;
    } finally {
      await system.cleanUp();
    }
  },
};
