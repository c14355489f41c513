import { median } from '../report/rounds.js';
import { formatCount, formatMs, formatRatio, markdownTable } from '../report/markdown-table.js';
import { Loader } from './loader.js';
import { MeasuredServer } from './measured-server.js';
import { SERVER_KINDS, type LoadResult, type ServerKind } from './messages.js';

const ROUNDS = 5;
/** One at a time first: what it leaves behind for the effects worker is little. */
const CONNECTIONS = [1, 64] as const;
const WARM_UP_REQUESTS = 3_000;
const SECONDS_PER_RUN = 2.5;
/** Fewer, as they take longer: but what has been running for minutes is compiled, and that is what counts. */
const WARM_UP_REQUESTS_OF_ONE = 2_000;

const TITLES: Readonly<Record<ServerKind, string>> = {
  durable: 'full server, delivering effects meanwhile',
  'effects-held': 'full server, effects stored and held back',
  memory: 'same server without a database',
  plain: 'plain receiver, one INSERT',
  bare: 'bare Express route, HMAC only',
};

type Runs = ReadonlyMap<ServerKind, readonly LoadResult[]>;

/** All servers in one run, in turns, so that a slow minute of the machine falls on all of them. */
export async function benchmarkIntake(): Promise<string> {
  const loader = new Loader();
  const servers: MeasuredServer[] = [];
  try {
    for (const kind of SERVER_KINDS) servers.push(await MeasuredServer.start(kind));
    const trial = new Trial(servers, loader);
    const tables: string[] = [];
    for (const connections of CONNECTIONS)
      tables.push(report(connections, await trial.run(connections)));
    await trial.verify();
    return tables.join('\n\n');
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), loader.stop()]);
  }
}

/** The turns of the servers, and the check that every reply of 200 was a decision. */
class Trial {
  private readonly sent = new Map<ServerKind, number>();

  constructor(
    private readonly servers: readonly MeasuredServer[],
    private readonly loader: Loader,
  ) {
    for (const server of servers) server.freeze();
  }

  /** The warm-up also tells how many requests make a run of the wanted length. */
  async run(connections: number): Promise<Runs> {
    const requests = new Map<ServerKind, number>();
    for (const server of this.servers) {
      const warmUp = await this.turn(
        server,
        connections,
        connections === 1 ? WARM_UP_REQUESTS_OF_ONE : WARM_UP_REQUESTS,
      );
      requests.set(server.kind, Math.ceil(warmUp.requestsPerSecond * SECONDS_PER_RUN));
    }
    const runs = new Map<ServerKind, LoadResult[]>(this.servers.map(({ kind }) => [kind, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const server of this.servers) {
        const result = await this.turn(
          server,
          connections,
          requests.get(server.kind) ?? WARM_UP_REQUESTS,
        );
        runs.get(server.kind)?.push(result);
      }
    }
    return runs;
  }

  /** @throws when a server decided another number of deliveries than it acknowledged */
  async verify(): Promise<void> {
    for (const server of this.servers) {
      server.thaw();
      const decided = await server.countDecided();
      const sent = this.sent.get(server.kind) ?? 0;
      if (decided !== sent)
        throw new Error(`${server.kind}: ${sent} acknowledged, ${decided} decided`);
    }
  }

  private async turn(
    server: MeasuredServer,
    connections: number,
    requests: number,
  ): Promise<LoadResult> {
    const share = Math.max(1, Math.floor(requests / connections));
    const result = await this.loader.fire(server, connections, share * connections);
    this.sent.set(server.kind, (this.sent.get(server.kind) ?? 0) + share * connections);
    return result;
  }
}

function report(connections: number, runs: Runs): string {
  const rate = (kind: ServerKind): number =>
    median((runs.get(kind) ?? []).map((run) => run.requestsPerSecond));
  const rows = SERVER_KINDS.map((kind) => {
    const results = runs.get(kind) ?? [];
    const rates = results.map(({ requestsPerSecond }) => requestsPerSecond);
    return [
      TITLES[kind],
      formatCount(rate(kind)),
      `${formatCount(Math.min(...rates))} – ${formatCount(Math.max(...rates))}`,
      formatMs(median(results.map(({ p50Ms }) => p50Ms))),
      formatMs(median(results.map(({ p99Ms }) => p99Ms))),
      formatRatio(rate(kind) / rate('memory')),
      formatRatio(rate(kind) / rate('plain')),
      formatRatio(rate(kind) / rate('bare')),
    ];
  });
  const heading = [
    `${connections} connection${connections === 1 ? '' : 's'}`,
    'req/s',
    'min – max',
    'p50 ms',
    'p99 ms',
    'of no database',
    'of plain receiver',
    'of bare Express',
  ];
  return markdownTable({ heading, rows });
}
