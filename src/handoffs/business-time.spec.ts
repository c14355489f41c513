import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { parseBusinessHours } from '../config/business-hours.js';
import { addBusinessTime } from './business-time.js';
import { hoursOf } from './testing/sample-handoffs.js';

const CHICAGO = 'America/Chicago';
const WEEK = hoursOf('Mon-Sat 8-20');

/** Both times on the wall of the zone. */
function due(start: string, minutes: number, hours = WEEK, zone = CHICAGO): string {
  const at = addBusinessTime(DateTime.fromISO(start, { zone }).toJSDate(), minutes, hours, zone);
  return DateTime.fromJSDate(at, { zone }).toFormat("ccc yyyy-LL-dd'T'HH:mm");
}

describe('addBusinessTime', () => {
  it.each([
    ['within the hours', '2026-03-02T09:00', 5, 'Mon 2026-03-02T09:05'],
    ['up to the very end', '2026-03-02T19:55', 5, 'Mon 2026-03-02T20:00'],
    ['early in the morning, from the opening', '2026-03-02T03:00', 5, 'Mon 2026-03-02T08:05'],
    ['at the moment of opening', '2026-03-02T08:00', 5, 'Mon 2026-03-02T08:05'],
    ['late in the evening, from the next opening', '2026-03-02T21:00', 60, 'Tue 2026-03-03T09:00'],
    ['at the moment of closing', '2026-03-02T20:00', 5, 'Tue 2026-03-03T08:05'],
    ['across the night, with what is left', '2026-03-02T19:40', 60, 'Tue 2026-03-03T08:40'],
    ['on Saturday evening, over the Sunday', '2026-03-07T19:58', 5, 'Mon 2026-03-09T08:03'],
    ['on Sunday, from Monday', '2026-03-08T12:00', 60, 'Mon 2026-03-09T09:00'],
    ['over several days', '2026-03-06T19:00', 25 * 60, 'Mon 2026-03-09T20:00'],
  ])('counts %s', (_case, start, minutes, expected) => {
    expect(due(start, minutes)).toBe(expected);
  });

  it('knows nights in which the clocks change: 8:00 is 8:00 on the wall', () => {
    // 2026-03-08 the clocks go forward, 2026-11-01 back; both are Sundays.
    expect(due('2026-03-07T19:59', 2)).toBe('Mon 2026-03-09T08:01');
    expect(due('2026-10-31T19:59', 2)).toBe('Mon 2026-11-02T08:01');
  });

  it('counts real time on a day on which the clocks change', () => {
    const always = hoursOf('always');
    expect(due('2026-03-08T01:30', 60, always)).toBe('Sun 2026-03-08T03:30');
    const start = new Date('2026-11-01T06:30:00Z');
    expect(addBusinessTime(start, 120, always, CHICAGO)).toEqual(new Date('2026-11-01T08:30:00Z'));
  });

  it('moves an opening that falls into the hour that the clocks skip', () => {
    const early = hoursOf('Sun 2-2:30, Mon 8-20');
    expect(due('2026-03-01T00:00', 10, early)).toBe('Sun 2026-03-01T02:10');
    expect(due('2026-03-08T00:00', 10, early)).toBe('Sun 2026-03-08T03:10');
    expect(due('2026-03-08T00:00', 35, early)).toBe('Mon 2026-03-09T08:05');
  });

  it('reads the hours in the zone of the business', () => {
    expect(due('2026-03-02T07:00', 5, WEEK, 'Asia/Kolkata')).toBe('Mon 2026-03-02T08:05');
    expect(addBusinessTime(new Date('2026-03-02T07:00:00Z'), 5, WEEK, 'Nowhere/Land')).toEqual(
      new Date('2026-03-02T08:05:00Z'),
    );
  });

  it('counts openings that overlap, or stand in any order, once', () => {
    const overlapping = hoursOf('Mon 10-14, Mon 8-12, Tue 8-9');
    expect(due('2026-03-02T08:00', 6 * 60, overlapping)).toBe('Mon 2026-03-02T14:00');
    expect(due('2026-03-02T08:00', 6 * 60 + 1, overlapping)).toBe('Tue 2026-03-03T08:01');
  });

  it('never ends before its time, nor outside the hours', () => {
    const startMs = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    const minutes = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(startMs, minutes, (start, length) => {
        const end = addBusinessTime(new Date(start), length, WEEK, CHICAGO);
        const local = DateTime.fromJSDate(end, { zone: CHICAGO });
        const sinceOpeningMs = local.diff(local.startOf('day').set({ hour: 8 })).toMillis();
        expect(end.getTime() - start).toBeGreaterThanOrEqual(length * 60_000);
        expect(local.weekday).toBeLessThanOrEqual(6);
        expect(sinceOpeningMs).toBeGreaterThan(0);
        expect(sinceOpeningMs).toBeLessThanOrEqual(12 * 3_600_000);
      }),
      { numRuns: 200 },
    );
  });
});

describe('parseBusinessHours', () => {
  it('reads days and hours', () => {
    expect(parseBusinessHours(' Mon-Tue  8-20, sat 9:30-12:15 ')).toEqual([
      { weekday: 1, fromMinute: 480, toMinute: 1_200 },
      { weekday: 2, fromMinute: 480, toMinute: 1_200 },
      { weekday: 6, fromMinute: 570, toMinute: 735 },
    ]);
  });

  it('reads days over the end of the week, and whole days', () => {
    expect(parseBusinessHours('Sun-Mon 0-24')?.map(({ weekday }) => weekday)).toEqual([7, 1]);
    expect(parseBusinessHours('always')).toHaveLength(7);
  });

  it.each([
    '',
    '8-20',
    'Mon',
    'Mon 20-8',
    'Mon 8-8',
    'Mon 8-25',
    'Mon 8-24:30',
    'Mox 8-20',
    'Mon-Xyz 8-20',
    'Mon 8-20,',
  ])('does not guess what %j means', (text) => {
    expect(parseBusinessHours(text)).toBeUndefined();
  });
});
