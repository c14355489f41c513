import {
  plannedLeads,
  type ExperimentPlan,
} from '#product/experiments/statistics/experiment-plan.js';
import { equalFractions } from '#product/experiments/statistics/group-sequential.js';
import type { BoundsFor } from '#product/experiments/statistics/verdict.js';
import { measureErrorRates, type ErrorRates } from './error-rates.js';
import { allowance, keepsBound, measuredShare, type MeasuredRate } from './measured-rate.js';
import {
  measureSampleRatioDetection,
  STREAM_LEADS,
  type SampleRatioDetection,
} from './sample-ratio-detection.js';
import { SeededRandom } from '../seeded-random.js';
import { rememberedBounds, simulatedPlan } from './simulated-plan.js';
import type { SimulationOptions } from './simulation-options.js';
import { measureVerdicts, type VerdictRow } from './verdict-table.js';

/** Whole experiments are dearer than bare error rates, and their table needs fewer. */
const VERDICT_RUNS_SHARE = 0.1;

export interface SimulationResult {
  readonly options: SimulationOptions;
  readonly plan: ExperimentPlan;
  readonly bounds: readonly number[];
  readonly verdicts: readonly VerdictRow[];
  readonly errorRates: ErrorRates;
  readonly detection: SampleRatioDetection;
  readonly broken: readonly MeasuredRate[];
}

export function runSimulation(options: SimulationOptions): SimulationResult {
  const random = new SeededRandom(options.seed);
  const plan = simulatedPlan(options.lift);
  const boundsFor: BoundsFor = rememberedBounds();
  const fewerRuns = Math.ceil(options.runs * VERDICT_RUNS_SHARE);
  const size = { leads: options.leads, segments: options.segments, runs: fewerRuns };
  const errorRates = measureErrorRates(random, plan, options.runs, boundsFor);
  const detection = measureSampleRatioDetection(random, fewerRuns);
  const verdicts = measureVerdicts(random, plan, size, boundsFor);
  const promised = [...errorRates.promised, detection.onIngest.found, detection.daily.found];
  return {
    options,
    plan,
    bounds: boundsFor(equalFractions(plan.looks), plan.alpha),
    verdicts,
    errorRates,
    detection,
    broken: promised.filter((measured) => !keepsBound(measured)),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

const BOUND_WORDS = { at_most: '<=', at_least: '>=', near: '=' } as const;

function promisedLine(measured: MeasuredRate): string {
  const { bound, name, runs } = measured;
  const limit =
    bound === undefined
      ? ''
      : `${BOUND_WORDS[bound.kind]} ${percent(bound.rate)} ± ${percent(allowance(bound, runs))}`;
  const state = keepsBound(measured) ? 'ok' : 'BROKEN';
  return `  ${name.padEnd(46)}${percent(measuredShare(measured)).padStart(9)}   ${limit.padEnd(22)} ${state}`;
}

function detectionLine(name: string, medianLeads: number | null): string {
  return `  ${name.padEnd(46)}${medianLeads === null ? 'never' : `half of them by lead ${medianLeads.toLocaleString('en-US')}`}`;
}

function verdictLine(row: VerdictRow): string {
  const right = (row.verdicts.get(row.right) ?? 0) / row.runs;
  const others = [...row.verdicts]
    .filter(([headline]) => headline !== row.right)
    .sort((a, b) => b[1] - a[1])
    .map(([headline, count]) => `${headline} ${percent(count / row.runs)}`);
  const warned = percent(row.paradoxWarnings / row.runs);
  return (
    `  ${row.scenario.padEnd(34)}${row.right.padEnd(28)}${percent(right).padStart(9)}` +
    `${warned.padStart(10)}   ${others.join(', ')}`
  );
}

function headerLines({ options, plan, bounds }: SimulationResult): string[] {
  const planned = plannedLeads(plan);
  const lines = [
    `Plan: baseline ${percent(plan.baselineRate)}, lift worth having ${percent(plan.minimumLift)}, ` +
      `${planned.toLocaleString('en-US')} leads, bounds on |z| ${bounds.map((bound) => bound.toFixed(4)).join(' ')}`,
    `Seed ${options.seed}; ${options.runs.toLocaleString('en-US')} experiments per error rate.`,
  ];
  return options.leads < planned
    ? [
        ...lines,
        `Note: --leads ${options.leads} is less than the plan needs: many verdicts will be "keep running".`,
      ]
    : lines;
}

/** The result as text for a terminal. */
export function formatSimulation(result: SimulationResult): string {
  const { detection, errorRates, options, verdicts } = result;
  const verdictRuns = verdicts[0]?.runs ?? 0;
  const lines = [
    ...headerLines(result),
    '',
    `How often is each verdict right? (${verdictRuns.toLocaleString('en-US')} experiments of ` +
      `${options.leads.toLocaleString('en-US')} leads in ${options.segments} segments)`,
    `  ${'truth'.padEnd(34)}${'right verdict'.padEnd(28)}${'given'.padStart(9)}${'Simpson'.padStart(10)}   others`,
    ...verdicts.map(verdictLine),
    '',
    'Error rates against what is promised (allowing three standard errors)',
    ...errorRates.promised.map(promisedLine),
    promisedLine(detection.onIngest.found),
    promisedLine(detection.daily.found),
    '',
    `How soon is 48/52 found? (of ${STREAM_LEADS.toLocaleString('en-US')} leads)`,
    detectionLine('e-value on ingest', detection.onIngest.medianLeads),
    detectionLine('chi-square every day', detection.daily.medianLeads),
    '',
    `What other tests would have done       false alarms     power`,
    ...errorRates.rivals.map(
      ({ falseAlarms, power }) =>
        `  ${falseAlarms.name.padEnd(36)}${percent(measuredShare(falseAlarms)).padStart(12)}${percent(measuredShare(power)).padStart(12)}`,
    ),
    '',
    result.broken.length === 0
      ? 'All promised error rates hold.'
      : `BROKEN: ${result.broken.map(({ name }) => name).join('; ')}`,
  ];
  return `${lines.join('\n')}\n`;
}
