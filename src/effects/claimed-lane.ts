import type { EffectState } from '../database/database.types.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { EffectPayload } from './effect.js';

/** A lane that this process holds until its lease ends. */
export interface ClaimedLane extends LeadKey {
  readonly fence: number;
  /** Attempts in a row that failed; sets the backoff. */
  readonly failures: number;
  readonly effects: readonly StoredEffect[];
}

export interface StoredEffect {
  readonly effectId: number;
  readonly effectKey: string;
  readonly payload: EffectPayload;
  /** `sending` is left behind by a process that died between the call and its record. */
  readonly state: 'pending' | 'sending';
  readonly attempts: number;
  readonly startedAt: Date | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
}

/** What became of one effect in this round. */
export interface EffectProgress {
  readonly effectId: number;
  readonly state: EffectState;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly remoteId: string | null;
  readonly dueAt: Date;
}

export interface LaneProgress {
  readonly lane: ClaimedLane;
  readonly effects: readonly EffectProgress[];
  readonly failures: number;
  /** Not before this time; null: as soon as an effect is due. */
  readonly retryAt: Date | null;
}

/** A claimed lane as the database gives it. */
export interface LaneRow {
  readonly location_id: string;
  readonly contact_id: string;
  readonly fence: number;
  readonly failures: number;
  readonly effects: readonly {
    readonly effect_id: number;
    readonly effect_key: string;
    readonly payload: EffectPayload;
    readonly state: 'pending' | 'sending';
    readonly attempts: number;
    readonly started_at: string | null;
    readonly created_at: string;
    readonly due_at: string;
  }[];
}

export function toClaimedLane(row: LaneRow): ClaimedLane {
  return {
    locationId: row.location_id,
    contactId: row.contact_id,
    fence: row.fence,
    failures: row.failures,
    effects: row.effects.map((effect) => ({
      effectId: effect.effect_id,
      effectKey: effect.effect_key,
      payload: effect.payload,
      state: effect.state,
      attempts: effect.attempts,
      startedAt: effect.started_at === null ? null : new Date(effect.started_at),
      createdAt: new Date(effect.created_at),
      dueAt: new Date(effect.due_at),
    })),
  };
}
