import { RequestTally, type WindowSnapshot } from './request-tally.js';

export interface RollingWindowSize {
  readonly slotMs: number;
  readonly slots: number;
}

interface Slot {
  /** Number of the slot since the epoch: tells a slot of this round from one of the last. */
  number: number;
  readonly tally: RequestTally;
}

/**
 * A rolling window as a ring of time slots, so that its memory does not depend on the traffic.
 * It never shows what is older than the window; its oldest part is dropped a slot at a time, so it
 * covers between `slots - 1` and `slots` slots.
 */
export class RollingWindow {
  private readonly ring: (Slot | undefined)[];

  constructor(private readonly size: RollingWindowSize) {
    this.ring = new Array<Slot | undefined>(size.slots).fill(undefined);
  }

  /** Slots that hold memory; never more than the window's size. */
  get allocatedSlots(): number {
    return this.ring.filter((slot) => slot !== undefined).length;
  }

  /** The tally to record in at this moment. */
  tallyAt(at: Date): RequestTally {
    const number = this.slotNumber(at);
    const position = number % this.size.slots;
    const slot = (this.ring[position] ??= { number, tally: new RequestTally() });
    if (slot.number !== number) {
      slot.number = number;
      slot.tally.clear();
    }
    return slot.tally;
  }

  snapshot(now: Date): WindowSnapshot {
    const current = this.slotNumber(now);
    const merged = new RequestTally();
    for (const slot of this.ring) {
      if (slot && slot.number <= current && slot.number > current - this.size.slots)
        merged.add(slot.tally);
    }
    return merged.snapshot();
  }

  private slotNumber(at: Date): number {
    return Math.floor(at.getTime() / this.size.slotMs);
  }
}
