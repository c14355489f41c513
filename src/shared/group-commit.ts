export interface GroupCommitOptions<Item, Result> {
  /** Does the work of all items in one transaction; one result per item, in order. */
  readonly flush: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Most items in one flush. */
  readonly maxItems: number;
  /** Two items that share a key never travel in one flush: the later one waits for the next. */
  readonly keysOf?: (item: Item) => readonly string[];
  /** Counts towards `maxWeight`, e.g. bytes. */
  readonly weightOf?: (item: Item) => number;
  readonly maxWeight?: number;
  /** More than these are refused: better said at once than after everybody has waited in vain. */
  readonly maxWaiting?: number;
  /** A heavy item is refused where more than this waits: a few of them hold up everybody. */
  readonly maxWaitingWeight?: number;
  /**
   * A flush that takes longer than this, in ms, no longer keeps the next one waiting; what shares a
   * key with it still does. `STUCK_AFTER_MS` when unset.
   */
  readonly overtakeAfterMs?: number;
  /**
   * Has each flush wait for everything that arrives in the same turn of the event loop: for what answers
   * of many connections lead to, which come in together.
   */
  readonly gathersTurn?: boolean;
  /** Says whether a failure is the data's fault, so that halving the flush can isolate the culprit. */
  readonly isDivisible: (error: unknown) => boolean;
}

/** Flushes at once, when none of them comes to an end: together they must leave connections to others. */
const MAX_FLIGHTS = 4;
/** As many as a process works on lanes, with room to spare. */
const MAX_QUESTIONS = 64;
/** A flush takes milliseconds; one that is stuck on its connection does not keep the others waiting. */
const STUCK_AFTER_MS = 1_000;
/** An item is heavy when so many of them fill the queue. */
const HEAVY_SHARE = 500;
/** How far behind the front a flush looks for items that may travel, so that one busy key costs no quadratic scan. */
const SIGHT_FACTOR = 4;

export class QueueFullError extends Error {
  constructor(limit: number) {
    super(`${limit} items are waiting already`);
    this.name = 'QueueFullError';
  }
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly keys: readonly string[];
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Questions that are asked while others are being answered share the next round trip: for reads, of
 * which many ask one each. What a round trip brings is never older than the question.
 */
export function shareRoundTrips<Question, Answer>(
  answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): GroupCommit<Question, Answer> {
  return new GroupCommit({
    flush: answer,
    maxItems: MAX_QUESTIONS,
    gathersTurn: true,
    isDivisible: () => false,
  });
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

interface Flight {
  readonly keys: ReadonlySet<string>;
  /** Never rejects. */
  readonly landed: Promise<void>;
}

/**
 * Group commit: items that queue while the previous flush runs travel together in the next one. One
 * flush in flight, and no wait for more items: a lone one is not delayed, and under load the cost of
 * a commit is shared by all who wait for it. Only a flush that is stuck is overtaken.
 */
export class GroupCommit<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running: Promise<void> | undefined;
  /** Flushes under way. */
  private readonly flights = new Set<Flight>();

  constructor(private readonly options: GroupCommitOptions<Item, Result>) {}

  submit(item: Item): Promise<Result> {
    const { keysOf, weightOf, maxWaiting = Infinity } = this.options;
    if (this.waiting.length >= maxWaiting) return Promise.reject(new QueueFullError(maxWaiting));
    const keys = keysOf?.(item) ?? [];
    const weight = weightOf?.(item) ?? 0;
    if (this.isShed(weight)) return Promise.reject(new QueueFullError(this.waiting.length));
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, keys, weight, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Only for what is heavy itself is it worth adding up. */
  private isShed(weight: number): boolean {
    const { maxWaitingWeight = Infinity } = this.options;
    if (weight < maxWaitingWeight / HEAVY_SHARE) return false;
    return this.waiting.reduce((sum, one) => sum + one.weight, weight) > maxWaitingWeight;
  }

  /** Resolves when nothing waits and nothing is in flight. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
    await Promise.all([...this.flights].map(({ landed }) => landed));
    if (this.running !== undefined) await this.idle();
  }

  private async run(): Promise<void> {
    // Lets what is submitted along with it join the first flush.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      if (this.options.gathersTurn === true) await endOfTurn();
      const batch = this.takeBatch();
      // Nothing but what shares a key with a flush that was overtaken.
      if (batch.length === 0) await this.nextLanding();
      else await this.depart(batch);
    }
    // In the same turn as the check above: an item submitted after it starts a new run.
    this.running = undefined;
  }

  /** Settles once the next flush may begin. */
  private async depart(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const { overtakeAfterMs = STUCK_AFTER_MS } = this.options;
    const flight: Flight = {
      keys: new Set(batch.flatMap(({ keys }) => keys)),
      landed: this.flush(batch).finally(() => void this.flights.delete(flight)),
    };
    this.flights.add(flight);
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, overtakeAfterMs);
    });
    await Promise.race([flight.landed, overdue]);
    clearTimeout(timer);
    if (this.flights.size >= MAX_FLIGHTS) await this.nextLanding();
  }

  private async nextLanding(): Promise<void> {
    await Promise.race([...this.flights].map(({ landed }) => landed));
  }

  private takeBatch(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    const keys = new Set([...this.flights].flatMap((flight) => [...flight.keys]));
    let weight = 0;
    const inSight = this.waiting.slice(0, SIGHT_FACTOR * this.options.maxItems);
    for (const entry of inSight) {
      const total = weight + entry.weight;
      if (entry.keys.some((key) => keys.has(key)) || this.isFull(batch.length, total)) {
        later.push(entry);
      } else {
        batch.push(entry);
        weight = total;
      }
      // Also of an item left behind: what shares its key must not overtake it.
      for (const key of entry.keys) keys.add(key);
    }
    this.waiting = [...later, ...this.waiting.slice(inSight.length)];
    return batch;
  }

  /** A single item travels whatever it weighs. */
  private isFull(items: number, weight: number): boolean {
    const { maxItems, maxWeight = Infinity } = this.options;
    return items >= maxItems || (items > 0 && weight > maxWeight);
  }

  private async flush(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.flush(batch.map((entry) => entry.item));
      batch.forEach((entry, index) => {
        entry.resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1 || !this.options.isDivisible(error)) {
        for (const entry of batch) entry.reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.flush(batch.slice(0, middle));
      await this.flush(batch.slice(middle));
    }
  }
}
