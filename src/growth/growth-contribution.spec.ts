import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Contribution, mergeProposals } from './growth-contribution.js';
import { groupByMetric, GrowthLedger } from './growth-ledger.js';

const priorities = { strong: 2, weak: 1 };

describe('mergeProposals', () => {
  it('gives an empty result for no proposal and for empty proposals', () => {
    const nothing = mergeProposals([]);

    expect(nothing).toEqual({
      decision: {},
      followUp: {},
      reply: undefined,
      actions: [],
      fields: {},
      tags: [],
      handoff: undefined,
      exposures: [],
      states: {},
    });
    expect(mergeProposals([{ feature: 'a', proposal: {} }])).toEqual(nothing);
  });

  it('lets the higher priority win every conflict, and keeps what is not in conflict', () => {
    const strong: Contribution = {
      feature: 'strong',
      proposal: {
        decision: { note: 'strong' },
        followUp: { timing_bucket: 'immediate' },
        fields: { f: 1 },
        reply: 'strong',
        handoff: { riskLevel: 'high', reasonCode: 'strong' },
      },
    };
    const weak: Contribution = {
      feature: 'weak',
      proposal: {
        decision: { note: 'weak', kept: true },
        followUp: { timing_bucket: 'nurture', lead_source: 'x' },
        fields: { f: 2, g: 3 },
        reply: 'weak',
        handoff: { riskLevel: 'low', reasonCode: 'weak' },
      },
    };

    expect(mergeProposals([weak, strong], priorities)).toMatchObject({
      decision: { note: 'strong', kept: true },
      followUp: { timing_bucket: 'immediate', lead_source: 'x' },
      fields: { f: 1, g: 3 },
      reply: 'strong',
      handoff: { riskLevel: 'high', reasonCode: 'strong' },
    });
  });

  it('takes the only reply there is, whoever proposes it', () => {
    const contributions = [
      { feature: 'strong', proposal: {} },
      { feature: 'weak', proposal: { reply: 'hello' } },
    ];

    expect(mergeProposals(contributions, priorities).reply).toBe('hello');
  });

  it('unites lists without repeats, strongest feature first', () => {
    const merged = mergeProposals(
      [
        { feature: 'weak', proposal: { tags: ['a', 'b'], actions: ['x'], state: 1 } },
        { feature: 'strong', proposal: { tags: ['b', 'c'], actions: ['x', 'y'], state: null } },
      ],
      priorities,
    );

    expect(merged.tags).toEqual(['b', 'c', 'a']);
    expect(merged.actions).toEqual(['x', 'y']);
    expect(merged.states).toEqual({ weak: 1, strong: null });
  });

  it('settles equal ranks by name', () => {
    const contributions = ['zeta', 'alpha', 'constructor'].map((feature) => ({
      feature,
      proposal: { reply: feature },
    }));

    expect(mergeProposals(contributions).reply).toBe('alpha');
  });

  it('does not depend on the order of the contributions', () => {
    const proposal = fc.record(
      {
        followUp: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer()),
        decision: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer()),
        reply: fc.string(),
        tags: fc.array(fc.constantFrom('x', 'y', 'z')),
        state: fc.integer(),
      },
      { requiredKeys: [] },
    );
    const contributions = fc.uniqueArray(
      fc.record({ feature: fc.constantFrom('strong', 'weak', 'p', 'q', 'r'), proposal }),
      { selector: ({ feature }) => feature },
    );

    fc.assert(
      fc.property(contributions, fc.infiniteStream(fc.nat()), (listed, random) => {
        const shuffled = listed
          .map((contribution) => ({ contribution, at: random.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ contribution }) => contribution);

        expect(mergeProposals(shuffled, priorities)).toEqual(mergeProposals(listed, priorities));
      }),
    );
  });
});

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
