import { describe, expect, it } from '@jest/globals';
import { RollingWindow } from './rolling-window.js';

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
