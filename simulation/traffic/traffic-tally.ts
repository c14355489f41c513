import { asRecord, asText } from '#product/shared/loose-json.js';
import type { ServiceAnswer } from '#product/cli/client/growthgate-client.js';

/** What the service answered to all deliveries so far. */
export interface TrafficCounts {
  readonly sent: number;
  readonly processed: number;
  readonly acknowledged: number;
  readonly duplicates: number;
  /** By HTTP status. */
  readonly refused: ReadonlyMap<number, number>;
  readonly unanswered: number;
  /** Of the processed ones. */
  readonly byPriority: ReadonlyMap<string, number>;
  readonly byTemperature: ReadonlyMap<string, number>;
  /** Round trips of the answered ones, as the sender sees them. */
  readonly replyMs: readonly number[];
}

/** Counts answers as they come. */
export class TrafficTally {
  private sentSoFar = 0;
  private unanswered = 0;
  private readonly statuses = new Map<string, number>();
  private readonly refused = new Map<number, number>();
  private readonly byPriority = new Map<string, number>();
  private readonly byTemperature = new Map<string, number>();
  private readonly replyMs: number[] = [];

  get sent(): number {
    return this.sentSoFar;
  }

  record(answer: ServiceAnswer): void {
    this.sentSoFar += 1;
    if (answer.kind === 'unanswered') {
      this.unanswered += 1;
      return;
    }
    this.replyMs.push(answer.durationMs);
    const reply = asRecord(answer.body);
    const status = asText(reply['status']);
    if (answer.status !== 200 || status === undefined) return increase(this.refused, answer.status);
    increase(this.statuses, status);
    if (status !== 'processed') return;
    increase(this.byPriority, asText(reply['priority']) ?? 'unknown');
    increase(this.byTemperature, asText(reply['lead_temperature']) ?? 'unknown');
  }

  read(): TrafficCounts {
    return {
      sent: this.sentSoFar,
      processed: this.statuses.get('processed') ?? 0,
      acknowledged: this.statuses.get('acknowledged') ?? 0,
      duplicates: this.statuses.get('duplicate_ignored') ?? 0,
      refused: new Map(this.refused),
      unanswered: this.unanswered,
      byPriority: new Map(this.byPriority),
      byTemperature: new Map(this.byTemperature),
      replyMs: [...this.replyMs],
    };
  }
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
