import type { LaneHold } from './claimed-lane.js';

/** Lanes worked on at the same time: the CRM's own limit is far below what these can carry. */
const MAX_LANES = 32;
/** Lanes claimed at once, so that no location fills the worker with one claim. */
const MAX_PER_CLAIM = 8;
/** Lanes of one location: a backlog at its limit must leave room for the others. */
const MAX_PER_LOCATION = 16;

/** What one process works on, and how it shares itself among locations. */
export class ActiveLanes {
  private readonly works = new Set<Promise<void>>();
  private readonly byLocation = new Map<string, number>();

  add({ locationId }: LaneHold, work: Promise<void>): void {
    this.count(locationId, 1);
    const tracked: Promise<void> = work.finally(() => {
      this.works.delete(tracked);
      this.count(locationId, -1);
    });
    this.works.add(tracked);
  }

  /** How many lanes may be claimed now. */
  room(): number {
    return Math.min(MAX_PER_CLAIM, MAX_LANES - this.works.size);
  }

  busyLocations(): string[] {
    return [...this.byLocation].flatMap(([locationId, lanes]) =>
      lanes >= MAX_PER_LOCATION ? [locationId] : [],
    );
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.works);
  }

  private count(locationId: string, change: number): void {
    const lanes = (this.byLocation.get(locationId) ?? 0) + change;
    if (lanes === 0) this.byLocation.delete(locationId);
    else this.byLocation.set(locationId, lanes);
  }
}
