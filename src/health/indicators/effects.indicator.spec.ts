import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import {
  EffectsStatusReadModel,
  type EffectsReading,
} from '../../effects/effects-status.read-model.js';
import { EffectsIndicator } from './effects.indicator.js';

const IDLE: EffectsReading = {
  pending: 0,
  due: 0,
  oldestDueSeconds: 0,
  dead: 0,
  uncertain: 0,
  waiting: 0,
};

function indicatorOver(read: () => Promise<EffectsReading>): EffectsIndicator {
  return new EffectsIndicator({ read } as EffectsStatusReadModel, new FakeClock());
}

describe('EffectsIndicator', () => {
  it.each([
    { reading: {}, expected: { status: 'up' } },
    {
      reading: { pending: 900, due: 40, oldestDueSeconds: 60 },
      expected: { status: 'up', pending: 900 },
    },
    {
      reading: { waiting: 12, uncertain: 3 },
      expected: { status: 'up', waiting: 12, uncertain: 3 },
    },
    {
      reading: { due: 1, oldestDueSeconds: 61 },
      expected: { status: 'degraded', reason: 'overdue' },
    },
    { reading: { dead: 1 }, expected: { status: 'degraded', reason: 'dead_letters', dead_24h: 1 } },
  ])('with $reading is $expected', async ({ reading, expected }) => {
    const indicator = indicatorOver(() => Promise.resolve({ ...IDLE, ...reading }));

    expect(await indicator.check()).toMatchObject(expected);
  });

  it('is degraded when the effects cannot be read', async () => {
    const indicator = indicatorOver(() => Promise.reject(new Error('away')));

    expect(await indicator.check()).toEqual({ status: 'degraded', reason: 'failed' });
  });
});
