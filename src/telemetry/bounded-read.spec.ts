import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BoundedRead } from './bounded-read.js';
import { FakeClock } from './testing/fake-clock.js';

const OPTIONS = { limitMs: 1_000, ttlMs: 5_000 };

describe('BoundedRead', () => {
  let clock: FakeClock;

  beforeEach(() => {
    clock = new FakeClock();
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('hands out the value and when it was read', async () => {
    const read = new BoundedRead(() => Promise.resolve('value'), OPTIONS, clock);

    expect(await read.read()).toEqual({ fresh: true, value: 'value', readAt: clock.now() });
  });

  it('shares one call among concurrent readers', async () => {
    const source = jest.fn(() => Promise.resolve(1));
    const read = new BoundedRead(source, OPTIONS, clock);

    await Promise.all([read.read(), read.read(), read.read()]);

    expect(source).toHaveBeenCalledTimes(1);
  });

  it('remembers an answer for its time and asks again after it', async () => {
    const source = jest.fn(() => Promise.resolve(1));
    const read = new BoundedRead(source, OPTIONS, clock);

    await read.read();
    clock.advance(4_999);
    await read.read();
    expect(source).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await read.read();
    expect(source).toHaveBeenCalledTimes(2);
  });

  it('asks every time without a time to live', async () => {
    const source = jest.fn(() => Promise.resolve(1));
    const read = new BoundedRead(source, { ...OPTIONS, ttlMs: 0 }, clock);

    await read.read();
    await read.read();

    expect(source).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['rejects', (): Promise<number> => Promise.reject(new Error('away'))],
    [
      'throws',
      (): Promise<number> => {
        throw new Error('away');
      },
    ],
  ])('tells of a failure, with the last good answer, when the source %s', async (_, fail) => {
    const source = jest
      .fn<() => Promise<number>>()
      .mockResolvedValueOnce(7)
      .mockImplementation(fail);
    const read = new BoundedRead(source, { ...OPTIONS, ttlMs: 0 }, clock);
    await read.read();
    const readAt = clock.now();
    clock.advance(60_000);

    expect(await read.read()).toMatchObject({
      fresh: false,
      reason: 'failed',
      last: { value: 7, readAt },
    });
  });

  it('remembers a failure too, so that a broken source is not hammered', async () => {
    const source = jest.fn<() => Promise<number>>().mockRejectedValue(new Error('away'));
    const read = new BoundedRead(source, OPTIONS, clock);

    await read.read();
    await read.read();

    expect(source).toHaveBeenCalledTimes(1);
  });

  it('waits no longer than its limit', async () => {
    const read = new BoundedRead(() => new Promise<number>(() => undefined), OPTIONS, clock);

    const reading = read.read();
    await jest.advanceTimersByTimeAsync(1_000);

    expect(await reading).toMatchObject({ fresh: false, reason: 'timed_out', last: undefined });
  });

  it('does not pile up calls on a source that hangs, but asks again in the end', async () => {
    const source = jest.fn(() => new Promise<number>(() => undefined));
    const read = new BoundedRead(source, { ...OPTIONS, ttlMs: 0 }, clock);
    const timeOut = async (): Promise<void> => {
      const reading = read.read();
      await jest.advanceTimersByTimeAsync(1_000);
      await reading;
      clock.advance(1_000);
    };

    for (let attempt = 0; attempt < 30; attempt += 1) await timeOut();
    expect(source).toHaveBeenCalledTimes(1);
    await timeOut();
    expect(source).toHaveBeenCalledTimes(2);
  });

  it('takes the late answer of a slow source at the next reading', async () => {
    let answer: (value: number) => void = () => undefined;
    const source = jest.fn(() => new Promise<number>((resolve) => (answer = resolve)));
    const read = new BoundedRead(source, { ...OPTIONS, ttlMs: 0 }, clock);
    const first = read.read();
    await jest.advanceTimersByTimeAsync(1_000);
    await first;

    const second = read.read();
    answer(9);

    expect(await second).toMatchObject({ fresh: true, value: 9 });
    expect(source).toHaveBeenCalledTimes(1);
  });

  it('leaves no timer behind', async () => {
    await new BoundedRead(() => Promise.resolve(1), OPTIONS, clock).read();

    expect(jest.getTimerCount()).toBe(0);
  });
});
