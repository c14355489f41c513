import pg from 'pg';

/** A query with a time limit of its own. */
export interface TimeLimited {
  readonly timeLimitMs?: number;
}

/**
 * A connection that ends when an answer is overdue. A server that is cut off without a word (a dead
 * host, a firewall that forgot the connection) answers nothing, no error comes, and neither its own
 * time limits nor TCP's help: whoever asked would wait for a quarter of an hour. Ending it fails
 * everything that waits on it, and the pool takes another.
 */
export class BoundedClient extends pg.Client {
  private overdue: NodeJS.Timeout | undefined;

  /**
   * @param timeLimitMs above the server's own statement limit, which is the better one: it says what
   *   was too slow, and keeps the connection
   */
  constructor(
    config: pg.ClientConfig,
    private readonly timeLimitMs: number,
    private readonly onSilence: () => void = () => undefined,
  ) {
    super(config);
    this.on('drain', () => clearTimeout(this.overdue));
    this.on('end', () => clearTimeout(this.overdue));
  }

  /** Every way to ask passes here. */
  override query(...args: never[]): never {
    const [asked] = args as readonly (TimeLimited | string | undefined)[];
    const limitMs = (typeof asked === 'object' ? asked.timeLimitMs : undefined) ?? this.timeLimitMs;
    clearTimeout(this.overdue);
    this.overdue = setTimeout(() => {
      this.cutOff(new Error('Query read timeout'));
      this.onSilence();
    }, limitMs);
    return super.query(...(args as unknown as [never])) as never;
  }

  /** Fails what waits on it, at once and without another word to the server. */
  cutOff(reason: Error): void {
    clearTimeout(this.overdue);
    const { connection } = this as unknown as { readonly connection: pg.Connection };
    connection.stream.destroy(reason);
  }
}
