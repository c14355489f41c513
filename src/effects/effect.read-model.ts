import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import type { EffectState } from './effect.tables.js';
import type { LeadKey } from '../leads/lead-key.js';
import { Keyset } from '../http/admin/keyset.js';
import type { Page } from '../http/admin/page.js';
import type { EffectDto, EffectPageDto, EffectQuery } from './effect.dto.js';

/** A lead's next step as it stands in the outbox. */
export interface NextFollowUp {
  readonly effect_id: number;
  readonly action: unknown;
  readonly due_at: Date;
}

type EffectScope = Pick<EffectQuery, 'location_id' | 'contact_id' | 'kind'>;

const COLUMNS = [
  'effect_id as id',
  'location_id',
  'contact_id',
  'kind',
  'state',
  'due_at',
  'attempts',
  'last_error',
  'remote_id',
  'created_at',
  'finished_at',
  'payload',
] as const;

const ORDER = new Keyset('effects', { id: 'number' });

/** What left the process, what is about to, and what could not: for operators. */
@Injectable()
export class EffectReadModel {
  constructor(private readonly database: Database) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: EffectQuery): Promise<EffectPageDto> {
    const page = await this.list(query);
    return { ...page, counts: query.cursor === undefined ? await this.countByState(query) : null };
  }

  /** Newest first. */
  async list(query: EffectQuery): Promise<Page<EffectDto>> {
    const { state, limit } = query;
    const after = ORDER.after(query);
    let effects = this.within(query).select(COLUMNS);
    if (state !== undefined) effects = effects.where('state', '=', state);
    if (after !== undefined) effects = effects.where('effect_id', '<', after.id);
    const rows = await effects
      .orderBy('effect_id', 'desc')
      .limit(limit + 1)
      .execute();
    return ORDER.page(rows, query);
  }

  /** Those of one lead are few and counted; others that have finished are tallied as they finish. */
  async countByState(scope: EffectScope): Promise<Readonly<Record<string, number>>> {
    const { location_id, contact_id, kind } = scope;
    const conditions = Object.entries({ location_id, contact_id, kind }).flatMap(
      ([column, value]) => (value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`]),
    );
    const isWithin = sql.join([sql`true`, ...conditions], sql` and `);
    const finished =
      contact_id === undefined
        ? sql`select state, count from effect_tally where ${isWithin}`
        : sql`select state, 1 from finished_effect where ${isWithin}`;
    const { rows } = await sql<{ state: string; count: number }>`
      select state, sum(count)::bigint as count from (
        select state, 1 as count from effect where ${isWithin} union all ${finished}
      ) as either
      group by state having sum(count) > 0`.execute(this.database.kysely);
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  async find(effectId: number): Promise<EffectDto | undefined> {
    return this.database.kysely
      .selectFrom('any_effect')
      .select(COLUMNS)
      .where('effect_id', '=', effectId)
      .executeTakeFirst();
  }

  async findNextFollowUp({ locationId, contactId }: LeadKey): Promise<NextFollowUp | undefined> {
    const open: readonly EffectState[] = ['pending', 'sending', 'no_credentials'];
    const row = await this.within({ location_id: locationId, contact_id: contactId })
      .select(['effect_id', 'payload', 'due_at'])
      .where('kind', '=', 'follow_up')
      .where('state', 'in', open)
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return { effect_id: row.effect_id, action: row.payload['action'], due_at: row.due_at };
  }

  private within(scope: EffectScope) {
    const { location_id, contact_id, kind } = scope;
    let effects = this.database.kysely.selectFrom('any_effect');
    if (location_id !== undefined) effects = effects.where('location_id', '=', location_id);
    if (contact_id !== undefined) effects = effects.where('contact_id', '=', contact_id);
    return kind === undefined ? effects : effects.where('kind', '=', kind);
  }
}
