import type { ClaimedLane, StoredEffect } from '../claimed-lane.js';

export const SAMPLE_AT = new Date('2026-03-02T15:00:00.000Z');

/** A note that is due. */
export function sampleEffect(effectId: number, changes: Partial<StoredEffect> = {}): StoredEffect {
  return {
    effectId,
    deliveryId: 'delivery-1',
    payload: { kind: 'add_note', body: String(effectId) },
    state: 'pending',
    doubt: null,
    attempts: 0,
    sends: 0,
    firstFailedAt: null,
    startedAt: null,
    createdAt: SAMPLE_AT,
    dueAt: SAMPLE_AT,
    ...changes,
  };
}

/** A contact's lane. */
export function sampleLane(effects: readonly StoredEffect[], failures = 0): ClaimedLane {
  const hold = { locationId: 'l', contactId: 'c', fence: 1, failures, replayTo: null };
  return { ...hold, isSide: false, effects };
}
