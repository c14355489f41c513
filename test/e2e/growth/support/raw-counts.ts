import { sql } from 'kysely';
import type { TestApp } from '../../../support/test-app.js';
import type { ArmCountsView } from './experiment-view.js';

export interface RawCounts extends ArmCountsView {
  readonly variant: string;
}

/** The report's numbers, counted from the raw rows in another way than the report does: lead by lead. */
export async function rawCounts(
  { database }: Pick<TestApp, 'database'>,
  experiment: string,
): Promise<readonly RawCounts[]> {
  const did = (kind: string) => sql`
    count(*) filter (where exists (
      select 1 from lead_milestone m
      where m.location_id = e.location_id and m.contact_id = e.contact_id
        and m.kind = ${kind} and m.occurred_at > e.exposed_at))::int`;
  const handedOver = (moment: 'opened_at' | 'acknowledged_at' | 'breached_at') => sql`
    count(*) filter (where exists (
      select 1 from handoff h
      where h.location_id = e.location_id and h.contact_id = e.contact_id
        and h.${sql.ref(moment)} >= e.decided_at))::int`;
  const { rows } = await sql<RawCounts>`
    select e.variant, count(*)::int as exposures,
      ${did('reply')} as replies,
      ${did('appointment_booked')} as appointments_booked,
      ${did('converted')} as conversions,
      ${did('opted_out')} as opt_outs,
      ${handedOver('opened_at')} as handoffs_opened,
      ${handedOver('acknowledged_at')} as handoffs_acknowledged,
      ${handedOver('breached_at')} as handoffs_breached
    from exposure e
    where e.experiment = ${experiment}
    group by e.variant
    order by e.variant`.execute(database);
  return rows;
}
