/** Locations of which turns are kept before those that nobody used are cleared away. */
const MAX_LOCATIONS = 1_000;

/**
 * Turns that are booked for this process, for the calls that follow the one which asked: each is good for
 * a short time and then lost.
 */
export class LentTurns {
  /** Ends, in ms, by location; the earliest first. */
  private readonly ends = new Map<string, number[]>();

  constructor(private readonly nowMs: () => number) {}

  /** @param ends until when each may be used, on the same clock, in order */
  lend(locationId: string, ends: readonly number[]): void {
    if (ends.length === 0) return;
    if (this.ends.size >= MAX_LOCATIONS) this.clearAway();
    const all = [...this.unused(locationId), ...ends];
    this.ends.set(
      locationId,
      all.sort((one, other) => one - other),
    );
  }

  /** The one that ends first: false when none is left. */
  use(locationId: string): boolean {
    const [first, ...others] = this.unused(locationId);
    if (others.length === 0) this.ends.delete(locationId);
    else this.ends.set(locationId, others);
    return first !== undefined;
  }

  forget(locationId: string): void {
    this.ends.delete(locationId);
  }

  private unused(locationId: string): readonly number[] {
    const nowMs = this.nowMs();
    return (this.ends.get(locationId) ?? []).filter((end) => end > nowMs);
  }

  private clearAway(): void {
    for (const locationId of this.ends.keys()) {
      if (this.unused(locationId).length === 0) this.ends.delete(locationId);
    }
  }
}
