import { describe, expect, it } from '@jest/globals';
import { AbResponseStyleTestingSettings } from '../features/ab-response-style-testing/ab-response-style-testing.settings.js';
import { sampleRollout, type RolloutChanges } from '../testing/gate-for.js';
import { allocationEpoch } from './allocation-epoch.js';

const KEY = 'ab_response_style_testing';
const SETTINGS = new AbResponseStyleTestingSettings();
const ON: RolloutChanges = { flags: { [KEY]: { enabled: true } } };

const epochOf = (settings: object, rollout: RolloutChanges): number =>
  allocationEpoch(KEY, { ...SETTINGS, ...settings }, sampleRollout(rollout));
const epoch = epochOf({}, ON);

describe('the allocation epoch of an experiment', () => {
  it.each<[string, RolloutChanges]>([
    ['version of the rollout', { ...ON, version: 17, lastUpdated: '2026-06-01T00:00:00.000Z' }],
    [
      'flag of another feature',
      { flags: { ...ON.flags, lead_source_attribution: { enabled: true, rampPercent: 5 } } },
    ],
    [
      'writeback toggle',
      { ...ON, writebackToggles: { lead_source: true, conversion_feedback: true } },
    ],
    ['setting of another feature', { ...ON, settings: { other: { variants: [] } } }],
    ['canary source while canary mode is off', { ...ON, canarySourceText: 'google' }],
    ['kill switch, once it is lifted', { flags: { [KEY]: { enabled: true, killed: false } } }],
  ])('stays when another %s is in force', (_what, rollout) => {
    expect(epochOf({}, rollout)).toBe(epoch);
  });

  it.each<[string, object, RolloutChanges]>([
    ['weights', { variants: [{ ...SETTINGS.variants[0], weight: 70 }, SETTINGS.variants[1]] }, ON],
    [
      'variants',
      { variants: [...SETTINGS.variants, { key: 'C', weight: 1, style: 'unchanged' }] },
      ON,
    ],
    ['holdout', { holdoutPercent: 10 }, ON],
    ['experiment', { experimentKey: 'second' }, ON],
    ['ramp', {}, { flags: { [KEY]: { enabled: true, rampPercent: 50 } } }],
    ['audience', {}, { ...ON, canaryModeEnabled: true, canarySourceText: 'google' }],
  ])('changes with its own %s', (_what, settings, rollout) => {
    expect(epochOf(settings, rollout)).not.toBe(epoch);
  });

  it('does not depend on the order in which the audience is named', () => {
    const canary = (canarySourceText: string): number =>
      epochOf({}, { ...ON, canaryModeEnabled: true, canarySourceText });

    expect(canary('google, Zillow')).toBe(canary('zillow,google'));
    expect(canary('google, Zillow')).not.toBe(canary('google'));
  });

  it('fits the column that keeps it', () => {
    expect(epoch).toBeGreaterThanOrEqual(0);
    expect(epoch).toBeLessThan(2 ** 31);
    expect(Number.isInteger(epoch)).toBe(true);
  });
});
