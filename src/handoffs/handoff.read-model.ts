import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Handoff, HandoffState, RiskLevel } from './handoff.js';
import { toHandoff } from './handoff-row.js';

/** Absent: any. */
export interface HandoffFilter {
  readonly state?: HandoffState | undefined;
  readonly breached?: boolean | undefined;
  readonly riskLevel?: RiskLevel | undefined;
  readonly locationId?: string | undefined;
  readonly assignedTo?: string | undefined;
  /** Opened at this time or later. */
  readonly from?: Date | undefined;
  /** Opened before this time. */
  readonly to?: Date | undefined;
}

export interface HandoffPage {
  readonly handoffs: readonly Handoff[];
  /** Where the next page starts; null on the last. */
  readonly nextCursor: number | null;
}

/** Handoffs for operators. */
@Injectable()
export class HandoffReadModel {
  constructor(private readonly database: Database) {}

  /**
   * Newest first. Paged by number rather than by offset: rows that come meanwhile shift nothing.
   *
   * @param cursor `nextCursor` of the page before
   */
  async list(filter: HandoffFilter, limit: number, cursor?: number): Promise<HandoffPage> {
    const { state, breached, riskLevel, locationId, assignedTo, from, to } = filter;
    const rows = await this.database.kysely
      .selectFrom('handoff')
      .selectAll()
      .$if(cursor !== undefined, (query) => query.where('handoff_id', '<', cursor ?? 0))
      .where((where) =>
        where.and([
          ...(state === undefined ? [] : [where('state', '=', state)]),
          ...(breached === undefined
            ? []
            : [where('breached_at', breached ? 'is not' : 'is', null)]),
          ...(riskLevel === undefined ? [] : [where('risk_level', '=', riskLevel)]),
          ...(locationId === undefined ? [] : [where('location_id', '=', locationId)]),
          ...(assignedTo === undefined ? [] : [where('assigned_to', '=', assignedTo)]),
          ...(from === undefined ? [] : [where('opened_at', '>=', from)]),
          ...(to === undefined ? [] : [where('opened_at', '<', to)]),
        ]),
      )
      .orderBy('handoff_id', 'desc')
      .limit(limit + 1)
      .execute();
    const handoffs = rows.slice(0, limit).map(toHandoff);
    const last = handoffs.at(-1);
    return { handoffs, nextCursor: rows.length > limit && last ? last.handoffId : null };
  }

  async find(handoffId: number): Promise<Handoff | undefined> {
    const row = await this.database.kysely
      .selectFrom('handoff')
      .selectAll()
      .where('handoff_id', '=', handoffId)
      .executeTakeFirst();
    return row === undefined ? undefined : toHandoff(row);
  }
}
