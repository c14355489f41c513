import { describe, expect, it } from '@jest/globals';
import { Keyset } from './keyset.js';

const ORDER = new Keyset('rows', { at: 'time', id: 'text', number: 'number' });

const row = (number: number) => ({ at: new Date(1_770_000_000_123), id: 'evt:ü/1', number });
const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a page', () => {
  it('holds as many rows as asked for, and a cursor where there are more', () => {
    const { items, next_cursor } = ORDER.page([row(1), row(2), row(3)], { limit: 2 });
    expect(items).toEqual([row(1), row(2)]);
    expect(ORDER.after({ cursor: next_cursor ?? '' })).toEqual(row(2));
  });

  it('is the last when there are no more', () => {
    const rows = [row(1), row(2)];
    expect(ORDER.page(rows, { limit: 2 })).toEqual({ items: rows, next_cursor: null });
    expect(ORDER.page([], { limit: 2 })).toEqual({ items: [], next_cursor: null });
  });

  it('is the first without a cursor', () => {
    expect(ORDER.after({})).toBeUndefined();
  });
});

describe('a cursor', () => {
  it.each([
    '',
    'abc',
    encoded({}),
    encoded([]),
    encoded([1, 'a', 1]),
    encoded(['others', 1, 'a', 1]),
    encoded(['rows', 1, 'a']),
    encoded(['rows', 1, 'a', 1, 1]),
    encoded(['rows', '1', 'a', 1]),
    encoded(['rows', 1e300, 'a', 1]),
    encoded(['rows', 1, 'a\0', 1]),
    encoded(['rows', 1, '', 1]),
    encoded(['rows', 1, 'a', -1]),
    encoded(['rows', 1, 'a', 1.5]),
    encoded(['rows', 1, 'a', null]),
  ])('is not made up: %s', (cursor) => {
    expect(() => ORDER.after({ cursor })).toThrow(
      expect.objectContaining({
        parts: { errors: [{ field: 'cursor', message: expect.stringContaining('next_cursor') }] },
      }),
    );
  });
});
