import { describe, expect, it } from '@jest/globals';
import { HookSlots } from './hook-slots.js';

function enterAll(slots: HookSlots): number {
  let entered = 0;
  while (slots.tryEnter()) entered++;
  return entered;
}

function leaveAll(slots: HookSlots, count: number, isTroubled: boolean): void {
  for (let left = 0; left < count; left++) slots.leave(isTroubled);
}

describe('the slots of hook calls', () => {
  it('leave half of the 32 lanes to messages', () => {
    expect(enterAll(new HookSlots())).toBe(16);
  });

  it('shrink to two when calls fail in a row', () => {
    const slots = new HookSlots();
    leaveAll(slots, enterAll(slots), true);
    expect(enterAll(slots)).toBe(2);
  });

  it('are all there again after one success', () => {
    const slots = new HookSlots();
    leaveAll(slots, enterAll(slots), true);
    expect(slots.tryEnter()).toBe(true);
    slots.leave(false);
    expect(enterAll(slots)).toBe(16);
  });

  it('do not shrink for one failure now and then', () => {
    const slots = new HookSlots();
    for (const isTroubled of [true, true, false, true, true]) {
      slots.tryEnter();
      slots.leave(isTroubled);
    }
    expect(enterAll(slots)).toBe(16);
  });
});
