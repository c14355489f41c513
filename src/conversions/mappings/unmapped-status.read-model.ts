import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { UnmappedStatusDto, UnmappedStatusQuery } from './outcome-mappings.dto.js';

/** What an operator may want to give a meaning. */
@Injectable()
export class UnmappedStatusReadModel {
  constructor(private readonly database: Database) {}

  /** The one seen last first. */
  async list({ location_id, limit }: UnmappedStatusQuery): Promise<UnmappedStatusDto[]> {
    const rows = await this.database.kysely
      .selectFrom('unmapped_status')
      .select(['location_id', 'field', 'value', 'seen_count', 'first_seen', 'last_seen'])
      .where((where) =>
        location_id === undefined ? where.lit(true) : where('location_id', '=', location_id),
      )
      .orderBy('last_seen', 'desc')
      .orderBy('location_id')
      .orderBy('status_key')
      .limit(limit)
      .execute();
    return rows.map(({ value, ...row }) => ({
      ...row,
      status: value,
      first_seen: row.first_seen.toISOString(),
      last_seen: row.last_seen.toISOString(),
    }));
  }
}
