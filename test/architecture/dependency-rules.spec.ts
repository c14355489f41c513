import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = process.cwd();
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

interface Violation {
  readonly rule: { readonly name: string; readonly severity: string };
  readonly from: string;
  readonly to: string;
}

interface Rule {
  readonly name: string;
  readonly to?: { readonly path?: string };
}

/** The tool's own command line: the same that `npm run deps` calls. */
function cruise(directory: string): readonly Violation[] {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, 'src', 'simulation', '--config', CONFIG, '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } };
  return report.summary.violations;
}

describe('the source', () => {
  it('keeps the dependency rules', () => {
    const errors = cruise(ROOT).filter(({ rule }) => rule.severity === 'error');

    expect(errors.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});

/** Each room reaches for the one above it. */
function layerBreaches(): [rule: string, file: string, imported: string][] {
  const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: readonly Rule[] };
  const rooms = forbidden.flatMap(({ name, to }) =>
    name.startsWith('layer-of-')
      ? [[name.slice('layer-of-'.length), /\(([a-z-]+)/.exec(to?.path ?? '')?.[1] ?? ''] as const]
      : [],
  );
  return rooms.map(([room, above]) => [
    `layer-of-${room}`,
    `${room}/upwards.ts`,
    `../${above}/goal.js`,
  ]);
}

/** One breach of each rule: the file that commits it, and what it imports. */
const BREACHES: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ['no-cycles', 'leads/cycle-one.ts', './cycle-two.js'],
  ['all-resolve', 'leads/lost.ts', './nowhere.js'],
  ['no-test-code-in-production', 'leads/with-fake.ts', './testing/fake.js'],
  ['no-dev-packages-in-production', 'leads/with-oracle.ts', 'fast-check'],
  ['analysis-is-pure', 'leads/analysis/read-file.ts', 'node:fs'],
  ['deciding-is-pure', 'intake/decide/inject.ts', '@nestjs/common'],
  ['rooms-behind-layers', 'leads/from-nowhere.ts', '../annex/annex.js'],
  ...layerBreaches(),
  ['statistics-are-pure', 'experiments/statistics/ask.ts', '../../shared/clock.js'],
  ['features-know-the-interface-only', 'growth/features/a/peek.ts', '../b/b.feature.js'],
  ['features-know-the-interface-only', 'growth/features/a/gate.ts', '../../growth-gate.service.js'],
  ['features-know-the-interface-only', 'growth/features/a/call.ts', '../../../crm/crm.port.js'],
  ['features-do-no-io', 'growth/features/a/query.ts', 'pg'],
  ['features-through-the-gate', 'webhook/shortcut.ts', '../growth/features/b/b.feature.js'],
  ['pg-in-database', 'leads/lead.repository.ts', 'pg'],
  ['sql-in-repositories', 'webhook/webhook.service.ts', 'kysely'],
  ['outgoing-http-in-clients', 'effects/handlers/message.handler.ts', 'axios'],
  ['inner-rooms-know-no-http', 'crm/crm.port.ts', '@nestjs/swagger'],
  ['sandbox-behind-the-port', 'effects/look.ts', '#simulation/sandbox/sandbox-server.js'],
  ['simulation-when-needed', 'crm/crm.module.ts', '#simulation/sandbox/sandbox-server.js'],
  [
    'product-by-its-name',
    '../simulation/traffic/near.ts',
    '../../src/growth/growth-gate.service.js',
  ],
  ['shared-is-closed', 'shared/clock.ts', '../leads/lead.repository.js'],
];

/** What the breaches import and nothing above writes. */
const BYSTANDERS: Readonly<Record<string, string>> = {
  'leads/cycle-two.ts': "import { a } from './cycle-one.js';\nexport const b = a;\n",
  'leads/testing/fake.ts': 'export const b = 1;\n',
  'growth/growth-gate.service.ts': 'export const b = 1;\n',
  'growth/features/b/b.feature.ts': 'export const b = 1;\n',
  '../simulation/sandbox/sandbox-server.ts': 'export const b = 1;\n',
  'annex/annex.ts': 'export const b = 1;\n',
  ...Object.fromEntries(
    layerBreaches().map(([, , imported]) => [
      imported.slice(3).replace(/\.js$/, '.ts'),
      'export const b = 1;\n',
    ]),
  ),
};

describe('each rule', () => {
  let directory: string;
  let violations: readonly Violation[];

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'growthgate-rules-'));
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'junction');
    for (const file of ['package.json', 'tsconfig.json']) {
      copyFileSync(join(ROOT, file), join(directory, file));
    }
    const breaches = BREACHES.map(
      ([, file, imported]) =>
        [file, `import * as b from '${imported}';\nexport const a = b;\n`] as const,
    );
    for (const [file, text] of [...breaches, ...Object.entries(BYSTANDERS)]) {
      const path = join(directory, 'src', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    violations = cruise(directory);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(BREACHES)('%s: refuses that %s imports %s', (rule, file) => {
    const broken = violations.filter(({ from }) => from === join('src', file));

    expect(broken.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('has a breach here that proves it', () => {
    const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: readonly Rule[] };
    const proven = new Set(BREACHES.map(([rule]) => rule));

    expect(forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });
});
