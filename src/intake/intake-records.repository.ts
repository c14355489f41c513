import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { affectedRows } from '../database/affected-rows.js';
import { Database } from '../database/database.js';
import { ofContact } from '../database/of-contact.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { unlinkedId } from '../database/unlinked-id.js';
import type { Erasure, ErasedCounts, PersonKey, PersonRecords } from '../privacy/person-records.js';

/** What came in of a person, and what was decided. */
@Injectable()
export class IntakeRecordsRepository implements PersonRecords {
  constructor(private readonly database: Database) {}

  async exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>> {
    const { kysely } = this.database;
    const { rows: deliveries } = await sql`
      select delivery_id, event_type, state, occurred_at, received_at, body from (
        select * from ${DELIVERIES} as either
        where ${ofContact(person)}
      ) as own order by received_at, delivery_id`.execute(kysely);
    const decisions = await kysely
      .selectFrom('decision')
      .select(['delivery_id', 'decided_at', 'document'])
      .where(ofContact(person))
      .orderBy('decided_at')
      .orderBy('delivery_id')
      .execute();
    return { deliveries, decisions };
  }

  /**
   * Rows that are counted stay, without what they said and under ids that nobody knows: a verification
   * finds them erased. What failed will not be decided any more. Claims stay until they expire, so that a
   * repeat stays one.
   */
  async erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts> {
    const inputs = await this.emptyInputs(trx, erasure);
    const failed = await affectedRows(
      trx,
      sql`delete from delivery where state = 'failed' and ${concerns(erasure)}`,
    );
    const deliveries =
      (await this.emptyBodies(trx, 'delivery', erasure)) +
      (await this.emptyBodies(trx, 'decided_delivery', erasure));
    const decisions = await affectedRows(
      trx,
      sql`
      update decision set contact_id = ${erasure.pseudonym}, document = '{}',
        delivery_id = ${unlinkedId('delivery_id', erasure.salt)}
      where ${ofContact(erasure)}`,
    );
    return { deliveries: deliveries + failed, decisions, decision_inputs: inputs };
  }

  /** Of a version before 0006: they name no contact, so they go by the ids of the person's deliveries. */
  private emptyInputs(trx: DatabaseTransaction, erasure: Erasure): Promise<number> {
    return affectedRows(
      trx,
      sql`
      update decision_input set situation = null, digests = '{}', body_digest = '',
        delivery_id = ${unlinkedId('delivery_id', erasure.salt)}
      where location_id = ${erasure.locationId} and delivery_id in (
        select delivery_id from delivery where ${ofContact(erasure)}
        union select delivery_id from decision where ${ofContact(erasure)}
      )`,
    );
  }

  private emptyBodies(
    trx: DatabaseTransaction,
    table: 'delivery' | 'decided_delivery',
    erasure: Erasure,
  ): Promise<number> {
    const inputs =
      table === 'delivery'
        ? sql``
        : sql`, situation = null, digests = case when digests is not null then '{}'::jsonb end`;
    return affectedRows(
      trx,
      sql`
      update ${sql.table(table)} set body = '',
        contact_id = case when contact_id is not null then ${erasure.pseudonym} end,
        delivery_id = ${unlinkedId('delivery_id', erasure.salt)}${inputs}
      where ${concerns(erasure)}`,
    );
  }
}

const DELIVERIES = sql`(
  select location_id, contact_id, delivery_id, event_type, state, occurred_at, received_at, body from delivery
  union all
  select location_id, contact_id, delivery_id, event_type, state, occurred_at, received_at, body from decided_delivery
)`;

/** Also bodies that nobody understood, where they tell the person. */
function concerns(erasure: Erasure): RawBuilder<boolean> {
  const { locationId, traces } = erasure;
  return sql`((${ofContact(erasure)}) or (location_id = ${locationId} and contact_id is null and exists (
    select from unnest(${[...traces]}::text[]) as trace where position(trace in body) > 0
  )))`;
}
