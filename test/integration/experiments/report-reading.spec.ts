import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ExperimentReportDto } from '../../../src/experiments/report/report.dto.js';
import type { SuccessMeasureDto } from '../../../src/experiments/report/decision.dto.js';
import { EXPERIMENT, startExperimentApp, type ExperimentApp } from './experiment-app.js';
import {
  after,
  daysAgo,
  HOUR,
  insertExposures,
  insertHandoffs,
  insertMilestones,
  SECOND,
  type RawExposure,
} from './raw-rows.js';

interface SimpsonVector {
  readonly facebook: Readonly<Record<'A' | 'B', readonly [number, number]>>;
  readonly organic: Readonly<Record<'A' | 'B', readonly [number, number]>>;
  readonly mh_risk_diff_B_minus_A: number;
}

const { simpson } = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/stats.json', import.meta.url), 'utf8'),
) as { readonly simpson: SimpsonVector };

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

interface Share extends Partial<RawExposure> {
  readonly variant: string;
  readonly leads: number;
  readonly booked?: number;
  readonly optedOut?: number;
  readonly ageDays?: number;
}

/** Exposures of one kind, of which the first ones book and the last ones opt out an hour later. */
async function insertShare({ leads, booked = 0, optedOut = 0, ageDays = 20, ...lead }: Share) {
  const exposedAt = daysAgo(ageDays);
  const prefix = [lead.variant, lead.source, lead.segment, lead.epoch, ageDays].join('-');
  const ids = Array.from({ length: leads }, (_, index) => `${prefix}-${index}`);
  await insertExposures(
    product.database,
    ids.map((contactId) => ({ ...lead, contactId, exposedAt })),
  );
  const milestonesOf = (some: readonly string[], kind: string) =>
    some.map((contactId) => ({ contactId, kind, occurredAt: after(exposedAt, HOUR) }));
  await insertMilestones(product.database, [
    ...milestonesOf(ids.slice(0, booked), 'appointment_booked'),
    ...milestonesOf(ids.slice(leads - optedOut), 'opted_out'),
  ]);
}

function measure(
  { success_measures: all }: ExperimentReportDto,
  name: SuccessMeasureDto['measure'],
) {
  return all.find((one) => one.measure === name);
}

/** A plan that a test can fill: 80 leads per arm instead of fifteen thousand. */
async function planSmall(change: object = {}): Promise<number> {
  const { body } = await product.admin
    .put(`/admin/experiments/${EXPERIMENT}/plan`)
    .send({ baseline_rate: 0.3, minimum_lift: 0.75, ...change })
    .expect(200);
  return (body as { planned_leads: number }).planned_leads;
}

describe('without evidence', () => {
  it('keeps running before the first exposure, with nulls and no other number missing', async () => {
    const report = await readReport('?by=segment');

    expect(report.verdict).toMatchObject({ kind: 'keep_running', headline: 'keep running' });
    expect(report.success_measures.map(({ met, value }) => [met, value])).toEqual([
      ['not_yet_known', null],
      ['not_yet_known', null],
      ['not_yet_known', null],
    ]);
    expect(report.arms[0]?.rates.reply).toEqual({ rate: null, interval: { low: 0, high: 1 } });
    expect(report.comparisons[0]).toMatchObject({
      difference: null,
      interval: null,
      always_valid_interval: null,
      relative_lift: null,
      p_value: null,
      adjusted_p_value: null,
      significant: false,
      chance_to_win: null,
    });
    expect(report.sample).toMatchObject({ exposed_leads: 0, leads_per_day: 0, days_left: null });
    expect(report).toMatchObject({ groups: [], cells: [], warnings: [], plan: { fixed: false } });
  });

  it.each([
    ['one arm is empty', [{ variant: 'A', leads: 3, booked: 1 }]],
    [
      'nobody did anything',
      [
        { variant: 'A', leads: 40 },
        { variant: 'B', leads: 40 },
      ],
    ],
    [
      'everybody booked in one arm',
      [
        { variant: 'A', leads: 5 },
        { variant: 'B', leads: 5, booked: 5 },
      ],
    ],
  ])('keeps running when %s', async (_, shares: readonly Share[]) => {
    for (const share of shares) await insertShare(share);

    const report = await readReport('?by=source');

    expect(report.verdict.headline).toBe('keep running');
    expect(report.arms).toHaveLength(2);
  });
});

describe("Simpson's paradox", () => {
  it('is warned of when A is better in every source and B in the total', async () => {
    for (const source of ['facebook', 'organic'] as const) {
      for (const variant of ['A', 'B'] as const) {
        const [booked, leads] = simpson[source][variant];
        await insertShare({ variant, source, booked, leads });
      }
    }

    const report = await readReport('?by=source');

    const stratified = report.stratified.find(
      (one) => one.metric === 'appointment_booked' && one.by === 'source',
    );
    expect(stratified?.pooled_difference).toBeCloseTo(289 / 350 - 273 / 350, 12);
    expect(stratified?.stratified_difference).toBeCloseTo(simpson.mh_risk_diff_B_minus_A, 12);
    expect(stratified?.simpson).toEqual({
      culprit: 'facebook',
      share_of_control: 87 / 350,
      share_of_variant: 270 / 350,
    });
    expect(report.warnings).toEqual([
      expect.stringMatching(
        /^Simpson's paradox in appointment_booked by source: pooled, B .*\+4\.6 .* -5\.4; /,
      ),
    ]);
    expect(report.verdict.headline).toBe('do not trust: sample ratio');
    expect(report.sample_ratio).toMatchObject({
      observed: [350, 350],
      p_value: 1,
      mismatch: true,
      worst_source: '*',
    });
  });

  it('is warned of by allocation epoch when a ramp was moved', async () => {
    await insertShare({ variant: 'A', epoch: 1, leads: 90, booked: 45 });
    await insertShare({ variant: 'B', epoch: 1, leads: 10, booked: 6 });
    await insertShare({ variant: 'A', epoch: 2, leads: 50, booked: 5 });
    await insertShare({ variant: 'B', epoch: 2, leads: 130, booked: 20 });

    const { stratified } = await readReport();

    const byEpoch = stratified.find(
      (one) => one.metric === 'appointment_booked' && one.by === 'epoch',
    );
    expect(byEpoch?.simpson).toMatchObject({ culprit: '1' });
    expect(byEpoch?.pooled_difference).toBeLessThan(0);
    expect(byEpoch?.stratified_difference).toBeGreaterThan(0);
  });
});

describe('verdict and measures', () => {
  it('calls B better at a planned look, and the appointments met', async () => {
    const perArm = (await planSmall()) / 2;
    await insertShare({ variant: 'A', leads: perArm, booked: Math.round(perArm * 0.3) });
    await insertShare({ variant: 'B', leads: perArm, booked: Math.round(perArm * 0.7) });

    const report = await readReport();

    expect(report.verdict).toMatchObject({ headline: 'B is better', variant: 'B' });
    expect(report.looks).toMatchObject({
      planned: 5,
      information_fraction: 1,
      next_look_at_leads: null,
    });
    expect(report.looks.taken).toHaveLength(1);
    expect(report.looks.taken[0]?.bound).toBeCloseTo(1.96, 2);
    expect(measure(report, 'appointment_booked_rate')).toMatchObject({
      variant: 'B',
      met: 'yes',
      target: 0.1,
    });
    expect(measure(report, 'opt_out_rate')).toMatchObject({ met: 'yes', value: 0, target: 0 });
    expect(report.sample).toMatchObject({ leads_still_needed: 0, days_left: 0 });
    expect(report.comparisons.find((one) => one.metric === 'appointment_booked')).toMatchObject({
      significant: true,
      adjustment: 'benjamini_hochberg',
    });
  });

  it('waits while the windows are open, however good the numbers', async () => {
    const perArm = (await planSmall()) / 2;
    await insertShare({ variant: 'A', leads: perArm, booked: 5, ageDays: 2 });
    await insertShare({ variant: 'B', leads: perArm, booked: perArm - 5, ageDays: 2 });

    const report = await readReport();

    expect(report.verdict.headline).toBe('keep running');
    expect(report.looks).toMatchObject({ taken: [], information_fraction: 0 });
    expect(measure(report, 'appointment_booked_rate')?.met).toBe('not_yet_known');
    expect(report.sample).toMatchObject({ matured_leads: 0, days_left: 14 });
  });

  it('stops at the guardrail on the day of the exposure', async () => {
    await insertShare({ variant: 'A', leads: 300, optedOut: 3, ageDays: 1 });
    await insertShare({ variant: 'B', leads: 300, optedOut: 60, ageDays: 1 });

    const report = await readReport();

    expect(report.verdict).toMatchObject({ headline: 'stop: guardrail', variant: 'B' });
    expect(report.guardrails).toMatchObject([
      { variant: 'B', rise: 0.19, alarm: true, tolerance: 0 },
    ]);
    expect(report.guardrails[0]?.proven_rise).toBeGreaterThan(0);
    expect(measure(report, 'opt_out_rate')).toMatchObject({ value: 0.19, met: 'no' });
  });

  it('does not trust a ratio that is off, and names the source', async () => {
    await insertShare({ variant: 'A', source: 'facebook', leads: 200 });
    await insertShare({ variant: 'B', source: 'facebook', leads: 100 });
    await insertShare({ variant: 'A', source: 'zillow', leads: 100 });
    await insertShare({ variant: 'B', source: 'zillow', leads: 100 });

    const report = await readReport();

    expect(report.verdict).toMatchObject({ headline: 'do not trust: sample ratio' });
    expect(report.sample_ratio).toMatchObject({
      observed: [300, 200],
      mismatch: true,
      worst_source: 'facebook',
    });
    expect(report.sample_ratio.chi_square).toBeCloseTo(20, 9);
    expect(report.sample_ratio.sources.map(({ source }) => source)).toEqual(['facebook', 'zillow']);
    expect(report.success_measures.every(({ met }) => met === 'not_yet_known')).toBe(true);
  });

  it('measures how much sooner hot leads reach a person', async () => {
    const exposedAt = daysAgo(3);
    for (const [variant, fastest] of [
      ['A', 600],
      ['B', 300],
    ] as const) {
      const ids = Array.from({ length: 60 }, (_, index) => `${variant}-${index}`);
      await insertExposures(
        product.database,
        ids.map((contactId) => ({ contactId, variant, exposedAt, segment: 'hot_priority' })),
      );
      await insertHandoffs(
        product.database,
        ids.map((contactId, index) => ({
          contactId,
          openedAt: exposedAt,
          acknowledgedAt: after(exposedAt, (fastest + index) * SECOND),
        })),
      );
    }

    const report = await readReport();

    expect(report.arms.map((arm) => arm.median_seconds_to_handoff_acknowledged)).toEqual([
      629.5, 329.5,
    ]);
    const handoff = measure(report, 'median_response_to_handoff');
    expect(handoff).toMatchObject({ target: -0.15, wanted: 'at_most', met: 'yes' });
    expect(handoff?.value).toBeCloseTo(329.5 / 629.5 - 1, 12);
  });

  it('compares every challenger with A, and nothing with a variant that was not planned', async () => {
    await planSmall({ variants: ['A', 'B', 'C'], weights: [1, 1, 1] });
    for (const variant of ['A', 'B', 'C', 'X'])
      await insertShare({ variant, leads: 20, booked: 4 });

    const report = await readReport();

    expect(report.arms.map(({ variant, role }) => [variant, role])).toEqual([
      ['A', 'control'],
      ['B', 'challenger'],
      ['C', 'challenger'],
      ['X', 'unplanned'],
    ]);
    expect(
      new Set(report.comparisons.map(({ variant, control }) => `${variant}:${control}`)),
    ).toEqual(new Set(['B:A', 'C:A']));
    expect(report.sample_ratio.observed).toEqual([20, 20, 20]);
    expect(report.success_measures).toHaveLength(6);
    expect(report.warnings).toEqual([expect.stringContaining('Variant X is not part of the plan')]);
  });
});
