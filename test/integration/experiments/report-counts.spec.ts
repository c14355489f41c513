import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { ArmDto, CellDto, CountsDto } from '../../../src/experiments/report/arm.dto.js';
import type { ExperimentReportDto } from '../../../src/experiments/report/report.dto.js';
import { EXPERIMENT, NOW, startExperimentApp, type ExperimentApp } from './experiment-app.js';
import {
  after,
  DAY,
  daysAgo,
  HOUR,
  insertExposures,
  insertHandoffs,
  insertMilestones,
  SECOND,
  type RawExposure,
  type RawHandoff,
  type RawMilestone,
} from './raw-rows.js';

const WINDOW = 14 * DAY;

let product: ExperimentApp;

beforeAll(async () => {
  product = await startExperimentApp();
});
afterAll(() => product.close());
beforeEach(() => product.clear());

async function readReport(query = ''): Promise<ExperimentReportDto> {
  const path = `/admin/experiments/${EXPERIMENT}/report${query}`;
  const { body } = await product.admin.get(path).expect(200);
  return body as ExperimentReportDto;
}

function armOf({ arms }: Pick<ExperimentReportDto, 'arms'>, variant: string): ArmDto {
  const arm = arms.find((one) => one.variant === variant);
  if (arm === undefined) throw new Error(`No arm ${variant}`);
  return arm;
}

describe('what counts', () => {
  const exposedAt = daysAgo(20);

  it('counts each contact once, whatever it does how often', async () => {
    await insertExposures(product.database, [
      { contactId: 'twice', variant: 'B', exposedAt },
      { contactId: 'silent', variant: 'B', exposedAt },
    ]);
    await insertMilestones(
      product.database,
      ['reply', 'reply', 'appointment_booked', 'appointment_booked', 'converted', 'opted_out'].map(
        (kind, index) => ({ contactId: 'twice', kind, occurredAt: after(exposedAt, index + 1) }),
      ),
    );

    expect(armOf(await readReport(), 'B')).toMatchObject({
      role: 'challenger',
      exposures: 2,
      matured: 2,
      replies: 1,
      appointments_booked: 1,
      conversions: 1,
      opt_outs: 1,
      rates: { reply: { rate: 0.5 } },
    });
  });

  it.each([
    ['before the exposure', -1, 0],
    ['at the very moment of the exposure', 0, 0],
    ['right after it', 1, 1],
    ['at the end of the window', WINDOW, 1],
    ['after the end of the window', WINDOW + 1, 0],
  ])('an outcome %s', async (_, offsetMs, replies) => {
    await insertExposures(product.database, [{ contactId: 'c', variant: 'A', exposedAt }]);
    const occurredAt = after(exposedAt, offsetMs);
    await insertMilestones(product.database, [{ contactId: 'c', kind: 'reply', occurredAt }]);

    expect(armOf(await readReport(), 'A').replies).toBe(replies);
  });

  it('counts nothing of contacts that were never exposed, nor of another experiment', async () => {
    await insertExposures(product.database, [
      { contactId: 'c', variant: 'A', exposedAt },
      { contactId: 'd', variant: 'B', exposedAt, experiment: 'another' },
    ]);
    const occurredAt = after(exposedAt, HOUR);
    await insertMilestones(product.database, [
      { contactId: 'd', kind: 'reply', occurredAt },
      { contactId: 'stranger', kind: 'reply', occurredAt },
      { contactId: 'c', kind: 'lost', occurredAt },
    ]);

    const { arms } = await readReport();
    expect(arms.map(({ exposures, replies }) => [exposures, replies])).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  it('matures a lead at the midnight after its window has closed', async () => {
    const midnight = new Date('2026-04-01T00:00:00.000Z').getTime();
    const closing = (ms: number) => new Date(midnight + ms - WINDOW);
    await insertExposures(product.database, [
      { contactId: 'before', variant: 'A', exposedAt: closing(-1) },
      { contactId: 'at', variant: 'A', exposedAt: closing(0) },
      { contactId: 'this-morning', variant: 'A', exposedAt: closing(HOUR) },
    ]);

    const report = await readReport();
    expect(armOf(report, 'A')).toMatchObject({ exposures: 3, matured: 1 });
    expect(report.sample.matured_leads).toBe(1);
  });

  it('takes from as the first and to as the last day, and leaves the verdict with the whole', async () => {
    await insertExposures(
      product.database,
      [
        '2026-03-09T23:59:59Z',
        '2026-03-10T00:00:00Z',
        '2026-03-11T23:59:59Z',
        '2026-03-12T00:00:00Z',
      ].map((moment) => ({ contactId: moment, variant: 'A', exposedAt: new Date(moment) })),
    );

    const report = await readReport('?from=2026-03-10&to=2026-03-11');
    expect(armOf(report, 'A').exposures).toBe(2);
    expect(report).toMatchObject({
      from: '2026-03-10T00:00:00.000Z',
      to: '2026-03-12T00:00:00.000Z',
      sample: { exposed_leads: 4 },
      sample_ratio: { observed: [4, 0] },
    });
    expect(armOf(await readReport('?to=2026-03-10T00:00:00Z'), 'A').exposures).toBe(1);
  });
});

describe('handoffs', () => {
  const decidedAt = daysAgo(3);
  const exposedAt = after(decidedAt, 2 * SECOND);
  const hot = (contactId: string, variant = 'A'): RawExposure => ({
    contactId,
    variant,
    segment: 'hot_priority',
    decidedAt,
    exposedAt,
  });

  it('belong to the message whose decision opened them, though it goes out later', async () => {
    await insertExposures(product.database, [hot('opened-with-it'), hot('opened-before')]);
    await insertHandoffs(product.database, [
      {
        contactId: 'opened-with-it',
        openedAt: decidedAt,
        acknowledgedAt: after(decidedAt, 60_000),
      },
      {
        contactId: 'opened-before',
        openedAt: after(decidedAt, -1),
        acknowledgedAt: after(decidedAt, 60_000),
      },
    ]);

    expect(armOf(await readReport(), 'A')).toMatchObject({
      handoffs_opened: 1,
      handoffs_acknowledged: 1,
      median_seconds_to_handoff_acknowledged: 60,
    });
  });

  it('count the first one of a contact, breached or not', async () => {
    await insertExposures(product.database, [hot('c')]);
    await insertHandoffs(product.database, [
      {
        contactId: 'c',
        openedAt: decidedAt,
        breachedAt: after(decidedAt, 300_000),
        acknowledgedAt: after(decidedAt, 400_000),
      },
      {
        contactId: 'c',
        openedAt: after(decidedAt, HOUR),
        acknowledgedAt: after(decidedAt, 2 * HOUR),
      },
    ]);

    expect(armOf(await readReport(), 'A')).toMatchObject({
      handoffs_opened: 1,
      handoffs_acknowledged: 1,
      handoffs_breached: 1,
      median_seconds_to_handoff_acknowledged: 400,
    });
  });

  it('of other than hot leads are counted but not timed', async () => {
    await insertExposures(product.database, [{ ...hot('c'), segment: 'warm_review' }]);
    await insertHandoffs(product.database, [
      { contactId: 'c', openedAt: decidedAt, acknowledgedAt: after(decidedAt, 60_000) },
    ]);

    expect(armOf(await readReport(), 'A')).toMatchObject({
      handoffs_acknowledged: 1,
      median_seconds_to_handoff_acknowledged: null,
    });
  });

  it('acknowledged before the message was out are no effect of it', async () => {
    await insertExposures(product.database, [hot('c')]);
    await insertHandoffs(product.database, [
      { contactId: 'c', openedAt: decidedAt, acknowledgedAt: after(decidedAt, SECOND) },
    ]);

    expect(armOf(await readReport(), 'A')).toMatchObject({
      handoffs_opened: 1,
      handoffs_acknowledged: 0,
    });
  });
});

const SEGMENTS = ['hot_priority', 'warm_review', 'standard'];
const SOURCES = ['zillow', 'facebook ads', 'unknown'];
const KINDS = ['reply', 'appointment_booked', 'converted', 'opted_out'];

/** Arbitrary and the same at every run: a multiplicative sequence in place of chance. */
function arbitrary(): (below: number) => number {
  let state = 12345;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function arbitraryRows(leads: number) {
  const draw = arbitrary();
  const exposures: RawExposure[] = [];
  const milestones: RawMilestone[] = [];
  const handoffs: RawHandoff[] = [];
  for (let i = 0; i < leads; i += 1) {
    const contactId = `contact-${i}`;
    const exposedAt = daysAgo(1 + draw(40), draw(DAY));
    const decidedAt = after(exposedAt, -draw(5 * SECOND));
    exposures.push({
      contactId,
      variant: draw(2) === 0 ? 'A' : 'B',
      exposedAt,
      decidedAt,
      segment: SEGMENTS[draw(3)] ?? '',
      source: SOURCES[draw(3)] ?? '',
      epoch: draw(2),
    });
    for (const kind of KINDS) {
      const times = draw(3);
      for (let n = 0; n < times; n += 1) {
        const occurredAt = after(exposedAt, draw(20 * DAY) - 2 * DAY);
        milestones.push({ contactId, kind, occurredAt, deliveryId: `${i}-${n}` });
      }
    }
    if (draw(3) === 0) {
      const openedAt = after(decidedAt, draw(2) * HOUR);
      handoffs.push({
        contactId,
        openedAt,
        acknowledgedAt: after(openedAt, (5 + draw(900)) * SECOND),
      });
    }
  }
  return { exposures, milestones: milestones.filter((one) => one.occurredAt <= NOW), handoffs };
}

/** The counts once more, written another way: a subquery per question instead of joins. */
async function countIndependently(): Promise<readonly Record<string, unknown>[]> {
  const outcome = (kind: string) => sql`count(*) filter (where exists (
    select from lead_milestone m where m.contact_id = e.contact_id and m.kind = ${kind}
      and m.occurred_at > e.exposed_at and m.occurred_at - e.exposed_at <= interval '336 hours'
      and m.occurred_at <= ${NOW}))`;
  const firstHandoff = sql`(select h.acknowledged_at - h.opened_at from handoff h
    where h.contact_id = e.contact_id and h.opened_at >= e.decided_at order by h.opened_at limit 1)`;
  const { rows } = await sql<Record<string, unknown>>`
    select variant, segment, source,
      count(*) as exposures,
      count(*) filter (where e.exposed_at + interval '336 hours' < '2026-04-01T00:00:00Z') as matured,
      ${outcome('reply')} as replies,
      ${outcome('appointment_booked')} as appointments_booked,
      ${outcome('converted')} as conversions,
      ${outcome('opted_out')} as opt_outs,
      count(${firstHandoff}) as handoffs_opened,
      count(${firstHandoff}) as handoffs_acknowledged,
      percentile_cont(0.5) within group (order by extract(epoch from ${firstHandoff}))
        filter (where segment = 'hot_priority') as median_seconds_to_handoff_acknowledged
    from exposure e
    group by variant, segment, source
    order by variant, segment, source`.execute(product.database.kysely);
  return rows;
}

describe('arbitrary rows', () => {
  const COUNTS = [
    'exposures',
    'matured',
    'replies',
    'appointments_booked',
    'conversions',
    'opt_outs',
    'handoffs_opened',
    'handoffs_acknowledged',
    'handoffs_breached',
  ] as const satisfies readonly (keyof CountsDto)[];

  beforeEach(async () => {
    const rows = arbitraryRows(600);
    await insertExposures(product.database, rows.exposures);
    await insertMilestones(product.database, rows.milestones);
    await insertHandoffs(product.database, rows.handoffs);
  });

  it('are counted as another query counts them, cell by cell', async () => {
    const { cells } = await readReport();

    const expected = await countIndependently();
    expect(expected).toHaveLength(18);
    expect(cells).toEqual(
      expected.map((cell) => ({
        ...cell,
        handoffs_breached: 0,
        median_seconds_to_handoff_acknowledged:
          cell['median_seconds_to_handoff_acknowledged'] ?? null,
      })),
    );
  });

  it('add up: cells to arms, groups to arms, days to the sample', async () => {
    const byName = (rows: readonly (CellDto | ArmDto)[], variant: string) =>
      COUNTS.map((name) =>
        rows.filter((row) => row.variant === variant).reduce((sum, row) => sum + row[name], 0),
      );
    for (const by of ['none', 'segment', 'source', 'segment_source']) {
      const report = await readReport(`?by=${by}`);
      const groups = report.groups.flatMap(({ arms }) => arms);
      expect(report.groups).toHaveLength({ none: 0, segment: 3, source: 3 }[by] ?? 9);
      for (const variant of ['A', 'B']) {
        const totals = COUNTS.map((name) => armOf(report, variant)[name]);
        expect(byName(report.cells, variant)).toEqual(totals);
        if (by !== 'none') expect(byName(groups, variant)).toEqual(totals);
      }
      const exposures = report.arms.map((arm) => arm.exposures);
      expect(report.sample_ratio.observed).toEqual(exposures);
      expect(report.sample.exposed_leads).toBe(600);
      expect(report.sample.matured_leads).toBe(
        report.arms.reduce((sum, { matured }) => sum + matured, 0),
      );
    }
  });

  it('judges matured leads by their outcomes within the window', async () => {
    const { looks } = await readReport();

    const { rows } = await sql<{ variant: string; rate: number }>`
      select variant, avg((exists (
        select from lead_milestone m where m.contact_id = e.contact_id and m.kind = 'appointment_booked'
          and m.occurred_at > e.exposed_at and m.occurred_at <= e.exposed_at + interval '336 hours'))::int)::float8 as rate
      from exposure e where e.exposed_at + interval '336 hours' < '2026-04-01T00:00:00Z'
      group by variant order by variant`.execute(product.database.kysely);
    const difference = (rows[1]?.rate ?? NaN) - (rows[0]?.rate ?? NaN);
    expect(looks.between_looks[0]?.difference).toBeCloseTo(difference, 12);
  });
});
