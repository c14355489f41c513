const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/**
 * MurmurHash3 x86 32 bit (Austin Appleby, public domain) of a text's UTF-8 bytes, as an unsigned
 * number. Chosen for ramps because it is well mixed for sequential ids, unlike FNV, and fast; the
 * bytes are UTF-8, not UTF-16 units, so that another language computes the same bucket.
 */
export function murmur3(text: string, seed: number): number {
  const bytes = Buffer.from(text, 'utf8');
  const wholeLength = bytes.length & ~3;
  let hash = seed | 0;
  for (let offset = 0; offset < wholeLength; offset += 4) {
    hash ^= mixBlock(bytes.readInt32LE(offset));
    hash = Math.imul(rotateLeft(hash, 13), 5) + 0xe6546b64;
  }
  if (bytes.length > wholeLength) {
    hash ^= mixBlock(bytes.readUIntLE(wholeLength, bytes.length - wholeLength));
  }
  return finalize(hash ^ bytes.length);
}

function mixBlock(block: number): number {
  return Math.imul(rotateLeft(Math.imul(block, C1), 15), C2);
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function finalize(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
