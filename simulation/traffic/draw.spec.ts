import { describe, expect, it } from '@jest/globals';
import { Draw } from './draw.js';

const sequence = (draw: Draw): number[] => Array.from({ length: 20 }, () => draw.uniform());

describe('Draw', () => {
  it('repeats itself for the same seed and stream', () => {
    expect(sequence(new Draw(7, 3))).toEqual(sequence(new Draw(7, 3)));
  });

  it('gives neighbouring seeds and streams sequences of their own', () => {
    const sequences = [0, 1, 2].flatMap((seed) =>
      [0, 1, 2].map((stream) => sequence(new Draw(seed, stream)).join()),
    );
    expect(new Set(sequences).size).toBe(9);
  });

  it('keeps whole numbers within their ends, and reaches both', () => {
    const draw = new Draw(1, 1);
    const drawn = new Set(Array.from({ length: 200 }, () => draw.whole(2, 4)));
    expect([...drawn].sort()).toEqual([2, 3, 4]);
  });

  it('follows the weights', () => {
    const draw = new Draw(1, 2);
    const drawn = Array.from({ length: 4_000 }, () =>
      draw.weighted([
        ['often', 3],
        ['rarely', 1],
        ['never', 0],
      ]),
    );
    const often = drawn.filter((item) => item === 'often').length / drawn.length;
    expect(often).toBeGreaterThan(0.7);
    expect(often).toBeLessThan(0.8);
    expect(drawn).not.toContain('never');
  });

  it('shuffles without losing anything, and leaves the original alone', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = new Draw(5, 5).shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted()).toEqual(items);
  });
});
