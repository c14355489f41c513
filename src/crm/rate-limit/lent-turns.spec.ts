import { describe, expect, it } from '@jest/globals';
import { LentTurns } from './lent-turns.js';

function turnsAt(times: { now: number }): LentTurns {
  return new LentTurns(() => times.now);
}

describe('LentTurns', () => {
  it('gives each turn once, to its own location', () => {
    const turns = turnsAt({ now: 0 });
    turns.lend('one', [100, 200]);
    expect(turns.use('other')).toBe(false);
    expect([turns.use('one'), turns.use('one'), turns.use('one')]).toEqual([true, true, false]);
  });

  it('uses first what ends first, so that least is lost', () => {
    const times = { now: 0 };
    const turns = turnsAt(times);
    turns.lend('one', [300]);
    turns.lend('one', [100]);
    turns.use('one');
    times.now = 200;
    expect([turns.use('one'), turns.use('one')]).toEqual([true, false]);
  });

  it('loses what nobody has used in time, and what it is told to forget', () => {
    const times = { now: 0 };
    const turns = turnsAt(times);
    turns.lend('one', [100, 101]);
    turns.lend('other', [1_000]);
    times.now = 100;
    expect([turns.use('one'), turns.use('one')]).toEqual([true, false]);
    turns.forget('other');
    expect(turns.use('other')).toBe(false);
  });

  it('keeps what can still be used when it clears away the rest', () => {
    const times = { now: 0 };
    const turns = turnsAt(times);
    turns.lend('long', [1_000]);
    for (let location = 0; location < 2_000; location += 1) turns.lend(`short-${location}`, [100]);
    times.now = 500;
    turns.lend('another', [1_000]);
    expect([turns.use('long'), turns.use('another')]).toEqual([true, true]);
    expect(turns.use('short-1')).toBe(false);
  });
});
