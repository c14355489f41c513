import { asList, asNumbers, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';
import type { ServiceAnswer } from './growthgate-client.js';

/** One outgoing action as the admin API shows it. */
export interface EffectRecord {
  readonly kind: string;
  readonly state: string;
  readonly dueAt: string;
  readonly createdAt: string;
  readonly lastError: string | null;
  readonly remoteId: string | null;
  readonly payload: LooseRecord;
}

export interface DecisionRecord {
  readonly deliveryId: string;
  readonly decidedAt: string;
  readonly document: LooseRecord;
}

/** Effects in the order in which they were decided, from a page of them or from a lead; the API has the newest first. */
export function readEffects(
  answer: ServiceAnswer,
  key: 'items' | 'effects',
): readonly EffectRecord[] {
  return asList(bodyOf(answer)[key]).map(readEffect).toReversed();
}

export function readDecisions(answer: ServiceAnswer): readonly DecisionRecord[] {
  return asList(bodyOf(answer)['items']).map((item) => {
    const decision = asRecord(item);
    return {
      deliveryId: asText(decision['delivery_id']) ?? '',
      decidedAt: asText(decision['decided_at']) ?? '',
      document: asRecord(decision['document']),
    };
  });
}

export function readCounts(answer: ServiceAnswer): ReadonlyMap<string, number> {
  return asNumbers(bodyOf(answer)['counts']);
}

export function isSuccess(answer: ServiceAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 200;
}

function bodyOf(answer: ServiceAnswer): LooseRecord {
  return isSuccess(answer) && answer.kind === 'answered' ? asRecord(answer.body) : {};
}

function readEffect(item: unknown): EffectRecord {
  const effect = asRecord(item);
  return {
    kind: asText(effect['kind']) ?? 'unknown',
    state: asText(effect['state']) ?? 'unknown',
    dueAt: asText(effect['due_at']) ?? '',
    createdAt: asText(effect['created_at']) ?? '',
    lastError: asText(effect['last_error']) ?? null,
    remoteId: asText(effect['remote_id']) ?? null,
    payload: asRecord(effect['payload']),
  };
}
