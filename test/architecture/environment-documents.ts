import type { VariableSpec } from '../../src/config/environment.js';

/** Lines of the README between which the table stands. */
export const TABLE_START =
  '<!-- environment: written by test/architecture/environment-documents.spec.ts -->';
export const TABLE_END = '<!-- environment: end -->';

const EXAMPLE_HEAD = `# The environment of GrowthGate. Copy this file to .env and remove the # of what you set.
# What is shown after = is the default; the environment of the process wins over .env.
# Nothing has to be set to try it: npm start.
`;

/** The README's configuration table. */
export function environmentTable(variables: readonly VariableSpec[]): string {
  const rows = variables.map(
    ({ name, fallback, description, secret }) =>
      `| \`${name}\` | ${fallback === undefined ? '–' : `\`${fallback}\``} | ${description}${secret ? ' Secret.' : ''} |`,
  );
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The whole of `.env.example`: every line is a comment, so a copy of it changes nothing. */
export function environmentExample(variables: readonly VariableSpec[]): string {
  const entries = variables.map(
    ({ name, fallback, description, secret }) =>
      `# ${description}${secret ? ' Secret.' : ''}\n#${name}=${fallback ?? ''}\n`,
  );
  return [EXAMPLE_HEAD, ...entries].join('\n');
}

/** @throws when the README has lost the marks of its table */
export function findTable(readme: string): string {
  const start = readme.indexOf(TABLE_START);
  const end = readme.indexOf(TABLE_END);
  if (start < 0 || end < start)
    throw new Error(`README.md lacks the lines ${TABLE_START} and ${TABLE_END}`);
  return readme.slice(start + TABLE_START.length, end).trim();
}
