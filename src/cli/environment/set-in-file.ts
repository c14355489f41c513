import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import {
  ConfigurationError,
  readConfiguration,
  type Configuration,
} from '../../config/configuration.js';
import { knownVariables, unknownNames } from '../../growth/known-variables.js';
import { CommandFailure } from '../command/command-failure.js';
import { listFeatures } from '../command/list-features.js';
import { setVariables, type Assignment } from './env-file.js';
import { replaceFile } from './replace-file.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sets variables in an environment file; resolves to what to tell the operator.
 *
 * @param environment of the process, which wins over the file
 * @throws {CommandFailure} and leaves the file as it is, when the server would not start with it
 */
export async function setInFile(
  assignments: readonly Assignment[],
  file: string,
  environment: Environment,
): Promise<string[]> {
  const known = knownVariables(await listFeatures());
  const names = [...new Set(assignments.map(({ name }) => name))];
  const unknown = unknownNames(names, known);
  if (unknown.length > 0) throw new CommandFailure(unknown.join('\n'));
  const text = setVariables(existsSync(file) ? readFileSync(file, 'utf8') : '', assignments);
  const { warnings, growth } = check({ ...parseEnv(text), ...environment });
  replaceFile(file, text);
  const doubts = [
    ...warnings,
    ...unknownNames(growth.undocumented, known),
    ...names
      .filter((name) => environment[name] !== undefined)
      .map(
        (name) => `${name} is set in the environment of this shell too, which wins over ${file}`,
      ),
  ];
  const done = `${file}: set ${names.join(', ')}. Restart the server.`;
  return [done, ...doubts.map((doubt) => `warning: ${doubt}`)];
}

function check(environment: Environment): Configuration {
  try {
    return readConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new CommandFailure(`Nothing was written. ${error.message}`);
  }
}
