import { describe, expect, it } from '@jest/globals';
import { missingRanges, partitionDays, type TimeRange } from './partition-ranges.js';

function range(from: string, until: string): TimeRange {
  return { from: new Date(`${from}T00:00:00Z`), until: new Date(`${until}T00:00:00Z`) };
}

const WEDNESDAY = new Date('2026-03-04T12:00:00Z');

describe('the length of a partition', () => {
  it.each([
    [1, 1],
    [7, 2],
    [30, 7],
    [400, 20],
    [3_650, 183],
    [36_500, 1_825],
  ])('of rows kept for %i days is %i days', (keepDays, days) => {
    expect(partitionDays(keepDays)).toBe(days);
  });
});

describe('the partitions to be made', () => {
  it('are this week and the next', () => {
    expect(missingRanges([], WEDNESDAY, 7)).toEqual([
      range('2026-03-02', '2026-03-09'),
      range('2026-03-09', '2026-03-16'),
    ]);
  });

  it('are none where all are there', () => {
    const existing = [range('2026-03-02', '2026-03-09'), range('2026-03-09', '2026-03-16')];
    expect(missingRanges(existing, WEDNESDAY, 7)).toEqual([]);
  });

  it('begin where a table of the version before ends, off the grid', () => {
    const existing = [{ from: new Date(-8.64e15), until: new Date('2026-03-06T00:00:00Z') }];
    expect(missingRanges(existing, WEDNESDAY, 7)).toEqual([
      range('2026-03-06', '2026-03-09'),
      range('2026-03-09', '2026-03-16'),
    ]);
  });

  it('end where a later one begins, also when the clock has gone back', () => {
    const existing = [range('2026-03-06', '2026-03-30')];
    expect(missingRanges(existing, WEDNESDAY, 7)).toEqual([range('2026-03-02', '2026-03-06')]);
  });

  it('fit between those of another length', () => {
    const existing = [range('2026-03-04', '2026-03-05'), range('2026-03-07', '2026-03-08')];
    expect(missingRanges(existing, WEDNESDAY, 7)).toEqual([
      range('2026-03-02', '2026-03-04'),
      range('2026-03-05', '2026-03-07'),
      range('2026-03-08', '2026-03-09'),
      range('2026-03-09', '2026-03-16'),
    ]);
  });
});
