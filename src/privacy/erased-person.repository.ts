import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { Reading } from '../database/reading.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { Refusal } from './person-records.js';

/** Notified when somebody was erased. */
export const ERASED_CONTACTS_CHANNEL = 'growthgate_erased_contacts';

export interface ErasedContact {
  readonly location_id: string;
  readonly contact_hmac: string;
  readonly erased_at: Date;
}

/** A refusal under one of the person's addresses. */
export interface HashedRefusal extends Refusal {
  readonly hmac: string;
}

/** What is kept of persons who were erased: hashes and times, nothing else. */
@Injectable()
export class ErasedPersonRepository {
  constructor(private readonly database: Database) {}

  /** The secret of this purpose; the first to ask, over all replicas, makes it. */
  async keepKey(purpose: string, proposed: string, now: Date): Promise<string> {
    const { kysely } = this.database;
    await kysely
      .insertInto('installation_key')
      .values({ purpose, secret: proposed, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { secret } = await kysely
      .selectFrom('installation_key')
      .select('secret')
      .where('purpose', '=', purpose)
      .executeTakeFirstOrThrow();
    return secret;
  }

  async listErased(): Promise<readonly ErasedContact[]> {
    return this.database.kysely
      .selectFrom('erased_contact')
      .select(['location_id', 'contact_hmac', 'erased_at'])
      .execute();
  }

  /** An erasure after another one counts from the later. */
  async recordErased(trx: DatabaseTransaction, erased: ErasedContact): Promise<void> {
    await trx
      .insertInto('erased_contact')
      .values(erased)
      .onConflict((conflict) =>
        conflict.columns(['location_id', 'contact_hmac']).doUpdateSet({
          erased_at: sql`greatest(erased_contact.erased_at, excluded.erased_at)`,
        }),
      )
      .execute();
    await sql`select pg_notify(${ERASED_CONTACTS_CHANNEL}, '')`.execute(trx);
  }

  /** The newest refusal of an address and channel counts. */
  async keepRefusals(
    trx: DatabaseTransaction,
    locationId: string,
    refusals: readonly HashedRefusal[],
  ): Promise<void> {
    for (const { hmac, channel, refusedAt } of refusals) {
      await trx
        .insertInto('kept_refusal')
        .values({ location_id: locationId, address_hmac: hmac, channel, refused_at: refusedAt })
        .onConflict((conflict) =>
          conflict.columns(['location_id', 'address_hmac', 'channel']).doUpdateSet({
            refused_at: sql`greatest(kept_refusal.refused_at, excluded.refused_at)`,
          }),
        )
        .execute();
    }
  }

  async findRefusals(
    locationId: string,
    hmacs: readonly string[],
  ): Promise<readonly HashedRefusal[]> {
    return this.database.ask(
      Reading.of(sql<HashedRefusal>`
        select address_hmac as "hmac", channel, refused_at as "refusedAt" from kept_refusal
        where location_id = ${locationId} and address_hmac = any(${hmacs}::text[])
        order by refused_at desc, address_hmac, channel`),
    );
  }
}
