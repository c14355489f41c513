import { describe, expect, it } from '@jest/globals';
import { type RolloutChanges, sampleRollout } from '../testing/gate-for.js';
import { murmur3 } from './murmur3.js';
import {
  flagVariable,
  parseCanarySources,
  rolloutFromEnvironment,
  RolloutService,
} from './rollout.js';
import { allocationEpoch, isWithinRamp, rampBucket } from './verdict.js';
import { AbResponseStyleTestingSettings } from '../features/ab-response-style-testing/ab-response-style-testing.settings.js';

describe('rolloutFromEnvironment', () => {
  it('is the baseline that the variables describe', () => {
    const rollout = rolloutFromEnvironment(
      {
        flags: { lead_source_attribution: true, sla_handoff_thresholds: false },
        canaryModeEnabled: true,
        canarySource: 'Facebook Ads, zillow',
        leadSourceWritebackEnabled: true,
        conversionFeedbackWritebackEnabled: false,
      },
      new Date('2026-02-10T10:00:00Z'),
    );

    expect(rollout).toEqual({
      version: 0,
      lastUpdated: '2026-02-10T10:00:00.000Z',
      canaryModeEnabled: true,
      canarySources: ['facebook_ads', 'zillow'],
      canarySourceText: 'Facebook Ads, zillow',
      flags: {
        lead_source_attribution: { enabled: true, killed: false, rampPercent: 100 },
        sla_handoff_thresholds: { enabled: false, killed: false, rampPercent: 100 },
      },
      settings: {},
      writebackToggles: { lead_source: true, conversion_feedback: false },
    });
  });

  it('derives the name of a feature’s variable', () => {
    expect(flagVariable('ab_response_style_testing')).toBe(
      'FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED',
    );
  });
});

describe('parseCanarySources', () => {
  it.each([
    ['', []],
    [' , ,, ', []],
    ['zillow', ['zillow']],
    [' Facebook Ads ,facebook_ads, Zillow', ['facebook_ads', 'zillow']],
  ])('reads %j as %j', (text, sources) => {
    expect(parseCanarySources(text)).toEqual(sources);
  });
});

describe('RolloutService', () => {
  it('keeps what is in force out of everybody’s reach', () => {
    const initial = sampleRollout({ settings: { a: { b: [1] } } });
    const service = new RolloutService(initial);

    expect(service.current()).toEqual(initial);
    expect(service.current()).not.toBe(initial);
    expect(() => Object.assign(service.current().settings['a'] ?? {}, { b: 2 })).toThrow(TypeError);
  });

  it('puts a newer or equal version in force and refuses an older one', () => {
    const service = new RolloutService(sampleRollout({ version: 5 }));

    expect(service.replace(sampleRollout({ version: 4, canaryModeEnabled: true }))).toBe(false);
    expect(service.current().canaryModeEnabled).toBe(false);
    expect(service.replace(sampleRollout({ version: 5, canaryModeEnabled: true }))).toBe(true);
    expect(service.replace(sampleRollout({ version: 6 }))).toBe(true);
    expect(service.current()).toMatchObject({ version: 6, canaryModeEnabled: false });
  });
});

describe('murmur3', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['test', 0, 0xba6bd213],
    ['Hello, world!', 0, 0xc0363e43],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
    ['exp:zoë', 0, 2601378116],
    ['exp:用户42', 0, 2068821273],
  ])('hashes %j with seed %d to the published value', (text, seed, expected) => {
    expect(murmur3(text, seed)).toBe(expected);
  });
});

describe('isWithinRamp', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `user_${index}`);
  const shareOf = (isIn: (id: string) => boolean): number => ids.filter(isIn).length / ids.length;

  it.each([
    [0, false],
    [-1, false],
    [Number.NaN, false],
    [100, true],
    [150, true],
  ])('at %d percent lets everybody in: %s, with or without an id', (percent, isIn) => {
    for (const id of ['', ' ', 'contact-1']) expect(isWithinRamp('f', id, percent)).toBe(isIn);
  });

  it('keeps a lead without an id out of a partial ramp', () => {
    expect(isWithinRamp('f', '', 99.99)).toBe(false);
    expect(isWithinRamp('f', '  ', 99.99)).toBe(false);
  });

  it.each([0.5, 10, 50, 90])('lets about %d percent of sequential ids in', (percent) => {
    expect(shareOf((id) => isWithinRamp('f', id, percent))).toBeCloseTo(percent / 100, 1.5);
  });

  it('only ever adds contacts when it is raised', () => {
    for (const id of ids.slice(0, 500)) {
      const bucket = rampBucket('f', id);
      expect(isWithinRamp('f', id, bucket)).toBe(false);
      expect(isWithinRamp('f', id, bucket + 1e-6)).toBe(true);
    }
  });

  it('places a contact independently in each feature', () => {
    const inBoth = shareOf((id) => isWithinRamp('f', id, 50) && isWithinRamp('g', id, 50));

    expect(inBoth).toBeCloseTo(0.25, 1.5);
  });

  it('places the same name the same, however its letters are composed', () => {
    expect(rampBucket('f', ' zo\u00eb ')).toBe(rampBucket('f', 'zoe\u0308'));
  });
});

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
