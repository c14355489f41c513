import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listFiles } from './project-documents.js';

const built = [...listFiles('src', '.ts'), ...listFiles('simulation', '.ts')];
const sources = [...built, ...listFiles('test', '.ts'), ...listFiles('bench', '.ts')];
const production = built.filter((path) => !/\.spec\.ts$|\/testing\//.test(path));

/** Kebab-case, then at most two suffixes that say the role, e.g. `lead.repository.spec.ts`. */
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*){0,2}\.ts$/;
/** Names that say nothing of what is inside. */
const EMPTY_NAME = /(^|[-.])(utils?|helpers?|manager|misc|info|common)(?=[-.])/;
/** The environment is read once, here, and handed on typed. */
const READS_THE_ENVIRONMENT = [
  'src/config/load-configuration.ts',
  // Commands demand less of it than serving does.
  'src/cli/',
  // What the child process of the database inherits.
  'src/database/embedded/server-environment.ts',
  // LOG_LEVEL alone, for a fault that happens before there is a configuration.
  'src/main.ts',
];

function offenders(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.filter((path) => pattern.test(readFileSync(path, 'utf8')));
}

describe('the code', () => {
  it('names files in kebab-case, by what is in them', () => {
    const misnamed = sources.filter((path) => {
      const name = basename(path);
      return !FILE_NAME.test(name) || EMPTY_NAME.test(name);
    });

    expect(misnamed).toEqual([]);
  });

  it('exports by name only', () => {
    expect(offenders(production, /^export default /m)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = offenders(production, /process\.env\b/);

    const isAllowed = (path: string): boolean =>
      READS_THE_ENVIRONMENT.some((allowed) => path.startsWith(allowed));
    expect(readers.filter((path) => !isAllowed(path))).toEqual([]);
  });

  it('gives the time through a clock where leads are decided', () => {
    const pure = production.filter((path) =>
      /^src\/(leads\/analysis|intake\/decide|growth\/(features|outcomes|rollout)|experiments\/statistics)\//.test(
        path,
      ),
    );

    expect(offenders(pure, /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(/)).toEqual([]);
  });

  it('silences neither the linter nor the compiler', () => {
    expect(offenders(production, /eslint-disable|@ts-(ignore|nocheck|expect-error)/)).toEqual([]);
  });

  it('gives a constructor five dependencies at most', () => {
    const crowded = production.filter((path) => mostDependencies(readFileSync(path, 'utf8')) > 5);

    expect(crowded).toEqual([]);
  });
});

/** Parameters of the fullest constructor of a file. */
function mostDependencies(source: string): number {
  const heads = source.split(/\bconstructor\(/).slice(1);
  return Math.max(0, ...heads.map(countParameters));
}

/** Commas that stand outside of brackets part parameters; one may follow the last. */
function countParameters(text: string): number {
  let depth = 0;
  let count = 0;
  let isAfterComma = true;
  for (const [character] of text.replace(/\/\*[^]*?\*\/|\/\/.*$|=>/gm, '').matchAll(/\S/g)) {
    if (character === ')' && depth === 0) break;
    if ('([{<'.includes(character)) depth++;
    if (')]}>'.includes(character)) depth--;
    if (isAfterComma) count++;
    isAfterComma = character === ',' && depth === 0;
  }
  return count;
}

describe('the lock file', () => {
  it('names no registry, so that every installation uses its own', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved": "http');
  });

  it('pins what package.json asks for to one version', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
      Record<
        'dependencies' | 'devDependencies' | 'optionalDependencies',
        Readonly<Record<string, string>>
      >
    >;
    const wanted = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });

    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+/.test(version))).toEqual([]);
  });
});
