import { Clock } from '../../shared/clock.js';

/** Stands still until it is moved. */
export class FakeClock extends Clock {
  constructor(private current = new Date('2026-03-02T15:00:00.000Z')) {
    super();
  }

  override now(): Date {
    return new Date(this.current);
  }

  advance(ms: number): void {
    this.current = new Date(this.current.getTime() + ms);
  }
}
