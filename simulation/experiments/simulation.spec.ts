import { describe, expect, it } from '@jest/globals';
import { keepsBound } from './measured-rate.js';
import { parseSimulationOptions } from './simulation-options.js';
import { SeededRandom } from '../seeded-random.js';
import { simulateExperiment } from './simulated-experiment.js';
import { simulatedSegments } from './simulated-plan.js';
import { formatSimulation, runSimulation } from './simulation-report.js';

const OPTIONS = { lift: 0.3, leads: 5000, segments: 3, seed: 1, runs: 300 };

describe('parseSimulationOptions', () => {
  it('has a default for everything', () => {
    expect(parseSimulationOptions([])).toEqual({
      kind: 'options',
      options: { lift: 0.15, leads: 20_000, segments: 3, seed: 1, runs: 20_000 },
    });
  });

  it('reads every flag', () => {
    const args = '--lift 0.3 --leads=5000 --segments 3 --seed 1 --runs 300'.split(' ');
    expect(parseSimulationOptions(args)).toEqual({ kind: 'options', options: OPTIONS });
  });

  it('gives help', () => {
    expect(parseSimulationOptions(['--help'])).toEqual({ kind: 'help' });
  });

  it.each([
    ['--lift', '0'],
    ['--lift', 'much'],
    ['--lift', ''],
    ['--leads', '99'],
    ['--leads', '2000.5'],
    ['--segments', '11'],
    ['--seed', 'Infinity'],
    ['--runs', '10'],
  ])('names %s when it is "%s"', (flag, value) => {
    const parsed = parseSimulationOptions([`${flag}=${value}`]);
    const errors = parsed.kind === 'invalid' ? parsed.errors : [];
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(new RegExp(`^${flag} must be .* got "${value}"$`));
  });

  it('tells all faults at once', () => {
    const parsed = parseSimulationOptions(['--lift', '9', '--seed', '0.5']);
    expect(parsed.kind === 'invalid' && parsed.errors).toHaveLength(2);
  });

  it.each([['--lfit', '0.1'], ['--lift'], ['word']])('refuses %s', (...args) => {
    expect(parseSimulationOptions(args).kind).toBe('invalid');
  });
});

describe('keepsBound', () => {
  const measured = (hits: number, kind: 'at_most' | 'at_least' | 'near') => ({
    name: 'rate',
    hits,
    runs: 10_000,
    bound: { kind, rate: 0.05 },
  });

  // Three standard errors of 5 % in 10,000 runs are 65.4 runs.
  it.each([
    [565, 'at_most', true],
    [566, 'at_most', false],
    [435, 'at_least', true],
    [434, 'at_least', false],
    [565, 'near', true],
    [566, 'near', false],
    [434, 'near', false],
  ] as const)('%s hits against %s: %s', (hits, kind, expected) => {
    expect(keepsBound(measured(hits, kind))).toBe(expected);
  });

  it('has nothing to break without a bound', () => {
    expect(keepsBound({ name: 'rate', hits: 10, runs: 10 })).toBe(true);
  });
});

describe('runSimulation', () => {
  const result = runSimulation(OPTIONS);
  const text = formatSimulation(result);

  it('keeps every promised error rate', () => {
    expect(result.broken).toEqual([]);
    expect(text).toContain('All promised error rates hold.');
  });

  it('gives the right verdict for each truth', () => {
    const shareRight = new Map(
      result.verdicts.map((row) => [row.scenario, (row.verdicts.get(row.right) ?? 0) / row.runs]),
    );
    expect(shareRight.get('no difference')).toBeGreaterThan(0.85);
    expect(shareRight.get('B books more')).toBeGreaterThan(0.7);
    expect(shareRight.get('B books fewer')).toBeGreaterThan(0.7);
    expect(shareRight.get('B fewer, but with the good leads')).toBe(1);
  });

  it('warns of the trap in every run and seldom without one', () => {
    const warned = new Map(
      result.verdicts.map((row) => [row.scenario, row.paradoxWarnings / row.runs]),
    );
    expect(warned.get('B fewer, but with the good leads')).toBe(1);
    expect(warned.get('B books more')).toBeLessThan(0.05);
  });

  it('shows what daily looking at p < 0.05 would cost', () => {
    const naive = result.errorRates.rivals.find(({ power }) => power.name.includes('naive'));
    expect((naive?.falseAlarms.hits ?? 0) / OPTIONS.runs).toBeGreaterThan(0.2);
  });

  it('says so when the leads do not suffice, and when a bound is broken', () => {
    expect(text).not.toContain('Note:');
    const short = { ...result, options: { ...OPTIONS, leads: 500 } };
    expect(formatSimulation(short)).toContain('--leads 500 is less than the plan needs');
    const broken = { ...result, broken: [{ name: 'false winners', hits: 9, runs: 10 }] };
    expect(formatSimulation(broken)).toContain('BROKEN: false winners');
  });
});

describe('simulateExperiment', () => {
  const course = { segments: simulatedSegments(3), leadsPerDay: 100, days: 10 };
  const truth = { lift: 0.5, guardrailRates: [0.02, 0.04], shareOfB: () => 0.5 } as const;
  const simulate = (seed: number) => simulateExperiment(new SeededRandom(seed), course, truth);

  it('repeats itself for the same seed', () => {
    expect(simulate(5)).toEqual(simulate(5));
    expect(simulate(5)).not.toEqual(simulate(6));
  });

  it('loses no lead between days, arms and segments', () => {
    const { history, strata } = simulate(5);
    history.forEach(({ arms }, day) => {
      expect(arms.reduce((sum, arm) => sum + arm.exposures, 0)).toBe(100 * (day + 1));
    });
    const [a, b] = history.at(-1)?.arms ?? [];
    const total = (trials: readonly number[]) => trials.reduce((sum, count) => sum + count, 0);
    expect(total(strata.map(({ control }) => control.trials))).toBe(a?.exposures);
    expect(total(strata.map(({ treatment }) => treatment.successes))).toBe(b?.primaryEvents);
  });
});
