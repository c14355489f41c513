import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import type { Clock } from '../shared/clock.js';
import type { DatabaseListener } from './database-listener.js';

/** How soon a load that failed is tried again. */
const RETRY_MS = 1_000;
/** A backstop for notifications that were lost: the longest that a change can go unnoticed. */
const POLL_MS = 30_000;

export interface ReloadedTableOptions<Value> {
  /** In snake_case, for the log and the operator. */
  readonly name: string;
  /** Notified in every transaction that changes the table. */
  readonly channel: string;
  /** Reads the whole of it, in the form in which it is asked. */
  load(): Promise<Value>;
}

/**
 * A small table in memory, synchronous to ask and in every replica within moments of a change. While
 * the database is away the last known state stays in force, and its age tells how old it is.
 */
export class ReloadedTable<Value> {
  readonly name: string;
  private readonly logger = new Logger(ReloadedTable.name);
  private loaded: { readonly value: Value; readonly at: Date } | undefined;
  private running: Promise<void> = Promise.resolve();
  private queued: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly options: ReloadedTableOptions<Value>,
    private readonly listener: Pick<DatabaseListener, 'listen'>,
    private readonly clock: Clock,
  ) {
    this.name = options.name;
  }

  /** Rejects when the table cannot be read even once: nothing is known yet that could stay in force. */
  async start(): Promise<void> {
    await this.refresh();
    this.stopListening = this.listener.listen(this.options.channel, () => this.reload());
    this.reloadAfter(POLL_MS);
  }

  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    clearTimeout(this.timer);
  }

  /** The same object as long as the table holds the same. */
  get value(): Value {
    return this.known().value;
  }

  /** What was committed before this moment is in force. */
  get loadedAt(): Date {
    return this.known().at;
  }

  /** Grows beyond the time between two polls while the table cannot be read. */
  ageMs(now: Date): number {
    return Math.max(0, now.getTime() - this.loadedAt.getTime());
  }

  /** Resolves once everything that was committed before this call is in force here. */
  refresh(): Promise<void> {
    // A load under way may have read too early: one more follows it, shared by all who ask meanwhile.
    this.queued ??= this.running.catch(() => undefined).then(() => this.startLoad());
    return this.queued;
  }

  private startLoad(): Promise<void> {
    this.queued = undefined;
    this.running = this.load();
    return this.running;
  }

  private async load(): Promise<void> {
    const at = this.clock.now();
    const value = await this.options.load();
    const former = this.loaded;
    const isSame = former !== undefined && isDeepStrictEqual(value, former.value);
    this.loaded = { value: isSame ? former.value : value, at };
  }

  private reload(): void {
    this.refresh().then(
      () => this.reloadAfter(POLL_MS),
      (error: unknown) => {
        const { name } = this;
        this.logger.warn({
          event: 'reloaded_table.load_failed',
          table: name,
          reason: String(error),
        });
        this.reloadAfter(RETRY_MS);
      },
    );
  }

  private reloadAfter(delayMs: number): void {
    clearTimeout(this.timer);
    if (this.stopListening === undefined) return;
    this.timer = setTimeout(() => this.reload(), delayMs).unref();
  }

  private known() {
    if (this.loaded === undefined) throw new Error(`the table ${this.name} has not been started`);
    return this.loaded;
  }
}
