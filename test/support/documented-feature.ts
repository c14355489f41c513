import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as jestGlobals from '@jest/globals';
import * as nestCommon from '@nestjs/common';
import { transformSync } from '@swc/core';
import * as classValidator from 'class-validator';
import * as contractSuite from '../../src/growth/testing/describe-growth-feature.js';
import * as sampleLeads from '../../src/growth/testing/sample-leads.js';

type Exports = Record<string, unknown>;

const page = readFileSync('docs/add-a-growth-feature.md', 'utf8');
/** A file's name in backticks, the words about it, then its code. */
const FILE_WITH_CODE = /^`(?<path>src\/\S+\.ts)`(?:(?!^`).)*?^```ts\n(?<code>.*?)^```$/gms;

/** The code of `docs/add-a-growth-feature.md`, by file name. */
export const codeByFile: ReadonlyMap<string, string> = new Map(
  [...page.matchAll(FILE_WITH_CODE)].map(({ groups }) => [
    basename(groups?.['path'] ?? ''),
    groups?.['code'] ?? '',
  ]),
);

/** What the page's code imports from outside of its own folder. */
const known = new Map<string, Exports>([
  ['@jest/globals', jestGlobals],
  ['@nestjs/common', nestCommon],
  ['class-validator', classValidator],
  ['../../testing/describe-growth-feature.js', contractSuite],
  ['../../testing/sample-leads.js', sampleLeads],
]);

/** What a file of the page exports, as if the page had been followed to the letter. */
export function loadFromPage(specifier: string): Exports {
  const loaded = known.get(specifier);
  if (loaded !== undefined) return loaded;
  const code = codeByFile.get(basename(specifier).replace(/\.js$/, '.ts'));
  if (code === undefined) throw new Error(`The page imports ${specifier} but does not show it`);
  const exports: Exports = {};
  known.set(specifier, exports);
  const run = new Function('require', 'exports', compiled(code)) as (
    require: typeof loadFromPage,
    exports: Exports,
  ) => void;
  run(loadFromPage, exports);
  return exports;
}

function compiled(code: string): string {
  return transformSync(code, {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2023',
    },
    module: { type: 'commonjs' },
  }).code;
}
