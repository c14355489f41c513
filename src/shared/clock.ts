/** The one source of "now". Injected everywhere, so that a test can stand still or jump. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
