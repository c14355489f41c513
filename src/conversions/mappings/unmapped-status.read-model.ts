import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Keyset } from '../../http/admin/keyset.js';
import type { UnmappedStatusPageDto, UnmappedStatusQuery } from './outcome-mappings.dto.js';

const ORDER = new Keyset({ last_seen: 'time', location_id: 'text', status_key: 'text' });

/** What an operator may want to give a meaning. */
@Injectable()
export class UnmappedStatusReadModel {
  constructor(private readonly database: Database) {}

  /**
   * The one seen last first; one that is seen again goes to the front.
   *
   * @throws {ProblemException} 400 for a cursor that is none of ours
   */
  async listPage(query: UnmappedStatusQuery): Promise<UnmappedStatusPageDto> {
    const { location_id, limit } = query;
    const after = ORDER.after(query);
    let statuses = this.database.kysely.selectFrom('unmapped_status').selectAll();
    if (location_id !== undefined) statuses = statuses.where('location_id', '=', location_id);
    if (after !== undefined) {
      statuses = statuses.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('last_seen', 'location_id', 'status_key'),
          '<',
          tuple(after.last_seen, after.location_id, after.status_key),
        ),
      );
    }
    const rows = await statuses
      .orderBy('last_seen', 'desc')
      .orderBy('location_id', 'desc')
      .orderBy('status_key', 'desc')
      .limit(limit + 1)
      .execute();
    const { items, next_cursor } = ORDER.page(rows, query);
    return {
      items: items.map(({ value: status, status_key: _key, ...row }) => ({
        ...row,
        status,
        first_seen: row.first_seen.toISOString(),
        last_seen: row.last_seen.toISOString(),
      })),
      next_cursor,
    };
  }
}
