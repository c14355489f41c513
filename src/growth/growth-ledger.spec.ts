import { describe, expect, it } from '@jest/globals';

import { GrowthLedger } from './growth-ledger.js';

describe('GrowthLedger', () => {
  it('is empty until something is counted', () => {
    const ledger = new GrowthLedger();

    expect(ledger.toIncrements()).toEqual([]);
    expect(ledger.events()).toEqual([]);
    expect(ledger.value('growth_feature_events_total', 'a:b')).toBe(0);
  });

  it('adds up the same key of the same metric', () => {
    const ledger = new GrowthLedger();

    ledger.add('feature_flag_evaluations_total', 'a');
    ledger.add('feature_flag_evaluations_total', 'a', 2);
    ledger.add('feature_flag_blocked_total', 'a');

    expect(ledger.toIncrements()).toEqual([
      { metric: 'feature_flag_evaluations_total', key: 'a', value: 3 },
      { metric: 'feature_flag_blocked_total', key: 'a', value: 1 },
    ]);
  });

  it('keeps events in order under the name of their feature', () => {
    const ledger = new GrowthLedger();

    for (const event of ['second', 'first', 'second']) ledger.countEvent('f', event);

    expect(ledger.events()).toEqual(['f:second', 'f:first']);
    expect(ledger.value('growth_feature_events_total', 'f:second')).toBe(2);
  });

  it('is not fooled by keys that name object properties', () => {
    const ledger = new GrowthLedger();

    ledger.countEvent('__proto__', 'constructor');

    expect(ledger.value('growth_feature_events_total', '__proto__:constructor')).toBe(1);
  });
});
