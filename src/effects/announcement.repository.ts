import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { Reading } from '../database/reading.js';
import type { LaneHold, StoredEffect } from './claimed-lane.js';

/** That an effect's call is about to leave. */
export interface Announcement {
  readonly lane: LaneHold;
  readonly effect: StoredEffect;
}

/** Intents of calls that must not be made twice, and what tells their traces in the CRM apart. */
@Injectable()
export class AnnouncementRepository {
  constructor(private readonly database: Database) {}

  /**
   * Commits the intent before a call that must not be repeated blindly, and renews the lease for it.
   * Made again before the same call it counts once.
   *
   * @returns those that stand; the effects of the others were cancelled meanwhile, or their lanes belong to
   *   somebody else
   */
  async announce(
    announcements: readonly Announcement[],
    now: Date,
    leaseUntil: Date,
  ): Promise<ReadonlySet<Announcement>> {
    const column = <T>(read: (announcement: Announcement) => T): T[] => announcements.map(read);
    const reading = Reading.of(sql<{ effectId: number }>`
      with asked as (
        select * from unnest(
          ${column(({ lane }) => lane.locationId)}::text[],
          ${column(({ lane }) => lane.contactId)}::text[],
          ${column(({ lane }) => lane.fence)}::bigint[],
          ${column(({ effect }) => effect.effectId)}::bigint[],
          ${column(({ effect }) => effect.sends + 1)}::int[]
        ) as asked (location_id, contact_id, fence, effect_id, sends)
      ), held as (
        select lane.location_id, lane.contact_id, asked.effect_id, asked.sends
        from lane join asked using (location_id, contact_id, fence)
        where lane.leased_until is not null
        order by 1, 2
        for update of lane
      ), renewed as (
        update lane set leased_until = ${leaseUntil}::timestamptz from held
        where lane.location_id = held.location_id and lane.contact_id = held.contact_id
      )
      update effect set state = 'sending', doubt = null, started_at = ${now}::timestamptz,
        sends = held.sends
      from held
      where effect.effect_id = held.effect_id and effect.state in ('pending', 'sending')
        and effect.cancelled_at is null
      returning effect.effect_id as "effectId"`);
    const rows = await this.database.ask(reading);
    const written = new Set(rows.map(({ effectId }) => effectId));
    return new Set(announcements.filter(({ effect }) => written.has(effect.effectId)));
  }

  /** What the CRM calls the things that the contact's other effects have left behind there. */
  async remoteIdsOf(lane: LaneHold, exceptEffectId: number): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ remoteId: string }>`
      select remote_id as "remoteId" from any_effect
      where location_id = ${lane.locationId} and contact_id = ${lane.contactId}
        and effect_id <> ${exceptEffectId} and remote_id is not null`.execute(this.database.kysely);
    return new Set(rows.map(({ remoteId }) => remoteId));
  }
}
