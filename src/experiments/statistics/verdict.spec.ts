import { describe, expect, it } from '@jest/globals';
import { planExperiment, plannedLeads, type ExperimentPlan } from './experiment-plan.js';
import {
  findInterimLooks,
  type ArmCounts,
  type ExperimentSnapshot,
} from './experiment-snapshot.js';
import { decideVerdict } from './verdict.js';

const PLAN = planExperiment({
  key: 'ab_response_style_testing',
  primaryMetric: 'appointment_booked',
  baselineRate: 0.1,
  minimumLift: 0.15,
  guardrail: { metric: 'opted_out' },
});
const PLANNED = plannedLeads(PLAN);

interface ArmRates {
  readonly leads: number;
  readonly primary: number;
  readonly guardrail?: number;
}

function arm(variant: string, { leads, primary, guardrail = 0.02 }: ArmRates): ArmCounts {
  return {
    variant,
    exposures: leads,
    guardrailEvents: Math.round(leads * guardrail),
    matured: leads,
    primaryEvents: Math.round(leads * primary),
  };
}

function snapshot(a: ArmRates, b: ArmRates): ExperimentSnapshot {
  return { arms: [arm('A', a), arm('B', b)] };
}

/** Both arms hold half of this share of the planned sample. */
function at(share: number, primaryA: number, primaryB: number): ExperimentSnapshot {
  const leads = Math.ceil((PLANNED * share) / 2);
  return snapshot({ leads, primary: primaryA }, { leads, primary: primaryB });
}

describe('findInterimLooks', () => {
  const fractionsOf = (shares: readonly number[], plan: ExperimentPlan = PLAN) =>
    findInterimLooks(
      plan,
      shares.map((share) => at(share, 0.1, 0.1)),
    ).map((look) => Number(look.informationFraction.toFixed(2)));

  it('takes each look on the first day that reaches it', () => {
    expect(fractionsOf([0.1, 0.21, 0.25, 0.39, 0.41, 0.65, 0.81, 1, 1.2])).toEqual([
      0.21, 0.41, 0.65, 0.81, 1,
    ]);
  });

  it('takes one look where a day passes several', () => {
    expect(fractionsOf([0.1, 0.7, 0.75, 0.85])).toEqual([0.7, 0.85]);
  });

  it('counts a look within a percent of the planned sample as the last', () => {
    expect(fractionsOf([0.992, 1.3])).toEqual([1]);
  });

  it('counts matured leads only', () => {
    const young = at(0.5, 0.1, 0.1).arms.map((counts) => ({ ...counts, matured: 10 }));
    const arms = young.map((counts) => ({ ...counts, primaryEvents: 1 }));
    expect(findInterimLooks(PLAN, [{ arms }])).toEqual([]);
  });
});

describe('decideVerdict', () => {
  it('keeps running before the first lead', () => {
    const verdict = decideVerdict(PLAN, []);
    expect(verdict.headline).toBe('keep running');
    expect(verdict.sentence).toContain(PLANNED.toLocaleString('en-US'));
  });

  it('keeps running while arms are empty', () => {
    const verdict = decideVerdict(PLAN, [
      snapshot({ leads: 0, primary: 0 }, { leads: 0, primary: 0 }),
    ]);
    expect(verdict.headline).toBe('keep running');
    expect(verdict.sentence).toContain('no leads yet');
  });

  it('keeps running between looks, however good the numbers, and tells when the next look comes', () => {
    const verdict = decideVerdict(PLAN, [at(0.19, 0.05, 0.2)]);
    expect(verdict.headline).toBe('keep running');
    expect(verdict.sentence).toMatch(/A 5\.0 % of 1,304, B 20\.0 % of 1,304/);
    expect(verdict.sentence).toMatch(/0 of 5 looks taken, the next one at 2,744 leads/);
  });

  it('calls B better at the look where it passes the bound, and stays with it', () => {
    const history = [at(0.2, 0.1, 0.11), at(0.6, 0.1, 0.125), at(0.7, 0.1, 0.1)];
    const verdict = decideVerdict(PLAN, history);
    expect(verdict).toMatchObject({ kind: 'better', variant: 'B', headline: 'B is better' });
    expect(verdict.sentence).toMatch(/12\.5 % against 10\.0 % for A \(\+2\.5 points/);
    expect(verdict.sentence).toContain('at look 2 of 5');
  });

  it('asks more of an early look than of a late one', () => {
    // z is 2.2 at both.
    expect(decideVerdict(PLAN, [at(0.4, 0.1, 0.1185)]).headline).toBe('keep running');
    const late = [0.2, 0.4, 0.6, 0.8].map((share) => at(share, 0.1, 0.103));
    expect(decideVerdict(PLAN, [...late, at(1, 0.1, 0.1117)]).headline).toBe('B is better');
  });

  it('calls A better when B loses', () => {
    const verdict = decideVerdict(PLAN, [at(0.6, 0.125, 0.1)]);
    expect(verdict).toMatchObject({ kind: 'better', variant: 'A', headline: 'A is better' });
    expect(verdict.sentence).toContain('10.0 % for B');
  });

  it('finds no difference worth having at the planned sample', () => {
    const verdict = decideVerdict(PLAN, [at(0.5, 0.1, 0.1), at(1, 0.1, 0.105)]);
    expect(verdict.headline).toBe('no difference worth having');
    expect(verdict.sentence).toContain('15.0 %');
  });

  it('finds it earlier when the always-valid interval lies within the minimum lift', () => {
    const lowRates = { ...PLAN, plannedPerArm: PLAN.plannedPerArm * 4 };
    const verdict = decideVerdict(lowRates, [at(3.5, 0.1, 0.1)]);
    expect(verdict.headline).toBe('no difference worth having');
    expect(verdict.sentence).toContain('already certain');
  });

  it('stops at a guardrail once harm is proven, even if the primary metric wins and harm fades', () => {
    const harmed = snapshot(
      { leads: 3000, primary: 0.1, guardrail: 0.02 },
      { leads: 3000, primary: 0.14, guardrail: 0.05 },
    );
    const verdict = decideVerdict(PLAN, [harmed, at(1, 0.1, 0.14)]);
    expect(verdict).toMatchObject({ kind: 'guardrail', variant: 'B', headline: 'stop: guardrail' });
    expect(verdict.sentence).toMatch(/^Stop B: opted out B 5\.0 % of 3,000, A 2\.0 % of 3,000/);
  });

  it('tolerates the rise that the plan tolerates', () => {
    const tolerant = { ...PLAN, guardrail: { ...PLAN.guardrail, tolerance: 0.04 } };
    const harmed = snapshot(
      { leads: 1000, primary: 0.1, guardrail: 0.02 },
      { leads: 1000, primary: 0.1, guardrail: 0.06 },
    );
    expect(decideVerdict(PLAN, [harmed]).headline).toBe('stop: guardrail');
    expect(decideVerdict(tolerant, [harmed]).headline).toBe('keep running');
  });

  it('does not let a handful of opt-outs stop anything, nor fewer of them', () => {
    const few = snapshot(
      { leads: 40, primary: 0.1, guardrail: 0 },
      { leads: 40, primary: 0.1, guardrail: 0.45 },
    );
    expect(decideVerdict(PLAN, [few]).headline).toBe('keep running');
    const fewerInB = snapshot(
      { leads: 3000, primary: 0.1, guardrail: 0.05 },
      { leads: 3000, primary: 0.1, guardrail: 0.02 },
    );
    expect(decideVerdict(PLAN, [fewerInB]).headline).toBe('keep running');
  });

  it('does not trust a skewed sample, whatever else the numbers say', () => {
    const skewed = snapshot(
      { leads: 5400, primary: 0.1, guardrail: 0.01 },
      { leads: 4600, primary: 0.2, guardrail: 0.09 },
    );
    const verdict = decideVerdict(PLAN, [skewed]);
    expect(verdict.headline).toBe('do not trust: sample ratio');
    expect(verdict.sentence).toMatch(/A\/B received 5,400\/4,600 leads where 50\.0 %\/50\.0 %/);
  });

  it('does not trust it either when the skew was proven on an earlier day', () => {
    const skewed = snapshot({ leads: 600, primary: 0.1 }, { leads: 400, primary: 0.1 });
    const healed = snapshot({ leads: 5000, primary: 0.1 }, { leads: 5000, primary: 0.1 });
    expect(decideVerdict(PLAN, [skewed, healed]).headline).toBe('do not trust: sample ratio');
    expect(decideVerdict(PLAN, [healed]).headline).toBe('keep running');
  });

  it.each([
    ['facebook', [800, 200], [200, 800], [500, 500], /every source is off|look at source/],
    ['facebook', [650, 350], [501, 499], [500, 500], /look at source facebook, 650\/350/],
    ['all', [650, 350], [350, 650], [600, 400], /every source is off/],
  ])('names the source that is off: %s', (_, facebook, zillow, referral, words) => {
    const sources = [
      { source: 'facebook', observed: facebook },
      { source: 'zillow', observed: zillow },
      { source: 'referral', observed: referral },
    ];
    const verdict = decideVerdict(PLAN, [{ ...at(0.3, 0.1, 0.1), sources }]);
    expect(verdict.headline).toBe('do not trust: sample ratio');
    expect(verdict.sentence).toMatch(words);
  });

  it('compares every challenger with control and names the best', () => {
    const plan = { ...PLAN, variants: ['A', 'B', 'C'], weights: [1, 1, 1] };
    const three = (a: number, b: number, c: number) => ({
      arms: [
        arm('A', { leads: 6000, primary: a }),
        arm('B', { leads: 6000, primary: b }),
        arm('C', { leads: 6000, primary: c }),
      ],
    });
    expect(decideVerdict(plan, [three(0.1, 0.13, 0.15)]).headline).toBe('C is better');
    expect(decideVerdict(plan, [three(0.15, 0.1, 0.11)]).headline).toBe('A is better');
    expect(decideVerdict(plan, [three(0.15, 0.1, 0.15)]).headline).toBe('keep running');
  });

  it('refuses arms that are not those of the plan', () => {
    const { arms } = at(0.5, 0.1, 0.1);
    expect(() => decideVerdict(PLAN, [{ arms: [...arms].reverse() }])).toThrow(RangeError);
    expect(() => decideVerdict(PLAN, [{ arms: arms.slice(1) }])).toThrow(RangeError);
  });
});
