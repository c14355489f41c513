import { Loader } from '../intake/loader.js';
import type { LoadResult } from '../intake/messages.js';
import { MeasuredServer } from '../intake/measured-server.js';
import { BENCH_ADMIN_KEY } from '../intake/signed-leads.js';
import { formatCount, formatMs, formatRatio, markdownTable } from '../report/markdown-table.js';
import { median } from '../report/rounds.js';
import { measureAdminPages } from './admin-pages.js';
import { fill, makePartitions } from './fill.js';

export const DEFAULT_DELIVERIES = 10_000_000;
/** Deliveries at which the admin pages are timed. */
const PAGES_AT = 1_000_000;

const ROUNDS = 7;
const LONE_REQUESTS = 300;
const CONNECTIONS = 64;
const LOADED_REQUESTS = 3_000;

/** Intake of a filled database beside that of an empty one, in turns, and the admin pages on the way. */
export async function benchmarkFull(deliveries: number): Promise<string> {
  const loader = new Loader();
  const servers: MeasuredServer[] = [];
  try {
    const empty = await MeasuredServer.start('effects-held');
    servers.push(empty);
    const filled = await MeasuredServer.start('effects-held');
    servers.push(filled);
    return await measure({ empty, filled, deliveries, loader });
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), loader.stop()]);
  }
}

interface Trial {
  readonly empty: MeasuredServer;
  readonly filled: MeasuredServer;
  readonly deliveries: number;
  readonly loader: Loader;
}

async function measure(trial: Trial): Promise<string> {
  const { filled, deliveries } = trial;
  const url = filled.databaseUrl;
  await makePartitions(url);
  const rows = [await compare(0, trial)];
  let stored = 0;
  let pages = '';
  for (const until of new Set([Math.min(PAGES_AT, deliveries), deliveries])) {
    filled.thaw();
    stored = await fill(url, filled.dataDir, { from: stored, until, total: deliveries });
    if (pages === '')
      pages = `At ${formatCount(stored)} deliveries:\n\n${await measureAdminPages(filled.url, BENCH_ADMIN_KEY)}`;
    rows.push(await compare(stored, trial));
    if (stored < until) break;
  }
  const heading = [
    'deliveries stored',
    'p50 ms, 1 connection',
    'the empty one beside it',
    'ratio',
    `p50 ms, ${CONNECTIONS} connections`,
    'the empty one beside it',
    'ratio',
  ];
  const end =
    stored < deliveries
      ? `\n\nThe disk had no room for ${formatCount(deliveries)}: filling stopped at ${formatCount(stored)}.`
      : '';
  return `${markdownTable({ heading, rows })}${end}\n\n${pages}`;
}

async function compare(
  stored: number,
  { empty, filled, loader }: Trial,
): Promise<readonly string[]> {
  const servers = [filled, empty];
  const lone = await inTurns(servers, (server) => loader.fire(server, 1, LONE_REQUESTS));
  const loaded = await inTurns(servers, (server) =>
    loader.fire(server, CONNECTIONS, LOADED_REQUESTS),
  );
  return [
    formatCount(stored),
    ...beside(lone, ({ p50Ms }) => p50Ms, formatMs),
    ...beside(loaded, ({ p50Ms }) => p50Ms, formatMs),
  ];
}

/** Medians of both, and of their ratios round by round: what slows the machine down falls on both of a round. */
function beside(
  [filled = [], empty = []]: readonly (readonly LoadResult[])[],
  read: (result: LoadResult) => number,
  format: (value: number) => string,
): readonly string[] {
  const ratios = filled.map((run, round) => read(run) / read(empty[round] ?? run));
  const medians = [filled, empty].map((runs) => format(median(runs.map(read))));
  return [...medians, formatRatio(median(ratios))];
}

/** The first round warms up and is left out. */
async function inTurns<Result>(
  servers: readonly MeasuredServer[],
  run: (server: MeasuredServer) => Promise<Result>,
): Promise<readonly (readonly Result[])[]> {
  const results = servers.map((): Result[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, server] of servers.entries()) {
      const result = await run(server);
      if (round > 0) results[index]?.push(result);
    }
  }
  return results;
}
