import type { Doubt, EffectState } from './effect.tables.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { EffectDraft, EffectPayload } from './effect.js';

/** The right to work a lane: good until the lease ends or somebody else claims it. */
export interface LaneHold extends LeadKey {
  readonly fence: number;
  /** Attempts in a row that failed; sets the backoff. */
  readonly failures: number;
  /** Effects up to this one may have been carried out by a worker that died; null where none did. */
  readonly replayTo: number | null;
}

/** A lane that this process holds, with what is due in it. */
export interface ClaimedLane extends LaneHold {
  /** Beside its contact's. */
  readonly isSide: boolean;
  /** In the order in which they were decided. */
  readonly effects: readonly StoredEffect[];
}

export interface StoredEffect {
  readonly effectId: number;
  /** The delivery that it goes back to; null when that is not known. */
  readonly deliveryId: string | null;
  readonly payload: EffectPayload;
  /** `sending`: its call was announced, and nobody knows yet whether it was carried out. */
  readonly state: 'pending' | 'sending';
  /** Why nobody knows; null also after a process that died between the announcement and its record. */
  readonly doubt: Doubt | null;
  readonly attempts: number;
  /** How often an announced call may have left. */
  readonly sends: number;
  readonly firstFailedAt: Date | null;
  readonly startedAt: Date | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
}

/** What became of one effect in this round. */
export interface EffectProgress {
  readonly effectId: number;
  readonly state: EffectState;
  readonly doubt: Doubt | null;
  readonly attempts: number;
  /** True when the send of this round certainly did not happen: it is not counted. */
  readonly unsent: boolean;
  readonly firstFailedAt: Date | null;
  readonly lastError: string | null;
  readonly remoteId: string | null;
  readonly dueAt: Date;
  /** What has to be done in its place; null in the common case. */
  readonly instead: EffectDraft | null;
}

export interface LaneProgress {
  readonly lane: ClaimedLane;
  readonly effects: readonly EffectProgress[];
  readonly failures: number;
  /** Not before this time; null: as soon as an effect is due. */
  readonly retryAt: Date | null;
  /** Until when the CRM's limit keeps the whole location waiting; null when it does not. */
  readonly limitedUntil: Date | null;
}
