import { describe, expect, it } from '@jest/globals';
import { ENVIRONMENT } from './environment.js';
import { nearestName } from './nearest-name.js';

const NAMES = ENVIRONMENT.map(({ name }) => name);

describe('the nearest name', () => {
  it.each([
    ['FF_GROWTH_SLA_HANDOFF_ENABLED', 'FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED'],
    ['FF_GROWTH_AB_TESTING_ENABLED', 'FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED'],
    ['FF_GROWTH_ADAPTIVE_FOLLOW_UP_TIMING', 'FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED'],
    ['FF_GROWTH_CANARY_SOURCES', 'FF_GROWTH_CANARY_SOURCE'],
    ['FF_GROWTH_CANARY_ENABLED', 'FF_GROWTH_CANARY_MODE_ENABLED'],
    ['PROT', 'PORT'],
    ['DATBASE_URL', 'DATABASE_URL'],
    ['ADMIN_KEY', 'ADMIN_API_KEY'],
  ])('to %s is %s', (name, nearest) => {
    expect(nearestName(name, NAMES)).toBe(nearest);
  });

  it('is none where nothing is alike', () => {
    expect(nearestName('xyz', ['ABC'])).toBeUndefined();
    expect(nearestName('PORT', [])).toBeUndefined();
  });
});
