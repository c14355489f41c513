import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Keyset } from '../http/admin/keyset.js';
import { toHandoff } from './handoff.repository.js';
import {
  handoffDto,
  handoffNotFound,
  type HandoffDto,
  type HandoffPageDto,
  type HandoffQuery,
} from './handoffs.dto.js';

const ORDER = new Keyset('handoffs', { handoffId: 'number' });

/** Handoffs in the words of the API. */
@Injectable()
export class HandoffReadModel {
  constructor(private readonly database: Database) {}

  /**
   * Newest first.
   *
   * @throws {ProblemException} 400 for a cursor that is none of ours
   */
  async list(query: HandoffQuery): Promise<HandoffPageDto> {
    const { state, breached, risk_level, location_id, assigned_to, from, to } = query;
    const after = ORDER.after(query);
    const rows = await this.database.kysely
      .selectFrom('handoff')
      .selectAll()
      .where((where) =>
        where.and([
          ...(after === undefined ? [] : [where('handoff_id', '<', after.handoffId)]),
          ...(state === undefined ? [] : [where('state', '=', state)]),
          ...(breached === undefined
            ? []
            : [where('breached_at', breached ? 'is not' : 'is', null)]),
          ...(risk_level === undefined ? [] : [where('risk_level', '=', risk_level)]),
          ...(location_id === undefined ? [] : [where('location_id', '=', location_id)]),
          ...(assigned_to === undefined ? [] : [where('assigned_to', '=', assigned_to)]),
          ...(from === undefined ? [] : [where('opened_at', '>=', from)]),
          ...(to === undefined ? [] : [where('opened_at', '<', to)]),
        ]),
      )
      .orderBy('handoff_id', 'desc')
      .limit(query.limit + 1)
      .execute();
    const { items, next_cursor } = ORDER.page(rows.map(toHandoff), query);
    return { items: items.map(handoffDto), next_cursor };
  }

  /** @throws {ProblemException} 404 when there is none */
  async get(id: string): Promise<HandoffDto> {
    const row = await this.database.kysely
      .selectFrom('handoff')
      .selectAll()
      .where('handoff_id', '=', Number(id))
      .executeTakeFirst();
    if (row === undefined) throw handoffNotFound();
    return handoffDto(toHandoff(row));
  }
}
