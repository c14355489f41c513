import { describe, expect, it } from '@jest/globals';
import { CallSlots } from './call-slots.js';

function enterAll(slots: CallSlots): number {
  let entered = 0;
  while (slots.tryEnter()) entered++;
  return entered;
}

function leaveAll(slots: CallSlots, count: number, isTroubled: boolean): void {
  for (let left = 0; left < count; left++) slots.leave(isTroubled);
}

describe('the slots of calls beside those to the CRM', () => {
  it('are as many as there may be', () => {
    expect(enterAll(new CallSlots(16))).toBe(16);
  });

  it('shrink to two when calls fail in a row', () => {
    const slots = new CallSlots(16);
    leaveAll(slots, enterAll(slots), true);
    expect(enterAll(slots)).toBe(2);
  });

  it('are all there again after one success', () => {
    const slots = new CallSlots(16);
    leaveAll(slots, enterAll(slots), true);
    expect(slots.tryEnter()).toBe(true);
    slots.leave(false);
    expect(enterAll(slots)).toBe(16);
  });

  it('do not shrink for one failure now and then', () => {
    const slots = new CallSlots(16);
    for (const isTroubled of [true, true, false, true, true]) {
      slots.tryEnter();
      slots.leave(isTroubled);
    }
    expect(enterAll(slots)).toBe(16);
  });
});
