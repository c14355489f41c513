import type { ReportQuery } from './report-query.dto.js';

/** Exposures from `from` on and before `to`; null is no bound. */
export interface ReportPeriod {
  readonly from: Date | null;
  readonly to: Date | null;
}

export type PeriodReading =
  | { readonly kind: 'period'; readonly period: ReportPeriod }
  | { readonly kind: 'invalid'; readonly field: 'from' | 'to'; readonly message: string };

const DAY_LENGTH = '2026-03-01'.length;
const MS_PER_DAY = 86_400_000;

/** Reads the bounds of a query whose form has been checked. A `to` without a time includes its day. */
export function readPeriod({ from, to }: Pick<ReportQuery, 'from' | 'to'>): PeriodReading {
  const start = from === undefined ? null : new Date(from);
  const end = to === undefined ? null : endOf(to);
  if (start !== null && Number.isNaN(start.getTime())) return invalid('from', 'is no date');
  if (end !== null && Number.isNaN(end.getTime())) return invalid('to', 'is no date');
  if (start !== null && end !== null && end <= start) return invalid('to', 'must be after from');
  return { kind: 'period', period: { from: start, to: end } };
}

function endOf(to: string): Date {
  const moment = new Date(to);
  return to.length > DAY_LENGTH ? moment : new Date(moment.getTime() + MS_PER_DAY);
}

function invalid(field: 'from' | 'to', fault: string): PeriodReading {
  return { kind: 'invalid', field, message: `${field} ${fault}` };
}
