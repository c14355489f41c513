import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GrowthCounterRepository } from './growth-counter.repository.js';
import { GrowthCounters } from './growth-counters.js';
import { groupByMetric, type GrowthCounts } from '../growth-ledger.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';

const COUNTS = groupByMetric([
  { metric: 'growth_feature_events_total', key: 'timing:applied_standard', value: 4 },
]);

describe('GrowthCounters', () => {
  const readAll = jest.fn<() => Promise<GrowthCounts>>();
  let clock: FakeClock;
  let counters: GrowthCounters;

  beforeEach(() => {
    readAll.mockReset();
    clock = new FakeClock();
    counters = new GrowthCounters({ readAll } as unknown as GrowthCounterRepository, clock);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads them anew every time', async () => {
    readAll.mockResolvedValueOnce(groupByMetric([])).mockResolvedValueOnce(COUNTS);
    await counters.read();

    expect(await counters.read()).toEqual({ counts: COUNTS, stale: false, readAt: clock.now() });
  });

  it('shows the last known ones, and says so, while the database is away', async () => {
    readAll.mockResolvedValueOnce(COUNTS).mockRejectedValue(new Error('away'));
    await counters.read();
    const readAt = clock.now();
    clock.advance(60_000);

    expect(await counters.read()).toEqual({ counts: COUNTS, stale: true, readAt });
  });

  it('shows empty maps when they were never read', async () => {
    readAll.mockRejectedValue(new Error('away'));

    expect(await counters.read()).toEqual({ counts: groupByMetric([]), stale: true, readAt: null });
  });

  it('does not hang with the database', async () => {
    jest.useFakeTimers();
    readAll.mockReturnValue(new Promise(() => undefined));

    const reading = counters.read();
    await jest.advanceTimersByTimeAsync(1_000);

    expect(await reading).toMatchObject({ stale: true });
  });
});
