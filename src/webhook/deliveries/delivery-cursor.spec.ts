import { describe, expect, it } from '@jest/globals';
import { readCursor, writeCursor } from './delivery-cursor.js';

const position = {
  receivedAt: new Date('2026-02-10T10:00:00.123Z'),
  locationId: 'loc',
  deliveryId: 'evt:ü/1',
};

const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor of deliveries', () => {
  it('is read as it was written', () => {
    expect(readCursor(writeCursor(position))).toEqual(position);
  });

  it.each([
    '',
    'abc',
    encoded({}),
    encoded([1, 'a']),
    encoded(['1', 'a', 'b']),
    encoded([1e300, 'a', 'b']),
    encoded([1, 'a', 'b\0']),
    encoded([1, '', 'b']),
  ])('is not made up: %s', (text) => {
    expect(readCursor(text)).toBeUndefined();
  });
});
