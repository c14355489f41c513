import { describe, expect, it } from '@jest/globals';
import { groupByMetric } from './growth-counts.js';

describe('groupByMetric', () => {
  it('has every map, empty until first used', () => {
    expect(groupByMetric([])).toEqual({
      feature_flag_evaluations_total: {},
      feature_flag_enabled_total: {},
      feature_flag_blocked_total: {},
      growth_feature_events_total: {},
    });
  });

  it('puts each count into the map of its metric', () => {
    const counts = groupByMetric([
      { metric: 'feature_flag_evaluations_total', key: 'timing', value: 3 },
      { metric: 'feature_flag_blocked_total', key: 'timing', value: 2 },
      { metric: 'feature_flag_blocked_total', key: 'timing:flag_disabled', value: 2 },
    ]);

    expect(counts).toMatchObject({
      feature_flag_evaluations_total: { timing: 3 },
      feature_flag_enabled_total: {},
      feature_flag_blocked_total: { timing: 2, 'timing:flag_disabled': 2 },
    });
  });

  it('takes a key that is the name of a property of every object', () => {
    const counts = groupByMetric([
      { metric: 'growth_feature_events_total', key: '__proto__', value: 1 },
    ]);

    expect(Object.entries(counts.growth_feature_events_total)).toEqual([['__proto__', 1]]);
  });
});
