/**
 * `npm run bench -- intake|effects|gate|text|--full[=deliveries] [--write]`: prints the figures; with
 * `--write` also into docs/benchmarks.md.
 */
import 'reflect-metadata';
import { writeReport } from './report/benchmarks-document.js';
import { describeMachine } from './report/machine.js';
import { benchmarkEffects } from './effects/effects-benchmark.js';
import { benchmarkFull, DEFAULT_DELIVERIES } from './full/full-benchmark.js';
import { benchmarkGate } from './gate/gate-benchmark.js';
import { benchmarkIntake } from './intake/intake-benchmark.js';
import { benchmarkText } from './text/text-benchmark.js';

const BENCHMARKS: Readonly<Record<string, () => Promise<string>>> = {
  intake: benchmarkIntake,
  effects: benchmarkEffects,
  gate: benchmarkGate,
  text: benchmarkText,
};

const FULL = /^--full(?:=([1-9]\d{0,9}))?$/;

const [asked = '', ...options] = process.argv.slice(2);
const { name, benchmark } = find(asked);
const isKnown = options.every((option) => option === '--write');
if (benchmark === undefined || !isKnown) {
  const names = [...Object.keys(BENCHMARKS), '--full[=deliveries]'];
  console.error(`Usage: npm run bench -- ${names.join('|')} [--write]`);
  process.exit(2);
}

const startedAtMs = performance.now();
const table = await benchmark();
const report = `${table}\n\nSeen on ${describeMachine()}.`;
console.log(report);
console.log(`\nTook ${Math.round((performance.now() - startedAtMs) / 1_000)} s.`);
if (options.includes('--write')) await writeReport(sectionOf(name), report);

/** The tables are of Node 20; where another line is shown beside it, that has a section of its own. */
function sectionOf(name: string): string {
  const [line = ''] = process.versions.node.split('.');
  return line === '20' ? name : `${name} on Node ${line}`;
}

interface Asked {
  readonly name: string;
  readonly benchmark: (() => Promise<string>) | undefined;
}

function find(asked: string): Asked {
  const full = FULL.exec(asked);
  if (full !== null) {
    const deliveries = Number(full[1] ?? DEFAULT_DELIVERIES);
    return { name: 'full', benchmark: () => benchmarkFull(deliveries) };
  }
  return {
    name: asked,
    benchmark: Object.hasOwn(BENCHMARKS, asked) ? BENCHMARKS[asked] : undefined,
  };
}
