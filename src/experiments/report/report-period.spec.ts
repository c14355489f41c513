import { describe, expect, it } from '@jest/globals';
import { readPeriod } from './report-period.js';

describe('readPeriod', () => {
  it.each([
    [{}, null, null],
    [{ from: '2026-03-01' }, '2026-03-01T00:00:00.000Z', null],
    [{ to: '2026-03-01' }, null, '2026-03-02T00:00:00.000Z'],
    [{ to: '2026-03-01T08:00:00+02:00' }, null, '2026-03-01T06:00:00.000Z'],
    [
      { from: '2026-03-01', to: '2026-03-01' },
      '2026-03-01T00:00:00.000Z',
      '2026-03-02T00:00:00.000Z',
    ],
  ])('reads %j', (query, from, to) => {
    const reading = readPeriod(query);
    expect(reading).toEqual({
      kind: 'period',
      period: {
        from: from === null ? null : new Date(from),
        to: to === null ? null : new Date(to),
      },
    });
  });

  it.each([
    ['from', { from: '2026-03-01T99:00Z' }],
    ['to', { to: '2026-99-01' }],
    ['to', { from: '2026-03-02', to: '2026-03-01' }],
    ['to', { from: '2026-03-01T08:00:00Z', to: '2026-03-01T08:00:00Z' }],
  ])('names %s in %j', (field, query) => {
    expect(readPeriod(query)).toMatchObject({ kind: 'invalid', field });
  });
});
