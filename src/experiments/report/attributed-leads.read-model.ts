import { sql, type RawBuilder } from 'kysely';

export interface AttributionRule {
  readonly experiment: string;
  readonly attributionWindowDays: number;
  readonly now: Date;
}

const SECONDS_PER_DAY = 86_400;

/**
 * The beginning of a query that may select from `attributed`: one row per exposed contact, with the
 * time of its first outcome of each kind, null without one.
 *
 * An outcome counts when it happened after the exposure and not after the window's end, by the time of
 * the event itself. A handoff counts from the moment of the decision whose message was the exposure,
 * since the same decision opens it seconds before the message is out; it is taken as acknowledged or
 * breached only by what happened after the exposure. Windows count as closed by the last midnight
 * (UTC): a day's looks are then the same whenever the report is opened during the day.
 */
export function attributedLeads(rule: AttributionRule): RawBuilder<unknown> {
  const { experiment, attributionWindowDays, now } = rule;
  const windowS = attributionWindowDays * SECONDS_PER_DAY;
  return sql`
    with lead as (
      select location_id, contact_id, variant, segment, source, epoch, decided_at, exposed_at,
        exposed_at + make_interval(secs => ${windowS}::float8) as window_ends_at
      from exposure where experiment = ${experiment} and exposed_at <= ${now}
    ), milestone as (
      select location_id, contact_id,
        min(occurred_at) filter (where kind = 'reply') as reply_at,
        min(occurred_at) filter (where kind = 'appointment_booked') as appointment_booked_at,
        min(occurred_at) filter (where kind = 'converted') as converted_at,
        min(occurred_at) filter (where kind = 'opted_out') as opted_out_at
      from lead join lead_milestone using (location_id, contact_id)
      where occurred_at > exposed_at and occurred_at <= window_ends_at and occurred_at <= ${now}
      group by location_id, contact_id
    ), first_handoff as (
      select distinct on (location_id, contact_id) location_id, contact_id, opened_at,
        case when acknowledged_at > exposed_at and acknowledged_at <= least(window_ends_at, ${now})
          then acknowledged_at end as acknowledged_at,
        case when breached_at > exposed_at and breached_at <= least(window_ends_at, ${now})
          then breached_at end as breached_at
      from lead join handoff using (location_id, contact_id)
      where opened_at >= decided_at and opened_at <= least(window_ends_at, ${now})
      order by location_id, contact_id, opened_at
    ), attributed as (
      select lead.*, reply_at, appointment_booked_at, converted_at, opted_out_at,
        first_handoff.opened_at as handoff_opened_at,
        first_handoff.acknowledged_at as handoff_acknowledged_at,
        first_handoff.breached_at as handoff_breached_at,
        window_ends_at < date_trunc('day', ${now}::timestamptz, 'UTC') as is_matured
      from lead
      left join milestone using (location_id, contact_id)
      left join first_handoff using (location_id, contact_id)
    )`;
}
