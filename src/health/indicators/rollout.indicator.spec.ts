import { describe, expect, it } from '@jest/globals';
import { RolloutReader, type GrowthRollout } from '../../growth/rollout/rollout-reader.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import { RolloutIndicator } from './rollout.indicator.js';

class FakeRolloutReader extends RolloutReader {
  constructor(private readonly answer: () => GrowthRollout) {
    super();
  }

  override read(): GrowthRollout {
    return this.answer();
  }
}

function rolloutOf(lastUpdated: string): GrowthRollout {
  return {
    version: 3,
    last_updated: lastUpdated,
    canary_mode_enabled: false,
    canary_source: '',
    flags: {},
    writeback_toggles: { lead_source: false, conversion_feedback: false },
  };
}

describe('RolloutIndicator', () => {
  const clock = new FakeClock(new Date('2026-03-02T15:00:00.000Z'));

  it.each([
    ['2026-03-02T14:59:00.000Z', 60],
    ['2026-03-02T15:00:01.000Z', 0],
  ])('tells the version and the age of a rollout of %s', async (lastUpdated, ageSeconds) => {
    const indicator = new RolloutIndicator(
      new FakeRolloutReader(() => rolloutOf(lastUpdated)),
      clock,
    );

    expect(await indicator.check()).toEqual({ status: 'up', version: 3, age_seconds: ageSeconds });
  });

  it('is degraded when there is none to read', async () => {
    const indicator = new RolloutIndicator(
      new FakeRolloutReader(() => {
        throw new Error('no rollout');
      }),
      clock,
    );

    expect(await indicator.check()).toEqual({ status: 'degraded', reason: 'failed' });
  });
});
