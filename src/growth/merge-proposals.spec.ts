import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Contribution } from './merge-proposals.js';
import { mergeProposals } from './merge-proposals.js';

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
