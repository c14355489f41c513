import { asRecord, asText } from '#product/shared/loose-json.js';
import type { ServiceAnswer } from '#product/cli/client/growthgate-client.js';

/** What the service answered to all deliveries so far, counted as the answers come. */
export class TrafficTally {
  sent = 0;
  processed = 0;
  acknowledged = 0;
  duplicates = 0;
  unanswered = 0;
  /** By HTTP status. */
  readonly refused = new Map<number, number>();
  /** Of the processed ones. */
  readonly byPriority = new Map<string, number>();
  readonly byTemperature = new Map<string, number>();
  /** Round trips of the answered ones, as the sender sees them. */
  readonly replyMs: number[] = [];

  record(answer: ServiceAnswer): void {
    this.sent += 1;
    if (answer.kind === 'unanswered') {
      this.unanswered += 1;
      return;
    }
    this.replyMs.push(answer.durationMs);
    const reply = asRecord(answer.body);
    const status = answer.status === 200 ? asText(reply['status']) : undefined;
    switch (status) {
      case 'processed':
        this.processed += 1;
        increase(this.byPriority, asText(reply['priority']) ?? 'unknown');
        return increase(this.byTemperature, asText(reply['lead_temperature']) ?? 'unknown');
      case 'acknowledged':
        this.acknowledged += 1;
        return;
      case 'duplicate_ignored':
        this.duplicates += 1;
        return;
      case undefined:
        increase(this.refused, answer.status);
    }
  }
}

export function increase<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
