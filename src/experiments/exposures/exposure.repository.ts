import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Reading } from '../../database/reading.js';
import type { ExposureProposal } from '../../growth/growth-feature.js';

/** A lead received a message that shows a variant. */
export interface Exposure extends ExposureProposal {
  readonly locationId: string;
  readonly contactId: string;
  /** Rollout version at the time of the decision: a changed allocation starts a new epoch. */
  readonly epoch: number;
  readonly effectId: number;
  readonly decidedAt: Date;
  /** When the CRM accepted the message. */
  readonly exposedAt: Date;
}

@Injectable()
export class ExposureRepository {
  /**
   * The first exposure of a contact to an experiment counts, later ones change nothing. Returns those
   * that were new. Rows are sorted, so that two transactions never wait for each other crosswise.
   */
  record(exposures: readonly Exposure[]): Reading<readonly Exposure[]> {
    if (exposures.length === 0) return Reading.known([]);
    const column = <T>(read: (exposure: Exposure) => T): T[] => exposures.map(read);
    return Reading.of(
      sql<{ position: number }>`
      with wanted as (
        select * from unnest(
          ${column((exposure) => exposure.experiment)}::text[],
          ${column((exposure) => exposure.locationId)}::text[],
          ${column((exposure) => exposure.contactId)}::text[],
          ${column((exposure) => exposure.variant)}::text[],
          ${column((exposure) => exposure.segment)}::text[],
          ${column((exposure) => exposure.source)}::text[],
          ${column((exposure) => exposure.bucket)}::int[],
          ${column((exposure) => exposure.epoch)}::int[],
          ${column((exposure) => exposure.effectId)}::bigint[],
          ${column((exposure) => exposure.decidedAt)}::timestamptz[],
          ${column((exposure) => exposure.exposedAt)}::timestamptz[]
        ) with ordinality as exposure (experiment, location_id, contact_id, variant, segment, source,
          bucket, epoch, effect_id, decided_at, exposed_at, position)
      ), recorded as (
        insert into exposure (experiment, location_id, contact_id, variant, segment, source, bucket, epoch,
          effect_id, decided_at, exposed_at)
        select experiment, location_id, contact_id, variant, segment, source, bucket, epoch, effect_id,
          decided_at, exposed_at
        from wanted order by experiment, location_id, contact_id, exposed_at, position
        on conflict (experiment, location_id, contact_id) do nothing
        returning experiment, location_id, contact_id, effect_id
      )
      select position::int from wanted
      join recorded using (experiment, location_id, contact_id, effect_id)
      order by position`,
    ).map((rows) => rows.flatMap(({ position }) => exposures[position - 1] ?? []));
  }
}
