import { stripVTControlCharacters } from 'node:util';
import type { GrowthFeature } from '../../growth/growth-feature.js';
import { flagVariable } from '../../growth/rollout/rollout.js';

/** How a command ended: `0`, another exit code, or `not run`. */
export interface CommandEnd {
  readonly exit: string;
  readonly output: string;
}

export interface CommandRun extends CommandEnd {
  readonly command: string;
  readonly does: string;
}

export interface Status {
  readonly version: string;
  readonly nodeVersion: string;
  readonly features: readonly Pick<GrowthFeature, 'key' | 'description'>[];
  readonly commands: readonly CommandRun[];
}

/** The page that tells whoever takes over how things stand. The same state gives the same page. */
export function statusDocument({ version, nodeVersion, features, commands }: Status): string {
  return [
    '# Status',
    'Written by `npm run status`, not by hand.',
    `Version ${version}, seen on Node ${nodeVersion}.`,
    '## Growth features',
    [
      '| feature | does | flag |\n|---|---|---|',
      ...features.map((feature) => featureRow(feature)),
    ].join('\n'),
    '## Commands',
    ['| command | does | exit code |\n|---|---|---|', ...commands.map(commandRow)].join('\n'),
    ...commands.map(({ command, output }) => `### \`${command}\`\n\n\`\`\`\n${output}\n\`\`\``),
  ]
    .join('\n\n')
    .concat('\n');
}

function featureRow({ key, description }: Status['features'][number]): string {
  return `| \`${key}\` | ${description} | \`${flagVariable(key)}\` |`;
}

function commandRow({ command, does, exit }: CommandRun): string {
  return `| \`${command}\` | ${does} | ${exit} |`;
}

/** What an earlier page says of a command. */
export function findEnd(page: string, command: string): CommandEnd | undefined {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${command}\` |`));
  const [, section] = page.split(`### \`${command}\`\n\n\`\`\`\n`);
  const [exit] = row?.match(/[^|]+(?= \|$)/) ?? [];
  const [output] = section?.split('\n```') ?? [];
  return exit === undefined || output === undefined ? undefined : { exit: exit.trim(), output };
}

/** What a command printed, without what differs from run to run and from machine to machine. */
export function steadyOutput(text: string, folder: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(folder, '.')
    .split('\n')
    .map((line) => line.replace(/ \(\d+ ms\)$/, '').trimEnd())
    .filter((line) => line !== '' && !line.startsWith('> '))
    .join('\n');
}

/** What Jest writes with `--json`, as far as it is read here. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** A line for each project of jest.config.js; a file that could not be loaded is one failure. */
export function testSummary({ testResults }: JestReport): string {
  const lines = ['unit', 'integration', 'e2e'].map((project) => {
    const suites = testResults.filter(({ name }) => projectOf(name) === project);
    const tests = suites.flatMap(({ status, assertionResults }) =>
      assertionResults.length === 0 ? [{ status }] : assertionResults,
    );
    const count = (status: string) => tests.filter((test) => test.status === status).length;
    return `${project}: ${count('passed')} passed, ${count('failed')} failed, in ${suites.length} files`;
  });
  return lines.join('\n');
}

function projectOf(path: string): string {
  return /\btest[\\/](integration|e2e)[\\/]/.exec(path)?.[1] ?? 'unit';
}
