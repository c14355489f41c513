import { describe, expect, it } from '@jest/globals';
import { isPersonalSource } from './personal-source.js';

describe('isPersonalSource', () => {
  it.each([
    'dana@example.com',
    'Referred by Dana <dana@example.com>',
    '(972) 555-0143',
    'call 9725550',
    '1-2-3-4-5-6-7',
  ])('is so of %s', (source) => {
    expect(isPersonalSource(source)).toBe(true);
  });

  it.each(['', 'zillow', 'Facebook Ads 2026', 'instagram @homes', 'open house @ 4pm', '123456'])(
    'is not so of %s',
    (source) => {
      expect(isPersonalSource(source)).toBe(false);
    },
  );
});
