/**
 * How long ago, for whoever must not act on what has grown old while the process stood still. A
 * stopped process is seen by the monotonic clock, a suspended machine by the clock on the wall: the
 * longer of the two counts.
 */
export class Stopwatch {
  private readonly startedAtMs = performance.now();
  private readonly wallStartedAtMs = Date.now();

  elapsedMs(): number {
    return Math.max(performance.now() - this.startedAtMs, Date.now() - this.wallStartedAtMs);
  }
}
