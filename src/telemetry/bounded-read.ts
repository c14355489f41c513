import type { Clock } from '../shared/clock.js';

export interface BoundedReadOptions {
  /** No caller waits longer than this. */
  readonly limitMs: number;
  /** How long an answer serves without asking again; 0 asks every time. */
  readonly ttlMs: number;
}

export type Reading<T> =
  | { readonly fresh: true; readonly value: T; readonly readAt: Date }
  | {
      readonly fresh: false;
      readonly reason: 'timed_out' | 'failed';
      readonly error: unknown;
      /** The last good answer, if there ever was one. */
      readonly last: { readonly value: T; readonly readAt: Date } | undefined;
    };

/**
 * A source that never answers is asked again after this: often enough to notice that it is back,
 * rarely enough that the unanswered questions do not fill a connection pool.
 */
const ABANDON_AFTER_MS = 30_000;

/**
 * Reads something that may be slow or away: bounded in time, shared by concurrent callers, remembered
 * for a while, and never throwing. For health checks and scrapes, which must answer above all when
 * what they ask about does not.
 */
export class BoundedRead<T> {
  private latest: { readonly reading: Reading<T>; readonly atMs: number } | undefined;
  private last: { readonly value: T; readonly readAt: Date } | undefined;
  private pending: Promise<Reading<T>> | undefined;
  private call: { readonly answer: Promise<T>; readonly startedAtMs: number } | undefined;

  constructor(
    private readonly source: () => Promise<T>,
    private readonly options: BoundedReadOptions,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Reading<T>> {
    if (this.latest && this.nowMs() - this.latest.atMs < this.options.ttlMs)
      return this.latest.reading;
    this.pending ??= this.attempt().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async attempt(): Promise<Reading<T>> {
    const reading = await this.ask();
    this.latest = { reading, atMs: this.nowMs() };
    return reading;
  }

  private async ask(): Promise<Reading<T>> {
    try {
      const value = await withTimeLimit(this.openCall(), this.options.limitMs);
      this.last = { value, readAt: this.clock.now() };
      return { fresh: true, ...this.last };
    } catch (error) {
      const reason = error instanceof TimeLimitError ? 'timed_out' : 'failed';
      return { fresh: false, reason, error, last: this.last };
    }
  }

  /** The call that is still unanswered, or a new one. */
  private openCall(): Promise<T> {
    if (this.call && this.nowMs() - this.call.startedAtMs < ABANDON_AFTER_MS)
      return this.call.answer;
    const call = { answer: this.callSource(), startedAtMs: this.nowMs() };
    const close = (): void => {
      if (this.call === call) this.call = undefined;
    };
    call.answer.then(close, close);
    this.call = call;
    return call.answer;
  }

  /** `async`, so that a source that throws instead of rejecting is a failed reading too. */
  private async callSource(): Promise<T> {
    return this.source();
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}

class TimeLimitError extends Error {}

async function withTimeLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
