import { describe, expect, it } from '@jest/globals';
import { metricKey, reportedSource } from './growth-feature.js';

describe('metricKey', () => {
  it.each([
    ['Facebook Ads', 'facebook_ads'],
    ['  Google  ', 'google'],
    ['a--b', 'a__b'],
    ['__x__', 'x'],
    ['utm:fb/2026', 'utm_fb_2026'],
    ['ÜNÏ source', 'n__source'],
    ['微信', 'unknown'],
    ['', 'unknown'],
    ['  ', 'unknown'],
    ['???', 'unknown'],
    ['__proto__', 'proto'],
  ])('turns %j into %j', (value, key) => {
    expect(metricKey(value)).toBe(key);
  });

  it('leaves a metric key as it is, so that it can be given as a canary source', () => {
    for (const value of ['Facebook Ads', 'utm:fb/2026', '']) {
      expect(metricKey(metricKey(value))).toBe(metricKey(value));
    }
  });

  it('takes time linear in its input', () => {
    const inner = '_'.repeat(200_000);
    expect(metricKey(`_a${inner}b_`)).toBe(`a${inner}b`);
  });
});

describe('reportedSource', () => {
  it.each([
    ['Facebook Ads ', 'facebook ads'],
    ['', 'unknown'],
    ['  ', 'unknown'],
  ])('reports %j as %j', (source, reported) => {
    expect(reportedSource(source)).toBe(reported);
  });
});
