import { describe, expect, it } from '@jest/globals';

import { readAnalysis, readFollowUp, readNumber } from './lead-readings.js';

describe('readNumber', () => {
  it.each<[unknown, number | undefined]>([
    [72, 72],
    ['72', 72],
    [' 72.5 ', 72.5],
    ['.5', 0.5],
    ['-3', -3],
    ['1e2', 100],
    ['', undefined],
    [' ', undefined],
    ['x', undefined],
    ['72x', undefined],
    ['0x10', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [true, undefined],
    [null, undefined],
    [undefined, undefined],
    [[7], undefined],
    [{}, undefined],
  ])('reads %j as %j', (value, expected) => {
    expect(readNumber(value)).toBe(expected);
  });
});

describe('readAnalysis', () => {
  it('reads an analysis as it is stored', () => {
    const analysis = { lead_score: 84.9, priority: 'review_required', lead_temperature: 'warm' };

    expect(readAnalysis({ ...analysis, other: 1 })).toEqual(analysis);
  });

  it('takes the lowest word for one that is left out or blank', () => {
    const lowest = { lead_score: 10, priority: 'normal', lead_temperature: 'cold' };

    expect(readAnalysis({ lead_score: '10' })).toEqual(lowest);
    expect(readAnalysis({ lead_score: 10, priority: '', lead_temperature: null })).toEqual(lowest);
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [7],
    [[]],
    [{}],
    [{ lead_score: 'x' }],
    [{ lead_score: null }],
    [{ lead_score: 1, priority: 'urgent' }],
    [{ lead_score: 1, priority: 7 }],
    [{ lead_score: 1, lead_temperature: ['hot'] }],
  ])('finds %j malformed', (value) => {
    expect(readAnalysis(value)).toBeNull();
  });
});

describe('readFollowUp', () => {
  it.each([[undefined], [null]])('reads %j as none', (value) => {
    expect(readFollowUp(value)).toBeUndefined();
  });

  it.each([[{}], [{ engagement_score: 'x' }]])('takes %j as it is', (value) => {
    expect(readFollowUp(value)).toBe(value);
  });

  it.each([['text'], [7], [false], [[]]])('finds %j malformed', (value) => {
    expect(readFollowUp(value)).toBeNull();
  });
});
