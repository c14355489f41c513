import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { begun, continued, finished, murmur3 } from './murmur3.js';

/** The hash over a buffer, as the published algorithm has it. */
function murmur3OfBuffer(text: string, seed: number): number {
  const bytes = Buffer.from(text, 'utf8');
  const wholeLength = bytes.length & ~3;
  const rotated = (value: number, bits: number): number =>
    (value << bits) | (value >>> (32 - bits));
  const mixed = (block: number): number =>
    Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
  let hash = seed | 0;
  for (let offset = 0; offset < wholeLength; offset += 4) {
    hash = Math.imul(rotated(hash ^ mixed(bytes.readInt32LE(offset)), 13), 5) + 0xe6546b64;
  }
  if (bytes.length > wholeLength) {
    hash ^= mixed(bytes.readUIntLE(wholeLength, bytes.length - wholeLength));
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const seeds = fc.integer({ min: 0, max: 0xffffffff });
/** Texts of characters of one to four bytes, and of halves of surrogate pairs. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0x10000, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
      fc.constantFrom('a', 'é', '用', '😀', '\u{7f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}'),
    ),
    maxLength: 30,
  }),
);

describe('murmur3', () => {
  it('is the hash over the UTF-8 bytes that a buffer of the text holds', () => {
    fc.assert(
      fc.property(texts, seeds, (text, seed) => {
        expect(murmur3(text, seed)).toBe(murmur3OfBuffer(text, seed));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['\ud800', '\udc00', 'a\ud83d', '\ude00\ud83d', '\ud83d\ud83d\ude00', '\ud83da'])(
    'takes half of a surrogate pair for U+FFFD, as in %j',
    (text) => {
      expect(murmur3(text, 7)).toBe(murmur3OfBuffer(text, 7));
      expect(murmur3(text, 7)).toBe(murmur3(text.toWellFormed(), 7));
    },
  );

  it('may be computed in parts', () => {
    fc.assert(
      fc.property(texts, texts, seeds, (start, end, seed) => {
        const hash = finished(continued(continued(begun(seed), `${start}:`), end));

        expect(hash).toBe(murmur3(`${start}:${end}`, seed));
      }),
    );
  });
});
