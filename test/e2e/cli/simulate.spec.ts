import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { GrowthGateClient } from '../../../src/cli/client/growthgate-client.js';
import {
  runSimulation,
  type SimulationRun,
  type SimulationRunOptions,
} from '../../../simulation/traffic/run-simulation.js';
import { simulationReport } from '../../../simulation/traffic/simulation-report.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { CEILING_MS } from '../../support/until.js';

const OPTIONS: SimulationRunOptions = {
  leads: 25,
  seed: 7,
  run: 'first',
  locations: 5,
  ratePerSecond: 1_000,
  concurrency: 8,
  settleMs: CEILING_MS,
};
const SILENCE = { begin: () => undefined, reach: () => undefined, end: () => undefined };

let product: TestApp;

beforeAll(async () => {
  product = await startTestApp({
    env: {
      GHL_RATE_LIMIT_PER_10S: '5000',
      FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED: 'true',
      FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED: 'true',
    },
  });
});
afterAll(() => product.close());

function client(adminKey = product.adminKey): GrowthGateClient {
  return new GrowthGateClient({ url: product.url, webhookSecret: product.secret, adminKey });
}

function simulate(options: Partial<SimulationRunOptions>, signal = new AbortController().signal) {
  return runSimulation({ ...OPTIONS, ...options }, client(), SILENCE, signal);
}

/** `state` or another expression of a table, counted over the contacts of one run. */
async function countInDatabase(table: string, by: string, run: string) {
  const { rows } = await sql<{ key: string; count: number }>`
    select ${sql.raw(by)} as key, count(*)::int as count from ${sql.table(table)}
    where contact_id like ${`sim-7-${run}-%`} group by 1`.execute(product.database);
  return new Map(rows.map(({ key, count }) => [key, count]));
}

describe('runSimulation', () => {
  let run: SimulationRun;

  beforeAll(async () => {
    run = await simulate({});
  });

  it('sends everything that was planned, and nothing is refused', () => {
    const { counts, plan } = run;
    expect(counts).toMatchObject({ sent: plan.deliveries.length, unanswered: 0 });
    expect(counts.refused.size).toBe(0);
    const repeats = plan.deliveries.filter(({ kind }) => kind === 'duplicate');
    expect(repeats.length).toBeGreaterThan(0);
    expect(counts.duplicates).toBe(repeats.length);
  });

  it('counts what the database counts', async () => {
    const { counts } = run;
    expect(await countInDatabase('decided_delivery', 'state', 'first')).toEqual(
      new Map([
        ['acknowledged', counts.acknowledged],
        ['processed', counts.processed],
      ]),
    );
    const priorities = await countInDatabase('decision', `document->>'priority'`, 'first');
    expect(priorities).toEqual(counts.byPriority);
    const temperatures = await countInDatabase(
      'decision',
      `document->>'lead_temperature'`,
      'first',
    );
    expect(temperatures).toEqual(counts.byTemperature);
  });

  it('counts what /metrics counts', () => {
    const { counts, server } = run;
    expect(server?.totals.get('requests_total')).toBe(counts.sent);
    expect(server?.totals.get('duplicate_webhooks')).toBe(counts.duplicates);
    expect(server?.growthEvents.get('lead_source_attribution:applied')).toBe(counts.processed);
  });

  it('waits until every effect that is due has gone out, and counts them as the database does', async () => {
    const { settlement } = run;
    if (settlement.kind !== 'counted') throw new Error(settlement.reason);
    expect(settlement.due).toBe(0);
    expect(settlement.byState.get('delivered')).toBeGreaterThan(25);
    expect(settlement.byState).toEqual(await countInDatabase('any_effect', 'state', 'first'));
  });

  it('ends in a table', () => {
    const table = simulationReport(run);
    expect(table).toMatch(new RegExp(`processed +${run.counts.processed}\\n`));
    expect(table).toMatch(/p95 ms +\d+\.\d\n/);
    expect(table).toMatch(/pending +0\n/);
    expect(table).toMatch(/lead_source_attribution:applied/);
  });

  it('is no repeat of the run before', async () => {
    const second = await simulate({ run: 'second' });
    expect(second.counts.processed).toBe(run.counts.processed);
    expect(second.counts.byPriority).toEqual(run.counts.byPriority);
  });

  it('is all repeats under the same run', async () => {
    const again = await simulate({});
    expect(again.counts.duplicates).toBe(again.counts.sent);
  });

  it('ends early when it is interrupted, with what is known so far', async () => {
    const interruption = new AbortController();
    const progress = {
      ...SILENCE,
      reach: (done: number) => (done === 10 ? interruption.abort() : undefined),
    };
    const options = { ...OPTIONS, run: 'third' };
    const part = await runSimulation(options, client(), progress, interruption.signal);
    expect(part.interrupted).toBe(true);
    expect(part.counts.sent).toBeLessThan(part.plan.deliveries.length);
    expect(simulationReport(part)).toContain('(interrupted)');
  });

  it('falls back on the health check without an admin key', async () => {
    const options = { ...OPTIONS, run: 'fourth', leads: 2 };
    const signal = new AbortController().signal;
    const { settlement } = await runSimulation(options, client('gg_wrong'), SILENCE, signal);
    expect(settlement.kind === 'of_server' && settlement.reason).toMatch(/401/);
    expect(settlement.kind === 'of_server' && settlement.health.has('due')).toBe(true);
  });
});
