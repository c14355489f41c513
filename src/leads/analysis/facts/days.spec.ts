import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { dateOn, dayOn, dayThere, lastOfMonth, partsOf } from './days.js';

const instant = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('days', () => {
  it('are those that luxon counts', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom('America/Chicago', 'UTC'), (at, zone) => {
        const { year, month, day, weekday } = DateTime.fromJSDate(at, { zone });
        const there = dayThere(at, zone);
        expect(partsOf(there)).toEqual({ year, month, day, weekday });
        expect(there).toBe(dayOn(year, month, day));
        expect(partsOf(lastOfMonth(year, month)).day).toBe(
          DateTime.utc(year, month, day).daysInMonth,
        );
      }),
    );
  });

  it('are none where the month has no such day', () => {
    expect(dateOn(2027, 2, 29)).toBeUndefined();
    expect(dateOn(2027, 4, 0)).toBeUndefined();
    expect(dateOn(2028, 2, 29)).toBe(dayOn(2028, 2, 29));
  });
});
