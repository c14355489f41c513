import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  FiveMinuteCompliance,
  LatencyHistogram,
  MAX_LISTED_VIOLATIONS,
  RollingWindow,
} from './tallies.js';

/** The nearest rank in the sorted list: what the histogram spares us. */
function exactPercentile(values: readonly number[], percentile: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = Math.max(1, Math.round((percentile / 100) * sorted.length));
  return sorted[rank - 1] ?? 0;
}

describe('LatencyHistogram', () => {
  it('is all zero while empty', () => {
    const histogram = new LatencyHistogram();

    expect([
      histogram.count,
      histogram.sumMs,
      histogram.averageMs,
      histogram.percentileMs(95),
    ]).toEqual([0, 0, 0, 0]);
  });

  it('tells a percentile within 1 % of the exact one', () => {
    const durations = fc.array(fc.double({ min: 0.01, max: 500_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });

    fc.assert(
      fc.property(durations, (values) => {
        const histogram = new LatencyHistogram();
        for (const value of values) histogram.record(value);
        const exact = exactPercentile(values, 95);
        expect(Math.abs(histogram.percentileMs(95) - exact)).toBeLessThanOrEqual(
          exact * 0.01 + 0.001,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('adds up exactly', () => {
    const histogram = new LatencyHistogram();
    for (let index = 0; index < 10; index += 1) histogram.record(0.1);

    expect(histogram.sumMs).toBe(1);
    expect(histogram.averageMs).toBe(0.1);
  });

  it('takes an outage of an hour and a clock that went backwards', () => {
    const histogram = new LatencyHistogram();
    histogram.record(3_600_000);
    histogram.record(-5);

    expect(histogram.count).toBe(2);
    expect(histogram.sumMs).toBe(3_600_000);
    expect(histogram.percentileMs(95)).toBeGreaterThan(590_000);
  });

  it('merges and clears', () => {
    const [left, right] = [new LatencyHistogram(), new LatencyHistogram()];
    left.record(10);
    right.record(30);
    left.add(right);
    right.clear();

    expect([left.count, left.sumMs, left.averageMs]).toEqual([2, 40, 20]);
    expect([right.count, right.sumMs, right.percentileMs(95)]).toEqual([0, 0, 0]);
  });
});

const START_MS = Date.parse('2026-03-02T15:00:00.000Z');
const at = (offsetMs: number): Date => new Date(START_MS + offsetMs);
const minuteWindow = (): RollingWindow => new RollingWindow({ slotMs: 5_000, slots: 12 });

describe('RollingWindow', () => {
  it('is empty at first', () => {
    expect(minuteWindow().snapshot(at(0))).toEqual({
      requests_total: 0,
      errors_total: 0,
      latency_ms_sum: 0,
      latency_ms_count: 0,
      latency_ms_avg: 0,
      latency_ms_p95: 0,
      five_minute_violations: 0,
    });
  });

  it.each([
    [0, 1],
    [54_999, 1],
    [60_000, 0],
    [10 * 60_000, 0],
  ])('after %i ms shows %i of one request', (elapsedMs, shown) => {
    const window = minuteWindow();
    window.tallyAt(at(0)).recordRequest(10, false);

    expect(window.snapshot(at(elapsedMs)).requests_total).toBe(shown);
  });

  it('merges its slots: counts, errors, violations and the percentile over all of them', () => {
    const window = minuteWindow();
    for (let second = 0; second < 20; second += 1) {
      window.tallyAt(at(second * 1_000)).recordRequest(second === 19 ? 400 : 10, second === 19);
    }
    window.tallyAt(at(6_000)).recordViolation();
    window.tallyAt(at(7_000)).recordError();

    const snapshot = window.snapshot(at(20_000));

    expect(snapshot).toMatchObject({
      requests_total: 20,
      errors_total: 2,
      latency_ms_sum: 590,
      latency_ms_count: 20,
      latency_ms_avg: 29.5,
      five_minute_violations: 1,
    });
    expect(snapshot.latency_ms_p95).toBeCloseTo(10, 0);
  });

  it('overwrites a slot of the last round instead of adding to it', () => {
    const window = minuteWindow();
    window.tallyAt(at(0)).recordRequest(10, true);
    window.tallyAt(at(60_000)).recordRequest(30, false);

    expect(window.snapshot(at(60_000))).toMatchObject({
      requests_total: 1,
      errors_total: 0,
      latency_ms_sum: 30,
    });
  });

  it('keeps no more slots than its size, however long it runs', () => {
    const window = minuteWindow();
    for (let slot = 0; slot < 5_000; slot += 1)
      window.tallyAt(at(slot * 5_000)).recordRequest(1, false);

    expect(window.allocatedSlots).toBe(12);
    expect(window.snapshot(at(4_999 * 5_000)).requests_total).toBe(12);
  });

  it('shows nothing of the future when the clock is set back', () => {
    const window = minuteWindow();
    window.tallyAt(at(30_000)).recordRequest(10, false);

    expect(window.snapshot(at(0)).requests_total).toBe(0);
  });
});

const NOW = new Date('2026-03-02T15:00:00.000Z');
const HOUR_MS = 3_600_000;

describe('FiveMinuteCompliance', () => {
  it('has no data at first', () => {
    expect(new FiveMinuteCompliance().snapshot(NOW)).toEqual({ status: 'no_data' });
  });

  it.each([
    [0, true],
    [299_999, true],
    [300_000, false],
    [-40, true],
  ])('an answer after %i ms is in time: %s', (elapsedMs, inTime) => {
    expect(new FiveMinuteCompliance().record(elapsedMs, NOW)).toBe(inTime);
  });

  it('tells the whole story of its answers', () => {
    const compliance = new FiveMinuteCompliance();
    compliance.record(1_000, NOW);
    compliance.record(401_000, NOW);

    expect(compliance.snapshot(NOW)).toEqual({
      total_responses: 2,
      compliance_rate: 0.5,
      avg_response_time: 201_000,
      violations_count: 1,
      target_compliance: 0.99,
      status: 'needs_attention',
      last_24h_violations: [{ at: NOW.toISOString(), response_time_ms: 401_000 }],
    });
  });

  it.each([
    [99, 'compliant'],
    [98, 'needs_attention'],
  ])('with %i of 100 in time is %s', (inTime, status) => {
    const compliance = new FiveMinuteCompliance();
    for (let answer = 0; answer < 100; answer += 1)
      compliance.record(answer < inTime ? 1_000 : 300_000, NOW);

    expect(compliance.snapshot(NOW)).toMatchObject({ status });
  });

  it('counts a clock that runs ahead as an immediate answer', () => {
    const compliance = new FiveMinuteCompliance();
    compliance.record(-60_000, NOW);

    expect(compliance.snapshot(NOW)).toMatchObject({ avg_response_time: 0, violations_count: 0 });
  });

  it('lists violations of the last 24 hours only, and counts all', () => {
    const compliance = new FiveMinuteCompliance();
    compliance.record(400_000, new Date(NOW.getTime() - 25 * HOUR_MS));
    compliance.record(500_000, new Date(NOW.getTime() - 23 * HOUR_MS));

    expect(compliance.snapshot(NOW)).toMatchObject({
      violations_count: 2,
      last_24h_violations: [{ response_time_ms: 500_000 }],
    });
  });

  it('lists the latest ones when there are too many', () => {
    const compliance = new FiveMinuteCompliance();
    for (let extra = 0; extra < MAX_LISTED_VIOLATIONS + 5; extra += 1)
      compliance.record(300_000 + extra, NOW);

    const snapshot = compliance.snapshot(NOW);

    if (snapshot.status === 'no_data') throw new Error('there is data');
    expect(snapshot.violations_count).toBe(MAX_LISTED_VIOLATIONS + 5);
    expect(snapshot.last_24h_violations).toHaveLength(MAX_LISTED_VIOLATIONS);
    expect(snapshot.last_24h_violations.at(-1)?.response_time_ms).toBe(
      300_000 + MAX_LISTED_VIOLATIONS + 4,
    );
  });
});
