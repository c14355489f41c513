import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Exposure } from '../../../src/experiments/exposures/exposure.repository.js';
import { EXPERIMENT, NOW, startExperimentApp, type ExperimentApp } from './experiment-app.js';
import { daysAgo, insertExposures } from './raw-rows.js';

const PLAN_PATH = `/admin/experiments/${EXPERIMENT}/plan`;

let product: ExperimentApp;

beforeAll(async () => {
  product = await startExperimentApp();
});
afterAll(() => product.close());
beforeEach(() => product.clear());

function exposure(contactId: string, changes: Partial<Exposure> = {}): Exposure {
  return {
    experiment: EXPERIMENT,
    locationId: 'loc-1',
    contactId,
    variant: 'A',
    segment: 'standard',
    source: 'zillow',
    bucket: 7,
    epoch: 3,
    effectId: 1,
    decidedAt: daysAgo(1),
    exposedAt: daysAgo(1, 2000),
    ...changes,
  };
}

function record(exposures: readonly Exposure[]): Promise<readonly Exposure[]> {
  return product.transactions.inPipeline(async (transaction) => {
    return { result: await product.exposures.record(transaction, exposures), writes: [] };
  });
}

async function rowsOf(table: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
    product.database.kysely,
  );
  return rows;
}

describe('exposures', () => {
  it('are stored as they were told', async () => {
    await record([exposure('c')]);

    expect(await rowsOf('exposure')).toEqual([
      {
        experiment: EXPERIMENT,
        location_id: 'loc-1',
        contact_id: 'c',
        variant: 'A',
        segment: 'standard',
        source: 'zillow',
        bucket: 7,
        epoch: 3,
        effect_id: 1,
        decided_at: daysAgo(1),
        exposed_at: daysAgo(1, 2000),
      },
    ]);
  });

  it('count the first time only, per contact, location and experiment', async () => {
    const first = exposure('c');
    const again = exposure('c', { variant: 'B', effectId: 2, exposedAt: NOW });
    const others = [
      exposure('c', { locationId: 'loc-2' }),
      exposure('c', { experiment: 'second' }),
    ];

    expect(await record([first, again])).toEqual([first]);
    expect(await record([again, ...others])).toEqual(others);
    expect(await record([])).toEqual([]);
    expect(await rowsOf('exposure')).toHaveLength(3);
  });

  it('are counted exactly once by many who record at the same time', async () => {
    const contacts = Array.from({ length: 20 }, (_, index) => `contact-${index}`);
    const batches = Array.from({ length: 12 }, (_, effectId) =>
      (effectId % 2 === 0 ? contacts : [...contacts].reverse()).map((contactId) =>
        exposure(contactId, { effectId }),
      ),
    );

    const recorded = await Promise.all(batches.map(record));

    expect(recorded.flat()).toHaveLength(20);
    expect(await rowsOf('exposure')).toHaveLength(20);
    expect(await rowsOf('experiment_plan')).toHaveLength(1);
  });

  it('are lost with their transaction, and so is the plan', async () => {
    const work = product.transactions.inPipeline(async (transaction) => {
      await product.exposures.record(transaction, [exposure('c')]);
      throw new Error('the worker lost its lease');
    });

    await expect(work).rejects.toThrow('lost its lease');
    expect([await rowsOf('exposure'), await rowsOf('experiment_plan')]).toEqual([[], []]);
  });
});

describe('the plan', () => {
  it('follows the settings until the first exposure, and then stays', async () => {
    const { body: before } = await product.admin.get(PLAN_PATH).expect(200);
    await record([exposure('c')]);
    const { body: fixed } = await product.admin.get(PLAN_PATH).expect(200);

    expect(before).toMatchObject({
      experiment: EXPERIMENT,
      variants: ['A', 'B'],
      weights: [50, 50],
      primary_metric: 'appointment_booked',
      baseline_rate: 0.1,
      minimum_lift: 0.1,
      looks: 5,
      attribution_window_days: 14,
      guardrail: { metric: 'opted_out', alpha: 0.01, tolerance: 0 },
      started_at: null,
      fixed: false,
    });
    expect(fixed).toEqual({
      ...(before as object),
      started_at: daysAgo(1, 2000).toISOString(),
      fixed: true,
    });
  });

  it('is what the operator has set beforehand', async () => {
    const change = {
      baseline_rate: 0.2,
      minimum_lift: 0.2,
      looks: 3,
      guardrail: { tolerance: 0.01 },
    };

    const { body: replaced } = await product.admin.put(PLAN_PATH).send(change).expect(200);
    await record([exposure('c')]);
    const { body: fixed } = await product.admin.get(PLAN_PATH).expect(200);

    expect(replaced).toMatchObject({
      ...change,
      guardrail: { metric: 'opted_out', alpha: 0.01, tolerance: 0.01 },
      started_at: NOW.toISOString(),
      fixed: false,
    });
    expect(fixed).toEqual({ ...(replaced as object), fixed: true });
  });

  it('cannot be changed after the first exposure', async () => {
    await record([exposure('c')]);

    const { body } = await product.admin.put(PLAN_PATH).send({ looks: 3 }).expect(409);

    expect(body).toMatchObject({ status: 409, detail: expect.stringContaining('exposed already') });
  });

  it('is made by the first report where exposures have none', async () => {
    await insertExposures(product.database, [
      { contactId: 'c', variant: 'A', exposedAt: daysAgo(9) },
    ]);

    await product.admin.get(`/admin/experiments/${EXPERIMENT}/report`).expect(200);

    expect(await rowsOf('experiment_plan')).toMatchObject([
      { experiment: EXPERIMENT, started_at: NOW },
    ]);
  });

  it('is either the old or the new one for an exposure that is recorded meanwhile', async () => {
    for (let round = 0; round < 5; round += 1) {
      await product.clear();
      const experiment = `race_${round}`;
      await product.database.kysely.transaction().execute(async (trx) => {
        await sql`insert into experiment_plan select ${experiment}, jsonb_build_object('key', ${experiment}::text), now()`.execute(
          trx,
        );
      });

      const [{ status }] = await Promise.all([
        product.admin.put(`/admin/experiments/${experiment}/plan`).send({ looks: 2 }),
        record([exposure('c', { experiment })]),
      ]);

      const [stored] = await rowsOf('experiment_plan');
      const { plan } = stored as { plan: { looks?: number } };
      expect([status, plan.looks]).toEqual(status === 409 ? [409, undefined] : [200, 2]);
    }
  });

  it.each([
    ['baseline_rate', { baseline_rate: 1.5 }],
    ['minimum_lift', { minimum_lift: 20 }],
    ['weights', { weights: [1, 1, 1] }],
    ['variants', { variants: ['A'] }],
    ['primary_metric', { primary_metric: 'happiness' }],
    ['looks', { looks: 2.5 }],
    ['attribution_window_days', { attribution_window_days: 0 }],
    ['guardrail.alpha', { guardrail: { alpha: 2 } }],
    ['planned_per_arm', { planned_per_arm: 1 }],
  ])('names %s when it is wrong', async (field, change) => {
    const { body } = await product.admin.put(PLAN_PATH).send(change).expect(400);

    expect(body).toMatchObject({ errors: [{ field }] });
  });

  it('is taken from settings with more variants, without those that reach nobody', async () => {
    const rollout = product.rollout.current();
    const variants = [
      { key: 'A', weight: 2, style: 'unchanged' },
      { key: 'B', weight: 0, style: 'thank_first' },
      { key: 'C', weight: 1, style: 'offer_choice' },
    ];
    const settings = { [EXPERIMENT]: { experimentKey: 'second', variants } };
    product.rollout.replace({ ...rollout, version: rollout.version + 1, settings });

    const { body } = await product.admin.get('/admin/experiments/second/plan').expect(200);
    const { body: first } = await product.admin.get(PLAN_PATH).expect(200);
    const { body: list } = await product.admin.get('/admin/experiments').expect(200);
    product.rollout.replace({ ...rollout, version: rollout.version + 2 });

    expect(body).toMatchObject({ variants: ['A', 'C'], weights: [2, 1] });
    expect(first).toMatchObject({ variants: ['A', 'B'], weights: [0.5, 0.5] });
    expect(list).toMatchObject({ items: [{ experiment: 'second', current: true }] });
  });
});
