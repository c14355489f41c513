import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import type { Statement } from '../../database/reading.js';

/** Notified when a location has got a counter for another source. */
export const OBSERVED_SOURCES_CHANNEL = 'growthgate_observed_sources';

/** Sources of a location that have a counter of their own: leads name them, so somebody has to stop. */
export const MAX_SOURCES_PER_LOCATION = 200;

export interface ObservedSource {
  readonly locationId: string;
  /** Metric key of the source. */
  readonly key: string;
}

/** Which sources have a counter of their own. */
@Injectable()
export class ObservedSourceRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<readonly ObservedSource[]> {
    return this.database.kysely
      .selectFrom('observed_source')
      .select(['location_id as locationId', 'source_key as key'])
      .orderBy('location_id')
      .orderBy('source_key')
      .execute();
  }

  /**
   * Gives these a counter while their location has room. One transaction at a time per location, from here
   * to its commit, so that the bound holds over all replicas: to be called last, for sources not known yet.
   */
  listing(sources: readonly ObservedSource[]): readonly Statement[] {
    const locations = [...new Set(sources.map(({ locationId }) => locationId))].sort();
    return [
      sql`
      select pg_advisory_xact_lock(hashtextextended('observed sources of ' || location_id, 0))
      from unnest(${locations}::text[]) as location_id`,
      sql`
      with fresh as (
        select wanted.*, row_number() over (partition by location_id order by source_key) as place
        from (
          select distinct location_id, source_key from unnest(
            ${sources.map(({ locationId }) => locationId)}::text[],
            ${sources.map(({ key }) => key)}::text[]
          ) as wanted (location_id, source_key)
        ) as wanted
        where not exists (
          select from observed_source as listed
          where listed.location_id = wanted.location_id and listed.source_key = wanted.source_key
        )
      ), added as (
        insert into observed_source (location_id, source_key)
        select location_id, source_key from fresh
        where place <= ${MAX_SOURCES_PER_LOCATION} - (
          select count(*) from observed_source as listed where listed.location_id = fresh.location_id
        )
        on conflict do nothing
        returning 1
      )
      select pg_notify(${OBSERVED_SOURCES_CHANNEL}, '') from (select from added limit 1) as any_added`,
    ];
  }
}
