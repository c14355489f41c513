import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { Database } from '../../database/database.js';
import type { DatabaseTransaction } from '../../database/transactions.js';
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

  /** All counts from one snapshot of the database, so that they add up. */
  readRows(selection: ReportSelection): Promise<ReportRows> {
    return this.database.kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => ({
        cells: await this.readCells(trx, selection),
        waits: await this.readWaits(trx, selection),
        days: await this.readDays(trx, selection),
        sources: await this.readSources(trx, selection),
      }));
  }

  private async readCells(
    trx: DatabaseTransaction,
    selection: ReportSelection,
  ): Promise<readonly ReportCell[]> {
    const { rows } = await sql<ReportCell>`
      ${attributedLeads(selection)}
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
      group by variant, segment, source, epoch
      order by variant, segment, source, epoch`.execute(trx);
    return rows;
  }

  private async readWaits(
    trx: DatabaseTransaction,
    selection: ReportSelection,
  ): Promise<readonly HandoffWaits[]> {
    const { rows } = await sql<HandoffWaits>`
      ${attributedLeads(selection)}, waited as (
        select variant, segment, source,
          extract(epoch from handoff_acknowledged_at - handoff_opened_at)::float8 as wait_s
        from attributed
        where segment = ${HOT_SEGMENT} and handoff_acknowledged_at is not null and ${isSelected(selection)}
      )
      select variant, segment, source, array_agg(wait_s order by wait_s) as seconds
      from waited
      group by variant, segment, source
      order by variant, segment, source`.execute(trx);
    return rows;
  }

  private async readDays(
    trx: DatabaseTransaction,
    selection: ReportSelection,
  ): Promise<readonly DailyCounts[]> {
    const primaryAt = sql.ref(`${selection.primaryMetric}_at`);
    const guardrailAt = sql.ref(`${selection.guardrailMetric}_at`);
    const { rows } = await sql<DailyCounts>`
      ${attributedLeads(selection)}, happened as (
        select exposed_at as at, variant, 1 as exposures, 0 as guardrail, 0 as matured, 0 as primary_events
        from attributed
        union all
        select ${guardrailAt}, variant, 0, 1, 0, 0 from attributed where ${guardrailAt} is not null
        union all
        select window_ends_at, variant, 0, 0, 1, (${primaryAt} is not null)::int
        from attributed where is_matured
      )
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, variant,
        sum(exposures) as exposures, sum(guardrail) as "guardrailEvents",
        sum(matured) as matured, sum(primary_events) as "primaryEvents"
      from happened
      group by day, variant
      order by day, variant`.execute(trx);
    return rows;
  }

  private async readSources(
    trx: DatabaseTransaction,
    { experiment, now }: ReportSelection,
  ): Promise<readonly SourceCount[]> {
    const { rows } = await sql<SourceCount>`
      select source, variant, count(*) as exposures
      from exposure where experiment = ${experiment} and exposed_at <= ${now}
      group by source, variant
      order by source, variant`.execute(trx);
    return rows;
  }
}

function isSelected({ from, to }: ReportSelection): RawBuilder<boolean> {
  return sql<boolean>`(${from}::timestamptz is null or exposed_at >= ${from})
    and (${to}::timestamptz is null or exposed_at < ${to})`;
}
