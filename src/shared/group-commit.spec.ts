import { describe, expect, it } from '@jest/globals';
import { GroupCommit, QueueFullError } from './group-commit.js';

/** A flush that waits until the test lets it go on. */
function controlled() {
  const batches: string[][] = [];
  const releases: (() => void)[] = [];
  const flush = async (items: readonly string[]): Promise<string[]> => {
    batches.push([...items]);
    await new Promise<void>((resolve) => releases.push(resolve));
    return items.map((item) => `${item}!`);
  };
  const releaseNext = async (): Promise<void> => {
    while (releases.length === 0) await Promise.resolve();
    releases.shift()?.();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { batches, flush, releaseNext };
}

const options = { maxItems: 100, isDivisible: () => true };

describe('GroupCommit', () => {
  it('flushes together what queued while the previous flush ran', async () => {
    const { batches, flush, releaseNext } = controlled();
    const group = new GroupCommit({ ...options, flush });
    const first = group.submit('a');
    while (batches.length === 0) await Promise.resolve();
    const later = [group.submit('b'), group.submit('c')];
    await releaseNext();
    await releaseNext();
    expect(await Promise.all([first, ...later])).toEqual(['a!', 'b!', 'c!']);
    expect(batches).toEqual([['a'], ['b', 'c']]);
  });

  it('gathers what comes of different answers in one turn of the event loop, if told to', async () => {
    const batchesOf = async (gathersTurn: boolean): Promise<readonly (readonly string[])[]> => {
      const batches: string[][] = [];
      const flush = (items: readonly string[]): Promise<readonly string[]> => {
        batches.push([...items]);
        return Promise.resolve(items);
      };
      const group = new GroupCommit({ ...options, flush, gathersTurn });
      // Callbacks of one turn: microtasks run between them.
      const submit = (item: string): Promise<string> =>
        new Promise((resolve) => setImmediate(() => resolve(group.submit(item))));
      await Promise.all(['a', 'b', 'c'].map(submit));
      return batches;
    };
    expect(await batchesOf(true)).toEqual([['a', 'b', 'c']]);
    expect(await batchesOf(false)).toEqual([['a'], ['b'], ['c']]);
  });

  it('never puts two items that share a key into one flush, and keeps their order', async () => {
    const batches: string[][] = [];
    const group = new GroupCommit<string, string>({
      ...options,
      keysOf: (item) => [item[0] ?? ''],
      flush: async (items) => {
        batches.push([...items]);
        return Promise.resolve([...items]);
      },
    });
    await Promise.all(['x1', 'y1', 'x2', 'x3', 'y2'].map((item) => group.submit(item)));
    expect(batches).toEqual([['x1', 'y1'], ['x2', 'y2'], ['x3']]);
  });

  it('does not let an item overtake one that was left behind for another key', async () => {
    const batches: string[][] = [];
    const group = new GroupCommit<string, string>({
      ...options,
      keysOf: (item) => [...item],
      flush: async (items) => {
        batches.push([...items]);
        return Promise.resolve([...items]);
      },
    });
    await Promise.all(['a', 'ab', 'b'].map((item) => group.submit(item)));
    expect(batches).toEqual([['a'], ['ab'], ['b']]);
  });

  it('bounds a flush by items and by weight, and takes a single item of any weight', async () => {
    const batches: string[][] = [];
    const flush = async (items: readonly string[]): Promise<string[]> => {
      batches.push([...items]);
      return Promise.resolve([...items]);
    };
    const group = new GroupCommit({
      ...options,
      flush,
      maxItems: 2,
      maxWeight: 3,
      weightOf: (item) => item.length,
    });
    await Promise.all(['aaaaaa', 'b', 'c', 'd'].map((item) => group.submit(item)));
    expect(batches).toEqual([['aaaaaa'], ['b', 'c'], ['d']]);
  });

  it('does not let items left behind for their key weigh on the flush', async () => {
    const batches: string[][] = [];
    const group = new GroupCommit<string, string>({
      ...options,
      maxWeight: 5,
      keysOf: (item) => [item[0] ?? ''],
      weightOf: (item) => item.length,
      flush: async (items) => {
        batches.push([...items]);
        return Promise.resolve([...items]);
      },
    });
    await Promise.all(['a', 'aaaaa', 'aaaaaa', 'b', 'c'].map((item) => group.submit(item)));
    expect(batches[0]).toEqual(['a', 'b', 'c']);
  });

  it('refuses what would wait behind too many', async () => {
    const { flush, releaseNext } = controlled();
    const group = new GroupCommit({ ...options, flush, maxWaiting: 1 });
    const first = group.submit('a');
    await Promise.resolve();
    await Promise.resolve();
    const second = group.submit('b');
    await expect(group.submit('c')).rejects.toThrow(QueueFullError);
    await releaseNext();
    await releaseNext();
    expect(await Promise.all([first, second])).toEqual(['a!', 'b!']);
  });

  it('refuses a heavy item where too much waits, and lets light ones through', async () => {
    const { flush, releaseNext } = controlled();
    const group = new GroupCommit({
      ...options,
      flush,
      weightOf: (item: string) => item.length,
      maxWaitingWeight: 1_000,
    });
    const first = group.submit('a');
    await Promise.resolve();
    await Promise.resolve();
    const heavy = group.submit('b'.repeat(900));
    await expect(group.submit('c'.repeat(200))).rejects.toThrow(QueueFullError);
    const light = group.submit('d');
    await releaseNext();
    await releaseNext();
    expect(await Promise.all([first, heavy, light])).toHaveLength(3);
  });

  it('isolates the one item at fault by halving', async () => {
    const group = new GroupCommit<number, number>({
      ...options,
      flush: (items) =>
        items.includes(5) ? Promise.reject(new Error('poison')) : Promise.resolve([...items]),
    });
    const results = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6, 7].map((item) => group.submit(item)),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('fails everybody when the failure is not the data’s fault, and works again afterwards', async () => {
    let away = true;
    const group = new GroupCommit<number, number>({
      ...options,
      isDivisible: () => false,
      flush: (items) => (away ? Promise.reject(new Error('away')) : Promise.resolve([...items])),
    });
    const results = await Promise.allSettled([group.submit(1), group.submit(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    away = false;
    expect(await group.submit(3)).toBe(3);
  });

  describe('with a flush that is stuck', () => {
    const stuck = () => {
      const flights = controlled();
      const group = new GroupCommit<string, string>({
        ...options,
        flush: flights.flush,
        keysOf: (item) => [item[0] ?? ''],
        overtakeAfterMs: 5,
      });
      return { ...flights, group };
    };
    const seen = async (batches: readonly unknown[], count: number): Promise<void> => {
      while (batches.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
    };

    it('begins the next one beside it, without what shares a key with it', async () => {
      const { batches, group, releaseNext } = stuck();
      const first = group.submit('a1');
      await seen(batches, 1);
      const later = [group.submit('a2'), group.submit('b1')];
      await seen(batches, 2);
      expect(batches).toEqual([['a1'], ['b1']]);
      // The stuck one comes to an end, and only then does what waited for it begin.
      await releaseNext();
      expect(await first).toBe('a1!');
      await seen(batches, 3);
      expect(batches[2]).toEqual(['a2']);
      await releaseNext();
      await releaseNext();
      expect(await Promise.all(later)).toEqual(['a2!', 'b1!']);
      await group.idle();
    });

    it('has no more than four of them beside each other', async () => {
      const { batches, group, releaseNext } = stuck();
      const items: Promise<string>[] = [];
      for (const [index, item] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        items.push(group.submit(item));
        if (index < 4) await seen(batches, index + 1);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(batches).toEqual([['a'], ['b'], ['c'], ['d']]);
      await releaseNext();
      await seen(batches, 5);
      expect(batches[4]).toEqual(['e']);
      const idle = group.idle();
      for (let flight = 0; flight < 4; flight += 1) await releaseNext();
      await idle;
      expect(await Promise.all(items)).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
    });
  });

  it('is idle once all is flushed', async () => {
    const group = new GroupCommit<number, number>({
      ...options,
      flush: (items) => Promise.resolve([...items]),
    });
    void group.submit(1);
    void group.submit(2);
    await group.idle();
    expect(await group.submit(3)).toBe(3);
  });
});
