import type { StoredEffect } from './claimed-lane.js';

/** What the queries of lanes give, and what is made of it. */

export interface LaneHoldRow {
  readonly location_id: string;
  readonly contact_id: string;
  readonly fence: number;
  readonly failures: number;
}

export interface DueEffectRow {
  readonly location_id: string;
  readonly contact_id: string;
  readonly effect_id: number;
  readonly payload: StoredEffect['payload'];
  readonly state: StoredEffect['state'];
  readonly attempts: number;
  readonly sends: number;
  readonly first_failed_at: Date | null;
  readonly started_at: Date | null;
  readonly created_at: Date;
  readonly due_at: Date;
}

export function toStoredEffect(row: DueEffectRow): StoredEffect {
  return {
    effectId: row.effect_id,
    payload: row.payload,
    state: row.state,
    attempts: row.attempts,
    sends: row.sends,
    firstFailedAt: row.first_failed_at,
    startedAt: row.started_at,
    createdAt: row.created_at,
    dueAt: row.due_at,
  };
}
