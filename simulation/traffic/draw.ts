import { SeededRandom } from '../seeded-random.js';

/** Far apart, so that the streams of two leads or of two seeds do not meet. */
const STREAM_STEP = 0x9e3779b1;

/** Random choices of one stream: the same seed and stream choose the same on every machine. */
export class Draw {
  private readonly random: SeededRandom;

  constructor(seed: number, stream: number) {
    this.random = new SeededRandom(
      Math.imul(seed + 1, 0x85ebca6b) ^ Math.imul(stream + 1, STREAM_STEP),
    );
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.random.nextUniform();
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** A whole number, both ends included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.uniform() * (max - min + 1));
  }

  one<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[Math.floor(this.uniform() * items.length)] ?? items[0];
  }

  /** Each item with its weight; the weights need not add up to 1. */
  weighted<Item>(items: readonly [Weighted<Item>, ...Weighted<Item>[]]): Item {
    let point = this.uniform() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      point -= weight;
      if (point < 0) return item;
    }
    return items[0][0];
  }

  /** A new list, in any order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.uniform() }))
      .sort((left, right) => left.place - right.place)
      .map(({ item }) => item);
  }
}

export type Weighted<Item> = readonly [item: Item, weight: number];
