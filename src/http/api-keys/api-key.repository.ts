import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import type { NewApiKey, Scope } from './api-key.js';

@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  async store(key: NewApiKey, label: string, scopes: readonly Scope[], now: Date): Promise<void> {
    await this.database.kysely
      .insertInto('api_key')
      .values({
        key_id: key.keyId,
        key_hash: key.hash,
        label,
        scopes: [...scopes],
        created_at: now,
        revoked_at: null,
      })
      .execute();
  }

  /** A key in force; undefined when there is none of this id. */
  async find(
    keyId: string,
  ): Promise<{ readonly hash: string; readonly scopes: readonly string[] } | undefined> {
    const row = await this.database.kysely
      .selectFrom('api_key')
      .select(['key_hash', 'scopes'])
      .where('key_id', '=', keyId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return row === undefined ? undefined : { hash: row.key_hash, scopes: row.scopes };
  }

  /** Whether somebody can already get in as an operator. */
  async hasOperatorKey(): Promise<boolean> {
    const row = await this.database.kysely
      .selectFrom('api_key')
      .select('key_id')
      .where('revoked_at', 'is', null)
      .where(sql<boolean>`'admin:write' = any(scopes)`)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
