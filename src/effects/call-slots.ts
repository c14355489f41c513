import type { Disposition } from './disposition.js';

/** While the receiver is in trouble, each call may hold its lane for the whole time limit. */
const MOST_IN_TROUBLE = 2;
/** Calls in a row that failed make trouble. */
const TROUBLE_AFTER = 3;

/**
 * How many calls that are not made to the CRM may be under way in this process: they share its workers
 * with the messages to leads.
 */
export class CallSlots {
  private taken = 0;
  private failures = 0;

  /** @param most calls at once */
  constructor(private readonly most: number) {}

  /** Whether the caller may go ahead; it then has to `leave`. */
  tryEnter(): boolean {
    const limit = this.failures >= TROUBLE_AFTER ? Math.min(MOST_IN_TROUBLE, this.most) : this.most;
    if (this.taken >= limit) return false;
    this.taken++;
    return true;
  }

  leave(isTroubled: boolean): void {
    this.taken--;
    this.failures = isTroubled ? this.failures + 1 : 0;
  }
}

/**
 * For a call that found no slot. Not the receiver's fault, so it counts as no attempt.
 *
 * @param waitMs it comes back after between one and two of these
 */
export function waitForSlot(waitMs: number): Disposition {
  const afterMs = Math.round(waitMs * (1 + Math.random()));
  return { kind: 'retry', error: 'waits for its turn', cause: 'limited', afterMs };
}
