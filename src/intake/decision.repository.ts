import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Statement } from '../database/reading.js';
import type { Decided } from './decider.js';

/** What was decided, as it is shown and reported. */
@Injectable()
export class DecisionRepository {
  /** Its part of the intake transaction. */
  save({
    decided,
    at,
  }: {
    readonly decided: readonly Decided[];
    readonly at: Date;
  }): readonly Statement[] {
    const documented = decided.filter(({ document }) => document !== null);
    if (documented.length === 0) return [];
    const column = <T>(read: (one: Decided) => T): T[] => documented.map(read);
    return [
      sql`
      insert into decision (location_id, delivery_id, contact_id, decided_at, document)
      select location_id, delivery_id, contact_id, ${at}::timestamptz, document::jsonb from unnest(
        ${column(({ delivery }) => delivery.locationId)}::text[],
        ${column(({ delivery }) => delivery.deliveryId)}::text[],
        ${column(({ delivery }) => delivery.event.contactId)}::text[],
        ${column(({ document }) => JSON.stringify(document))}::text[]
      ) as decided (location_id, delivery_id, contact_id, document)`,
    ];
  }
}
