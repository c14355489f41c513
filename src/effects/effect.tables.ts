import type { Generated } from 'kysely';
import type { Json } from '../database/database.types.js';

export const EFFECT_STATES = [
  'pending',
  'sending',
  'delivered',
  'dead',
  'uncertain',
  'cancelled',
  'suppressed',
  'no_credentials',
] as const;
export type EffectState = (typeof EFFECT_STATES)[number];

/** `timed_out`: the call left, and may be worked on still; `broken`: the connection or the CRM failed under it. */
export type Doubt = 'timed_out' | 'broken';

export interface LaneTable {
  location_id: string;
  contact_id: string;
  ready_at: Date | null;
  not_before: Date | null;
  leased_until: Date | null;
  fence: Generated<number>;
  failures: Generated<number>;
  replay_to: number | null;
}

export interface EffectTable {
  effect_id: Generated<number>;
  location_id: string;
  contact_id: string;
  effect_key: string;
  kind: string;
  payload: Json<Record<string, unknown>>;
  state: Generated<EffectState>;
  due_at: Date;
  attempts: Generated<number>;
  sends: Generated<number>;
  first_failed_at: Date | null;
  cancelled_at: Date | null;
  last_error: string | null;
  remote_id: string | null;
  started_at: Date | null;
  doubt: Doubt | null;
  finished_at: Date | null;
  created_at: Date;
}

/** Those in an end state that nobody has to look at. */
export interface FinishedEffectTable extends Omit<EffectTable, 'effect_id' | 'finished_at'> {
  effect_id: number;
  finished_at: Date;
}

declare module '../database/database.types.js' {
  interface DatabaseTables {
    lane: LaneTable;
    effect: EffectTable;
    finished_effect: FinishedEffectTable;
    /** A view of the two. */
    any_effect: EffectTable;
  }
}
