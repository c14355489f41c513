/** `npm run bench -- intake|effects|gate|text [--write]`: prints the figures; with `--write` also into docs/benchmarks.md. */
import 'reflect-metadata';
import { writeReport } from './report/benchmarks-document.js';
import { describeMachine } from './report/machine.js';
import { benchmarkEffects } from './effects/effects-benchmark.js';
import { benchmarkGate } from './gate/gate-benchmark.js';
import { benchmarkIntake } from './intake/intake-benchmark.js';
import { benchmarkText } from './text/text-benchmark.js';

const BENCHMARKS: Readonly<Record<string, () => Promise<string>>> = {
  intake: benchmarkIntake,
  effects: benchmarkEffects,
  gate: benchmarkGate,
  text: benchmarkText,
};

const [name = '', ...options] = process.argv.slice(2);
const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
const isKnown = options.every((option) => option === '--write');
if (benchmark === undefined || !isKnown) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--write]`);
  process.exit(2);
}

const startedAtMs = performance.now();
const table = await benchmark();
const report = `${table}\n\nSeen on ${describeMachine()}.`;
console.log(report);
console.log(`\nTook ${Math.round((performance.now() - startedAtMs) / 1_000)} s.`);
if (options.includes('--write')) await writeReport(name, report);
