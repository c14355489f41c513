import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import * as jestGlobals from '@jest/globals';
import * as nestCommon from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { transformSync } from '@swc/core';
import * as classValidator from 'class-validator';

import type { GrowthFeatureModule } from './growth-feature-module.js';
import { GrowthGateService } from './growth-gate.service.js';
import { GrowthLedger } from './growth-contribution.js';
import { GrowthModule } from './growth.module.js';
import * as contractSuite from './testing/describe-growth-feature.js';
import { sampleRollout } from './testing/gate-for.js';
import * as sampleLeads from './testing/sample-leads.js';

const { describe, expect, it } = jestGlobals;

type Exports = Record<string, unknown>;

const page = readFileSync(new URL('../../docs/add-a-growth-feature.md', import.meta.url), 'utf8');
/** A file's name in backticks, the words about it, then its code. */
const FILE_WITH_CODE = /^`(?<path>src\/\S+\.ts)`(?:(?!^`).)*?^```ts\n(?<code>.*?)^```$/gms;

const codeByFile = new Map(
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

function load(specifier: string): Exports {
  const loaded = known.get(specifier);
  if (loaded !== undefined) return loaded;
  const code = codeByFile.get(basename(specifier).replace(/\.js$/, '.ts'));
  if (code === undefined) throw new Error(`The page imports ${specifier} but does not show it`);
  const exports: Exports = {};
  known.set(specifier, exports);
  const run = new Function('require', 'exports', compiled(code)) as (
    require: typeof load,
    exports: Exports,
  ) => void;
  run(load, exports);
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

describe('docs/add-a-growth-feature.md', () => {
  it('shows every file that it speaks of', () => {
    expect([...codeByFile.keys()].sort()).toEqual([
      'ask-for-source.feature.spec.ts',
      'ask-for-source.feature.ts',
      'ask-for-source.module.ts',
      'ask-for-source.settings.ts',
    ]);
  });

  it('leads to a feature that the gate runs', async () => {
    const module = load('./ask-for-source.module.js')['AskForSourceModule'] as GrowthFeatureModule;
    const rollout = sampleRollout({
      flags: { ask_for_source: { enabled: true } },
      settings: { ask_for_source: { tag: 'Ask' } },
    });
    const application = await Test.createTestingModule({
      imports: [GrowthModule.forFeatures([module], { useFactory: () => rollout })],
    }).compile();
    const gate = application.get(GrowthGateService);
    const ledger = new GrowthLedger();

    const run = gate.runForLead(sampleLeads.sampleRunInput({ source: '' }), ledger);

    expect(run.tags).toEqual(['Ask']);
    expect(ledger.value('growth_feature_events_total', 'ask_for_source:source_absent')).toBe(1);
    expect(ledger.value('growth_feature_events_total', 'ask_for_source:applied')).toBe(1);
    expect(gate.listFeatures().at(-1)).toMatchObject({ key: 'ask_for_source' });
  });

  load('./ask-for-source.feature.spec.js');
});
