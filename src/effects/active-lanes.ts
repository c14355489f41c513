import type { ClaimedLane } from './claimed-lane.js';

/** Lanes worked on at the same time: the CRM's own limit is far below what these can carry. */
const MAX_LANES = 64;
/** Lanes claimed at once, so that no location fills the worker with one claim. */
const MAX_PER_CLAIM = 16;

/** What one process works on, and how it shares itself among locations. */
export class ActiveLanes {
  private readonly works = new Set<Promise<void>>();
  private readonly byLocation = new Map<string, number>();
  /** Locations whose turn at the CRM comes later, in ms since 1970. */
  private readonly pausedUntilMs = new Map<string, number>();

  /**
   * A lane beside its contact's is no part of its location's share, which is one of calls to the CRM.
   *
   * @returns settles once the lane no longer counts
   */
  add(
    { locationId, isSide }: Pick<ClaimedLane, 'locationId' | 'isSide'>,
    work: Promise<void>,
  ): Promise<void> {
    const weight = isSide ? 0 : 1;
    this.count(locationId, weight);
    const tracked: Promise<void> = work.finally(() => {
      this.works.delete(tracked);
      this.count(locationId, -weight);
    });
    this.works.add(tracked);
    return tracked;
  }

  /** A location at its limit is not asked for before its turn: its backlog would only be turned away. */
  pause(locationId: string, until: Date): void {
    this.pausedUntilMs.set(locationId, until.getTime());
  }

  /** How many lanes may be claimed now. */
  room(): number {
    return Math.min(MAX_PER_CLAIM, MAX_LANES - this.works.size);
  }

  /** Locations that have their share, so that there is always room for one more, or that have to wait. */
  busyLocations(now: Date): string[] {
    const share = Math.max(1, Math.floor(MAX_LANES / (this.byLocation.size + 1)));
    const full = [...this.byLocation].flatMap(([location, lanes]) =>
      lanes >= share ? [location] : [],
    );
    return [...new Set([...full, ...this.pausedLocations(now.getTime())])];
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.works);
  }

  private pausedLocations(nowMs: number): string[] {
    for (const [locationId, untilMs] of this.pausedUntilMs) {
      if (untilMs <= nowMs) this.pausedUntilMs.delete(locationId);
    }
    return [...this.pausedUntilMs.keys()];
  }

  private count(locationId: string, change: number): void {
    const lanes = (this.byLocation.get(locationId) ?? 0) + change;
    if (lanes === 0) this.byLocation.delete(locationId);
    else this.byLocation.set(locationId, lanes);
  }
}
