const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;
/** What stands for half of a surrogate pair, as in every encoder of UTF-8: U+FFFD. */
const REPLACEMENT = 0xbdbfef;

/** A hash under way: of a text that another one may follow. */
export interface PartialHash {
  /** Of the whole blocks of four bytes. */
  readonly hash: number;
  /** The bytes after them, the first one lowest. */
  readonly rest: number;
  /** Bytes so far. */
  readonly length: number;
}

/**
 * MurmurHash3 x86 32 bit (Austin Appleby, public domain) of a text's UTF-8 bytes, as an unsigned
 * number. Chosen for ramps because it is well mixed for sequential ids, unlike FNV, and fast; the
 * bytes are UTF-8, not UTF-16 units, so that another language computes the same bucket. They are
 * made one character at a time, since a buffer of them costs several times the hash.
 */
export function murmur3(text: string, seed: number): number {
  return finished(continued(begun(seed), text));
}

/** The hash of nothing yet. */
export function begun(seed: number): PartialHash {
  return { hash: seed | 0, rest: 0, length: 0 };
}

/** As if the texts were one, unless a surrogate pair lies across them. */
export function continued(before: PartialHash, text: string): PartialHash {
  let { hash, rest, length } = before;
  for (let index = 0; index < text.length; index += 1) {
    let bytes = text.charCodeAt(index);
    let count = 1;
    if (bytes >= 0x80) {
      const codePoint = text.codePointAt(index) ?? 0;
      bytes = utf8Bytes(codePoint);
      count = utf8Length(codePoint);
      if (count === 4) index += 1;
    }
    const filled = length & 3;
    length += count;
    rest |= bytes << (filled << 3);
    if (filled + count < 4) continue;
    hash = (Math.imul(rotateLeft(hash ^ mixBlock(rest), 13), 5) + 0xe6546b64) | 0;
    rest = filled === 0 ? 0 : bytes >>> ((4 - filled) << 3);
  }
  return { hash, rest, length };
}

export function finished({ hash, rest, length }: PartialHash): number {
  let mixed = hash ^ mixBlock(rest) ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The bytes of a character that is not ASCII, the first one lowest. */
function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x800) return 0x80c0 | (codePoint >> 6) | ((codePoint & 0x3f) << 8);
  if (codePoint >= 0xd800 && codePoint < 0xe000) return REPLACEMENT;
  const last = codePoint & 0x3f;
  const middle = (codePoint >> 6) & 0x3f;
  if (codePoint < 0x10000) return 0x8080e0 | (codePoint >> 12) | (middle << 8) | (last << 16);
  const second = (codePoint >> 12) & 0x3f;
  return 0x808080f0 | (codePoint >> 18) | (second << 8) | (middle << 16) | (last << 24);
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function mixBlock(block: number): number {
  return Math.imul(rotateLeft(Math.imul(block, C1), 15), C2);
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
