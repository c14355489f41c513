import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { affectedRows } from '../database/affected-rows.js';
import { Database } from '../database/database.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { unlinkedId } from '../database/unlinked-id.js';
import type { Erasure, ErasedCounts, PersonKey, PersonRecords } from '../privacy/person-records.js';
import { EffectRegistry } from './effect-registry.js';
import { EFFECT_COLUMNS } from './finished-effect.repository.js';

/** What went out to a person, and what was about to. */
@Injectable()
export class EffectRecordsRepository implements PersonRecords {
  constructor(
    private readonly database: Database,
    private readonly registry: EffectRegistry,
  ) {}

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const { rows: effects } = await sql`
      select effect_id, kind, state, payload, due_at, attempts, last_error, remote_id, created_at,
        started_at, finished_at
      from any_effect where ${this.isOf(person)} order by effect_id`.execute(this.database.kysely);
    return { effects };
  }

  /**
   * What is open is cancelled; the rows stay, since they are counted, and say nothing any more. Lanes go
   * first, as everywhere: a worker that holds one has lost it then, and announces no further call.
   */
  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    await sql`delete from lane where ${this.isOf(erasure)}`.execute(trx);
    const emptied = await this.emptyFinished(trx, erasure);
    const moved = await this.finishOpen(trx, erasure);
    const isOver = (state: string): boolean => FINISHED.some((finished) => finished === state);
    const cancelled = moved.filter(({ state }) => !isOver(state)).length;
    return { effects: emptied + moved.length - cancelled, effects_cancelled: cancelled };
  }

  private emptyFinished(trx: DatabaseTransaction, erasure: Erasure): Promise<number> {
    return affectedRows(
      trx,
      sql`
      update finished_effect set contact_id = ${erasure.pseudonym},
        effect_key = ${unlinkedId('effect_key', erasure.salt)}, payload = ${NO_PAYLOAD},
        last_error = null, remote_id = null
      where ${this.isOf(erasure)}`,
    );
  }

  /** @returns the states in which they were */
  private async finishOpen(
    trx: DatabaseTransaction,
    erasure: Erasure,
  ): Promise<readonly { readonly state: string }[]> {
    const { at, pseudonym, salt } = erasure;
    const { rows } = await sql<{ state: string }>`
      with taken as (delete from effect where ${this.isOf(erasure)} returning *), moved as (
        insert into finished_effect (${EFFECT_COLUMNS})
        select effect_id, location_id, ${pseudonym}, ${unlinkedId('effect_key', salt)}, kind, ${NO_PAYLOAD},
          case when state = any(${[...FINISHED]}::text[]) then state else 'cancelled' end,
          due_at, attempts, sends, null, first_failed_at, coalesce(cancelled_at, ${at}::timestamptz), null,
          started_at, coalesce(finished_at, ${at}::timestamptz), created_at, doubt
        from taken
      )
      select state from taken`.execute(trx);
    return rows;
  }

  /** In all the lanes that the person has. */
  private isOf(person: PersonKey): RawBuilder<boolean> {
    const contacts = this.registry.lanesOf(person).map(({ contactId }) => contactId);
    return sql`location_id = ${person.locationId} and contact_id = any(${contacts}::text[])`;
  }
}

const FINISHED = ['delivered', 'cancelled', 'suppressed'] as const;

const NO_PAYLOAD = sql`jsonb_build_object('kind', kind)`;
