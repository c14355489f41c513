import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ENVIRONMENT } from '../../src/config/environment.js';
import { environmentExample, environmentTable, findTable } from './environment-documents.js';

/**
 * `src/config/environment.ts` is the source of both documents. After a change there, write them anew:
 * `WRITE_DOCS=1 npm test -- test/architecture/environment-documents --selectProjects unit`
 */
const WRITES = process.env['WRITE_DOCS'] === '1';
const README = 'README.md';
const EXAMPLE = '.env.example';

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

beforeAll(() => {
  if (!WRITES) return;
  const readme = read(README);
  writeFileSync(
    README,
    readme.replace(findTable(readme), () => environmentTable(ENVIRONMENT)),
  );
  writeFileSync(EXAMPLE, environmentExample(ENVIRONMENT));
});

describe('the documents of the environment', () => {
  it('README.md has the table of the code', () => {
    expect(findTable(read(README))).toBe(environmentTable(ENVIRONMENT));
  });

  it('.env.example has the variables of the code, all commented out', () => {
    expect(read(EXAMPLE)).toBe(environmentExample(ENVIRONMENT));
    expect(read(EXAMPLE)).not.toMatch(/^[^#\n]/m);
  });

  it('name each variable once', () => {
    const names = ENVIRONMENT.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });
});
