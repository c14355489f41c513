import { describe, expect, it } from '@jest/globals';
import {
  alphaPerChallenger,
  planExperiment,
  plannedLeads,
  type ExperimentDesign,
} from './experiment-plan.js';
import { samplePerArm } from './sample-size.js';

const DESIGN: ExperimentDesign = {
  key: 'ab_response_style_testing',
  primaryMetric: 'appointment_booked',
  baselineRate: 0.1,
  minimumLift: 0.15,
  guardrail: { metric: 'opted_out' },
};

describe('planExperiment', () => {
  it('fills in the defaults', () => {
    expect(planExperiment(DESIGN)).toMatchObject({
      variants: ['A', 'B'],
      weights: [0.5, 0.5],
      alpha: 0.05,
      power: 0.8,
      looks: 5,
      guardrail: { metric: 'opted_out', alpha: 0.01, tolerance: 0 },
    });
  });

  it('plans a few percent more than a single look would need', () => {
    const { plannedPerArm } = planExperiment(DESIGN);
    const { pooled } = samplePerArm({
      baselineRate: 0.1,
      difference: 0.015,
      alpha: 0.05,
      power: 0.8,
    });
    expect(plannedPerArm / pooled).toBeGreaterThan(1.02);
    expect(plannedPerArm / pooled).toBeLessThan(1.03);
  });

  it('shares alpha out over several challengers, which costs leads', () => {
    const three = { ...DESIGN, variants: ['A', 'B', 'C'], weights: [1, 1, 1] };
    expect(alphaPerChallenger(planExperiment(three))).toBeCloseTo(0.025, 12);
    expect(planExperiment(three).plannedPerArm).toBeGreaterThan(
      planExperiment(DESIGN).plannedPerArm,
    );
  });

  it.each<[string, Partial<ExperimentDesign>]>([
    ['variants', { variants: ['A'], weights: [1] }],
    ['variants', { variants: ['A', 'A'] }],
    ['weights', { weights: [1] }],
    ['weights', { weights: [1, 0] }],
    ['alpha', { alpha: 0 }],
    ['power', { power: 0.01 }],
    ['baselineRate', { baselineRate: 1 }],
    ['minimumLift', { minimumLift: 0 }],
    ['minimumLift', { baselineRate: 0.6, minimumLift: 0.7 }],
    ['looks', { looks: 2.5 }],
    ['attributionWindowDays', { attributionWindowDays: 0 }],
    ['guardrail.alpha', { guardrail: { metric: 'opted_out', alpha: 1 } }],
    ['guardrail.tolerance', { guardrail: { metric: 'opted_out', tolerance: -0.1 } }],
  ])('names %s when it is at fault: %j', (field, fault) => {
    expect(() => planExperiment({ ...DESIGN, ...fault })).toThrow(new RegExp(`^${field}: `));
  });
});

describe('plannedLeads', () => {
  const plan = { variants: ['A', 'B'], plannedPerArm: 1000 };

  it('is both arms together at equal shares, whatever the weights add up to', () => {
    expect(plannedLeads({ ...plan, weights: [0.5, 0.5] })).toBe(2000);
    expect(plannedLeads({ ...plan, weights: [3, 3] })).toBe(2000);
  });

  it('grows with unequal shares, so that the precision stays the same', () => {
    const leads = plannedLeads({ ...plan, weights: [0.9, 0.1] });
    expect(1 / (leads * 0.9) + 1 / (leads * 0.1)).toBeCloseTo(2 / 1000, 6);
  });

  it('waits for the smallest challenger', () => {
    const three = { variants: ['A', 'B', 'C'], plannedPerArm: 1000 };
    expect(plannedLeads({ ...three, weights: [0.4, 0.4, 0.2] })).toBe(3750);
  });
});
