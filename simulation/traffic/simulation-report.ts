import { percentile } from './percentile.js';
import type { SimulationRun } from './run-simulation.js';
import { renderTable, type TableRow, type TableSection } from './text-table.js';

const PRIORITIES = ['high', 'review_required', 'normal'];
const TEMPERATURES = ['hot', 'warm', 'cold'];
/** States that may be 0 without being of interest. */
const RARE_STATES = ['suppressed', 'cancelled', 'uncertain', 'no_credentials'];
const SERVER_TOTALS = [
  'requests_total',
  'duplicate_webhooks',
  'signature_failures',
  'errors_total',
];

/** The table at the end of a run. */
export function simulationReport(run: SimulationRun): string {
  const { byPriority, byTemperature } = run.counts;
  return renderTable([
    { title: runTitle(run), rows: deliveryRows(run) },
    { title: 'Processed, by priority', rows: rowsInOrder(byPriority, PRIORITIES) },
    { title: 'Processed, by temperature', rows: rowsInOrder(byTemperature, TEMPERATURES) },
    { title: 'Reply time', rows: timeRows(run) },
    settlementSection(run),
    { title: 'The server counted meanwhile (/metrics)', rows: serverRows(run) },
    { title: 'Growth events meanwhile (/metrics)', rows: growthRows(run) },
  ]);
}

function runTitle({ options, interrupted }: SimulationRun): string {
  const title = `Run ${options.run}, seed ${options.seed}: contacts sim-${options.seed}-${options.run}-*`;
  return interrupted ? `${title} (interrupted)` : title;
}

function deliveryRows({ plan, counts }: SimulationRun): readonly TableRow[] {
  return [
    ['leads', plan.leads.length],
    ['planned', plan.deliveries.length],
    ['sent', counts.sent],
    ['processed', counts.processed],
    ['acknowledged', counts.acknowledged],
    ['duplicates', counts.duplicates],
    ['refused', [...counts.refused.values()].reduce((sum, count) => sum + count, 0)],
    ...[...counts.refused].map(([status, count]): TableRow => [`  with ${status}`, count]),
    ['unanswered', counts.unanswered],
  ];
}

function timeRows({ counts, sendingMs }: SimulationRun): readonly TableRow[] {
  const perSecond = sendingMs > 0 ? (counts.sent * 1_000) / sendingMs : 0;
  return [
    ['p50 ms', writeMs(percentile(counts.replyMs, 50))],
    ['p95 ms', writeMs(percentile(counts.replyMs, 95))],
    ['sent per second', perSecond.toFixed(1)],
  ];
}

function writeMs(durationMs: number | undefined): string {
  return durationMs === undefined ? '-' : durationMs.toFixed(1);
}

function settlementSection({ settlement }: SimulationRun): TableSection {
  if (settlement.kind === 'of_server') {
    return {
      title: `Effects of the whole server (/health), since: ${settlement.reason}`,
      rows: [...settlement.health],
    };
  }
  const { byState, due, scheduled } = settlement;
  const count = (state: string): number => byState.get(state) ?? 0;
  return {
    title: 'Effects of these leads',
    rows: [
      ['delivered', count('delivered')],
      ['pending', due],
      ['scheduled for later', scheduled],
      ['dead', count('dead')],
      ...RARE_STATES.filter((state) => count(state) > 0).map((state): TableRow => [
        state.replaceAll('_', ' '),
        count(state),
      ]),
    ],
  };
}

function serverRows({ server }: SimulationRun): readonly TableRow[] {
  if (server === undefined) return [['closed: set METRICS_TOKEN as the server does', '-']];
  return SERVER_TOTALS.map((name) => [name, server.totals.get(name) ?? 0]);
}

function growthRows({ server }: SimulationRun): readonly TableRow[] {
  const events = [...(server?.growthEvents ?? [])].filter(([, count]) => count !== 0);
  return events.sort(([left], [right]) => left.localeCompare(right));
}

/** The usual ones always, others when they occur. */
function rowsInOrder(
  counts: ReadonlyMap<string, number>,
  usual: readonly string[],
): readonly TableRow[] {
  const others = [...counts.keys()].filter((key) => !usual.includes(key)).sort();
  return [...usual, ...others].map((key) => [key, counts.get(key) ?? 0]);
}
