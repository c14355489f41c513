import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { Database } from '../../database/database.js';
import type { Metric } from '../metrics.js';
import { attributedLeads } from './attributed-leads.read-model.js';
import type {
  DailyCounts,
  HandoffWaits,
  ReportCell,
  ReportRows,
  SourceCount,
} from './report-rows.js';

/** What to count. */
export interface ReportSelection {
  readonly experiment: string;
  readonly attributionWindowDays: number;
  readonly primaryMetric: Metric;
  readonly guardrailMetric: Metric;
  /** Exposures from here on, and before there; null: no bound. They do not narrow the verdict's history. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly now: Date;
}

/** Leads for whom time counts most: their segment at exposure. */
export const HOT_SEGMENT = 'hot_priority';

/** Counts exposures and what became of them. */
@Injectable()
export class ExperimentReportReadModel {
  constructor(private readonly database: Database) {}

  /** In one statement: all counts are of one moment and add up, and who is attributed what is found once. */
  async readRows(selection: ReportSelection): Promise<ReportRows> {
    const { rows } = await sql<ReportRows>`
      ${attributedLeads(selection)},
      of_cell as (${cellsOf(selection)}),
      of_wait as (${waitsOf(selection)}),
      of_day as (${daysOf(selection)}),
      of_source as (${SOURCES})
      select
        (select coalesce(jsonb_agg(of_cell order by variant, segment, source, epoch), '[]') from of_cell) as cells,
        (select coalesce(jsonb_agg(of_wait order by variant, segment, source), '[]') from of_wait) as waits,
        (select coalesce(jsonb_agg(of_day order by day, variant), '[]') from of_day) as days,
        (select coalesce(jsonb_agg(of_source order by source, variant), '[]') from of_source) as sources`.execute(
      this.database.kysely,
    );
    const [counted] = rows;
    if (counted === undefined) throw new Error('The counts of a report returned no row');
    return counted;
  }
}

function cellsOf(selection: ReportSelection): RawBuilder<ReportCell> {
  return sql`
    select variant, segment, source, epoch,
      count(*) as exposures,
      count(*) filter (where is_matured) as matured,
      count(reply_at) as reply,
      count(appointment_booked_at) as appointment_booked,
      count(converted_at) as converted,
      count(opted_out_at) as opted_out,
      count(handoff_opened_at) as "handoffsOpened",
      count(handoff_acknowledged_at) as "handoffsAcknowledged",
      count(handoff_breached_at) as "handoffsBreached"
    from attributed where ${isSelected(selection)}
    group by variant, segment, source, epoch`;
}

function waitsOf(selection: ReportSelection): RawBuilder<HandoffWaits> {
  return sql`
    select variant, segment, source, array_agg(wait_s order by wait_s) as seconds
    from (
      select variant, segment, source,
        extract(epoch from handoff_acknowledged_at - handoff_opened_at)::float8 as wait_s
      from attributed
      where segment = ${HOT_SEGMENT} and handoff_acknowledged_at is not null and ${isSelected(selection)}
    ) as waited
    group by variant, segment, source`;
}

function daysOf({ primaryMetric, guardrailMetric }: ReportSelection): RawBuilder<DailyCounts> {
  const primaryAt = sql.ref(`${primaryMetric}_at`);
  const guardrailAt = sql.ref(`${guardrailMetric}_at`);
  return sql`
    select to_char(date, 'YYYY-MM-DD') as day, variant,
      sum(exposures) as exposures, sum(guardrail) as "guardrailEvents",
      sum(matured) as matured, sum(primary_events) as "primaryEvents"
    from (
      select (exposed_at at time zone 'UTC')::date as date, variant,
        count(*) as exposures, 0 as guardrail, 0 as matured, 0 as primary_events
      from attributed group by 1, 2
      union all
      select (${guardrailAt} at time zone 'UTC')::date, variant, 0, count(*), 0, 0
      from attributed where ${guardrailAt} is not null group by 1, 2
      union all
      select (window_ends_at at time zone 'UTC')::date, variant, 0, 0, count(*), count(${primaryAt})
      from attributed where is_matured group by 1, 2
    ) as happened
    group by date, variant`;
}

/** Of the whole experiment, whatever time was asked for. */
const SOURCES: RawBuilder<SourceCount> = sql`
  select source, variant, count(*) as exposures from attributed group by source, variant`;

function isSelected({ from, to }: ReportSelection): RawBuilder<boolean> {
  return sql<boolean>`(${from}::timestamptz is null or exposed_at >= ${from})
    and (${to}::timestamptz is null or exposed_at < ${to})`;
}
