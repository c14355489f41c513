import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sourceKey } from '../growth-feature.js';
import { sampleRollout } from '../testing/gate-for.js';
import { murmur3 } from './murmur3.js';
import type { Rollout } from './rollout.js';
import { FeatureRule, type GateSubject, type VerdictReason } from './verdict.js';

/** Section 5 of the contract, word by word: nothing made ready, nothing remembered. */
function reasonByTheContract(
  feature: string,
  { leadSource, contactId }: GateSubject,
  { flags, canaryModeEnabled, canarySources }: Rollout,
): VerdictReason {
  const flag = Object.hasOwn(flags, feature) ? flags[feature] : undefined;
  if (flag?.killed) return 'killed';
  if (!flag?.enabled) return 'flag_disabled';
  const blockedBy = canaryModeEnabled ? canaryBlock(leadSource, canarySources) : undefined;
  if (blockedBy !== undefined) return blockedBy;
  return isInRamp(feature, contactId, flag.rampPercent) ? 'enabled' : 'rollout_percentage';
}

function canaryBlock(source: string, canarySources: readonly string[]): VerdictReason | undefined {
  if (canarySources.length === 0) return 'canary_source_unconfigured';
  if (source.trim() === '') return 'canary_source_missing';
  return canarySources.includes(sourceKey(source)) ? undefined : 'canary_source_mismatch';
}

function isInRamp(feature: string, contactId: string, percent: number): boolean {
  if (percent >= 100) return true;
  if (!(percent > 0) || contactId.trim() === '') return false;
  const id = contactId.trim().normalize('NFC');
  return (murmur3(`${feature}:${id}`, 0x72616d70) / 2 ** 32) * 100 < percent;
}

const FEATURES = ['sample', 'other', 'constructor', 'toString'];
const sources = fc.constantFrom(
  ...[
    '',
    ' ',
    'facebook ads',
    ' Facebook_Ads ',
    'zillow',
    'ZILLOW\u00a0',
    '微信',
    ' 微信',
    '小红书',
  ],
  ...['???', '__proto__', 'constructor', 'x'.repeat(200), `\ufeffzillow`, 'z\u0130llow'],
);
const blanks = fc.constantFrom(
  '',
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '\ufeff',
  '\u2028',
  '\u0001',
  '\u007f',
);
const ids = fc
  .tuple(
    blanks,
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 24 }),
      fc.constantFrom('zoe\u0308', 'zo\u00eb', 'ｃ1', '\ud83d', '😀', '각', '\u1100\u1161\u11a8'),
    ),
    blanks,
  )
  .map((parts) => parts.join(''));
const flags = fc.record({
  enabled: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.boolean()),
  killed: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
  rampPercent: fc.oneof(
    fc.double({ min: 0, max: 100 }),
    fc.constantFrom(0, 50, 100, -1, 101, Number.NaN, Number.POSITIVE_INFINITY),
  ),
});
const rollouts = fc
  .record({
    flags: fc.dictionary(fc.constantFrom(...FEATURES.slice(0, 3)), flags),
    canaryModeEnabled: fc.boolean(),
    canarySourceText: fc.array(sources).map((named) => named.join(',')),
  })
  .map((changes) => sampleRollout(changes));
const subjects = fc.record({
  leadSource: sources,
  contactId: ids,
  locationId: fc.constant('location-1'),
});

describe('a rule made ready once', () => {
  it('gives every lead the verdict and the reason of the contract, asked once or again', () => {
    const seen = new Set<VerdictReason>();
    fc.assert(
      fc.property(
        rollouts,
        fc.constantFrom(...FEATURES),
        fc.array(subjects, { minLength: 1 }),
        (rollout, feature, leads) => {
          const rule = new FeatureRule(feature, rollout);
          for (const lead of [...leads, ...leads]) {
            const reason = reasonByTheContract(feature, lead, rollout);
            seen.add(reason);
            expect(rule.verdictOn(lead)).toEqual({ enabled: reason === 'enabled', reason });
          }
        },
      ),
      { numRuns: 700 },
    );
    expect([...seen].sort()).toEqual([
      'canary_source_mismatch',
      'canary_source_missing',
      'canary_source_unconfigured',
      'enabled',
      'flag_disabled',
      'killed',
      'rollout_percentage',
    ]);
  });

  it('gives the same object for the same reason', () => {
    const rollout = sampleRollout({ canarySourceText: 'zillow', canaryModeEnabled: true });
    const lead = { leadSource: 'zillow', contactId: 'c', locationId: 'l' };
    const [one, other] = [new FeatureRule('a', rollout), new FeatureRule('b', rollout)];

    expect(one.verdictOn(lead)).toBe(other.verdictOn({ ...lead, contactId: 'd' }));
    expect(Object.isFrozen(one.verdictOn(lead))).toBe(true);
  });
});
