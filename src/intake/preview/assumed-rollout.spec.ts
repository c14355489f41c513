import { describe, expect, it } from '@jest/globals';
import { sampleRollout } from '../../growth/testing/gate-for.js';
import { withAssumedFlags } from './assumed-rollout.js';

describe('withAssumedFlags', () => {
  it('sets the flag and leaves kill switch, ramp and the rollout itself as they are', () => {
    const flag = { enabled: false, killed: true, rampPercent: 30 };
    const rollout = { ...sampleRollout({}), flags: { a: flag, b: flag } };
    const assumed = withAssumedFlags(rollout, { a: true, c: true });
    expect(assumed.flags).toEqual({
      a: { ...flag, enabled: true },
      b: flag,
      c: { enabled: true, killed: false, rampPercent: 100 },
    });
    expect(rollout.flags['a']).toBe(flag);
    expect(flag.enabled).toBe(false);
  });

  it('does not take what every object has for a flag', () => {
    const { flags } = withAssumedFlags(sampleRollout({}), { constructor: true });
    expect(flags['constructor']).toEqual({ enabled: true, killed: false, rampPercent: 100 });
  });
});
