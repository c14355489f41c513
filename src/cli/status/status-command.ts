import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_VERSION } from '../../health/app-version.js';
import { readArguments } from '../command/arguments.js';
import { CommandFailure } from '../command/command-failure.js';
import { listFeatures } from '../command/list-features.js';
import type { Command } from '../command/run-command.js';
import {
  findEnd,
  statusDocument,
  steadyOutput,
  testSummary,
  type CommandEnd,
  type JestReport,
} from './status-document.js';

const PAGE = 'docs/status.md';
const NOT_RUN: CommandEnd = { exit: 'not run', output: 'not run' };

const USAGE = `Usage: npm run status -- [options]

Runs the checks and all tests, which takes some minutes, and writes ${PAGE}. Exit code 0 when all is well.

  --skip-tests  leave the tests as the page has them
  --help        this text
`;

export const STATUS: Command<{ readonly skipsTests: boolean }> = {
  usage: USAGE,
  parse: (args) =>
    readArguments(args, { 'skip-tests': { type: 'boolean' } }, (reader) => ({
      skipsTests: reader.isSet('skip-tests'),
    })),
  async run({ skipsTests }) {
    const commands = [
      {
        command: 'npm run check',
        does: 'format, lint, dependency rules, types, build, smoke',
        ...runNpm(['run', 'check']),
      },
      {
        command: 'npm test',
        does: 'all tests, on a PostgreSQL of their own',
        ...(skipsTests ? earlierTests() : runTests()),
      },
      {
        command: 'npm run check:standalone',
        does: 'starts the built server with the sandbox and checks the main promises',
        ...runNpm(['run', 'check:standalone']),
      },
    ];
    const features = await listFeatures();
    const nodeVersion = process.versions.node;
    writeFileSync(PAGE, statusDocument({ version: APP_VERSION, nodeVersion, features, commands }));
    process.stdout.write(`${PAGE} is written.\n`);
    return commands.every(({ exit }) => exit === '0' || exit === NOT_RUN.exit) ? 0 : 1;
  },
};

function earlierTests(): CommandEnd {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  return findEnd(page, 'npm test') ?? NOT_RUN;
}

function runTests(): CommandEnd {
  const folder = mkdtempSync(join(tmpdir(), 'growthgate-status-'));
  try {
    const file = join(folder, 'jest.json');
    const { exit, output } = runNpm(['test', '--', '--json', `--outputFile=${file}`]);
    if (!existsSync(file)) return { exit, output };
    return { exit, output: testSummary(JSON.parse(readFileSync(file, 'utf8')) as JestReport) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** With the npm that runs this command, so that it is found on every system. */
function runNpm(args: readonly string[]): CommandEnd {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new CommandFailure('Run this as `npm run status`.');
  process.stdout.write(`npm ${args.slice(0, 2).join(' ')} …\n`);
  const options = { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [npm, ...args], options);
  return {
    exit: String(status ?? 'none'),
    output: steadyOutput(`${stdout}\n${stderr}`, process.cwd()),
  };
}
