import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './ghl-retry-after.js';

const NOW = new Date('2026-06-01T12:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['nothing', {}, 10_000],
    ['Retry-After in seconds', { 'retry-after': '7' }, 7_000],
    ['Retry-After as a date', { 'retry-after': 'Mon, 01 Jun 2026 12:00:20 GMT' }, 20_000],
    ['a date in the past', { 'retry-after': 'Mon, 01 Jun 2026 11:00:00 GMT' }, 250],
    ['an endless Retry-After', { 'retry-after': '999999999' }, 3_600_000],
    ['an unreadable Retry-After', { 'retry-after': 'soon' }, 10_000],
    ['the interval', { 'x-ratelimit-interval-milliseconds': '4000' }, 4_000],
    ['an endless interval', { 'x-ratelimit-interval-milliseconds': '86400000' }, 30_000],
    ['both', { 'retry-after': '3', 'x-ratelimit-interval-milliseconds': '9000' }, 3_000],
    ['the day used up', { 'x-ratelimit-daily-remaining': '0', 'retry-after': '1' }, 3_600_000],
    [
      'the day used up and a span',
      { 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-daily-reset': '600000' },
      600_000,
    ],
    [
      'the day used up and a time',
      {
        'x-ratelimit-daily-remaining': '0',
        'x-ratelimit-daily-reset': String(NOW.getTime() + 60_000),
      },
      60_000,
    ],
    ['calls left today', { 'x-ratelimit-daily-remaining': '5', 'retry-after': '1' }, 1_000],
    ['numbers that are none', { 'x-ratelimit-interval-milliseconds': '-5' }, 10_000],
  ])('waits as told by %s', (_, headers, expected) => {
    expect(retryAfterMs(headers, NOW)).toBe(expected);
  });
});
