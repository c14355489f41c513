const UINT32_RANGE = 4_294_967_296;
const DOUBLE_STEPS = 2 ** 53;

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Fills the state from one seed (SplitMix32), so that neighbouring seeds give unrelated streams. */
function spread(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/**
 * The same seed gives the same numbers on every machine: a simulated error rate can be reproduced.
 * Generator xoshiro128** (D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom Number
 * Generators", 2021). Not for secrets.
 */
export class SeededRandom {
  private readonly state: Uint32Array;

  constructor(seed: number) {
    const next = spread(seed);
    this.state = Uint32Array.from({ length: 4 }, next);
  }

  private nextUint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const mixedC = c ^ a;
    const mixedD = d ^ b;
    this.state[0] = a ^ mixedD;
    this.state[1] = b ^ mixedC;
    this.state[2] = mixedC ^ (b << 9);
    this.state[3] = rotateLeft(mixedD, 11);
    return result;
  }

  /** Uniform in [0, 1) with all 53 bits of a double. */
  nextUniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * (UINT32_RANGE / 64) + low) / DOUBLE_STEPS;
  }
}
