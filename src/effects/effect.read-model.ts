import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { EffectState } from './effect.tables.js';
import type { LeadKey } from '../leads/lead-key.js';
import { DEFAULT_LIMIT } from '../http/admin/page-limit.js';
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

/** What left the process, what is about to, and what could not: for operators. */
@Injectable()
export class EffectReadModel {
  constructor(private readonly database: Database) {}

  async listPage(query: EffectQuery): Promise<EffectPageDto> {
    const { limit = DEFAULT_LIMIT } = query;
    const counts = query.cursor === undefined ? await this.countByState(query) : null;
    const rows = await this.list(query, limit + 1);
    const effects = rows.slice(0, limit);
    const next_cursor = rows.length > limit ? (effects.at(-1)?.id ?? null) : null;
    return { effects, counts, next_cursor };
  }

  /** Newest first. */
  async list(query: Omit<EffectQuery, 'limit'>, limit: number): Promise<EffectDto[]> {
    const { state, cursor } = query;
    let effects = this.within(query);
    if (state !== undefined) effects = effects.where('state', '=', state);
    if (cursor !== undefined) effects = effects.where('effect_id', '<', cursor);
    return effects.select(COLUMNS).orderBy('effect_id', 'desc').limit(limit).execute();
  }

  async countByState(scope: EffectScope): Promise<Readonly<Record<string, number>>> {
    const rows = await this.within(scope)
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .groupBy('state')
      .execute();
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  async find(effectId: number): Promise<EffectDto | undefined> {
    return this.database.kysely
      .selectFrom('effect')
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
    let effects = this.database.kysely.selectFrom('effect');
    if (location_id !== undefined) effects = effects.where('location_id', '=', location_id);
    if (contact_id !== undefined) effects = effects.where('contact_id', '=', contact_id);
    return kind === undefined ? effects : effects.where('kind', '=', kind);
  }
}
