/** Half of the lanes that are worked on at once, so that messages always find the other half free. */
export const MAX_CALLS = 16;
/** While the receiver is in trouble, each call may hold its lane for the whole time limit. */
const MAX_CALLS_IN_TROUBLE = 2;
/** Calls in a row that failed make trouble. */
const TROUBLE_AFTER = 3;

/** How many hook calls may be under way in this process: they share its workers with the messages to leads. */
export class HookSlots {
  private taken = 0;
  private failures = 0;

  /** Whether the caller may go ahead; it then has to `leave`. */
  tryEnter(): boolean {
    const limit = this.failures >= TROUBLE_AFTER ? MAX_CALLS_IN_TROUBLE : MAX_CALLS;
    if (this.taken >= limit) return false;
    this.taken++;
    return true;
  }

  leave(isTroubled: boolean): void {
    this.taken--;
    this.failures = isTroubled ? this.failures + 1 : 0;
  }
}
