import { readArguments, type ArgumentReader } from '../command/arguments.js';
import type { Command } from '../command/run-command.js';
import type { Assignment } from './env-file.js';
import { setInFile } from './set-in-file.js';

const FILE = '.env';

const USAGE = `Usage: npm run env:set -- NAME=VALUE [NAME=VALUE ...]

Sets variables in ${FILE}: in place where they are set already, else at its end. Names that nothing
reads are refused, and nothing is written unless the whole configuration is sound afterwards.
The server reads ${FILE} when it starts.

  --help  this text
`;

export const ENV_SET: Command<readonly Assignment[]> = {
  usage: USAGE,
  parse: (args) => readArguments(args, {}, readAssignments, { positionals: true }),
  async run(assignments) {
    const lines = await setInFile(assignments, FILE, process.env);
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  },
};

function readAssignments({ positionals, errors }: ArgumentReader): readonly Assignment[] {
  if (positionals.length === 0) errors.push('Nothing to set: add NAME=VALUE');
  return positionals.map((text, index) => {
    const end = text.indexOf('=');
    // By its number: what somebody forgot the name of may be a secret.
    if (end < 1) errors.push(`Argument ${index + 1} is not of the form NAME=VALUE`);
    return { name: text.slice(0, end), value: text.slice(end + 1) };
  });
}
