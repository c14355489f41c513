import { METRICS } from '../metrics.js';
import type { ArmDto, ComparisonDto } from './arm.dto.js';
import type { ExperimentReportDto, GroupDto } from './report.dto.js';

type Value = string | number | boolean | null;

interface Row {
  readonly experiment: string;
  readonly group: GroupDto;
  readonly arm: ArmDto;
}

type Column = readonly [name: string, read: (row: Row) => Value];

const ALL = 'all';

const COLUMNS: readonly Column[] = [
  ['experiment', ({ experiment }) => experiment],
  ['segment', ({ group }) => group.segment ?? ALL],
  ['source', ({ group }) => group.source ?? ALL],
  ['variant', ({ arm }) => arm.variant],
  ['role', ({ arm }) => arm.role],
  ['exposures', ({ arm }) => arm.exposures],
  ['matured', ({ arm }) => arm.matured],
  ['replies', ({ arm }) => arm.replies],
  ['appointments_booked', ({ arm }) => arm.appointments_booked],
  ['conversions', ({ arm }) => arm.conversions],
  ['opt_outs', ({ arm }) => arm.opt_outs],
  ['handoffs_opened', ({ arm }) => arm.handoffs_opened],
  ['handoffs_acknowledged', ({ arm }) => arm.handoffs_acknowledged],
  ['handoffs_breached', ({ arm }) => arm.handoffs_breached],
  [
    'median_seconds_to_handoff_acknowledged',
    ({ arm }) => arm.median_seconds_to_handoff_acknowledged,
  ],
  ...METRICS.flatMap((metric): Column[] => [
    [`${metric}_rate`, ({ arm }) => arm.rates[metric].rate],
    [`${metric}_rate_low`, ({ arm }) => arm.rates[metric].interval.low],
    [`${metric}_rate_high`, ({ arm }) => arm.rates[metric].interval.high],
    ...comparisonColumns(metric),
  ]),
];

function comparisonColumns(metric: ComparisonDto['metric']): Column[] {
  const read =
    (value: (comparison: ComparisonDto) => Value) =>
    ({ group, arm }: Row): Value => {
      const found = group.comparisons.find(
        (one) => one.metric === metric && one.variant === arm.variant,
      );
      return found === undefined ? null : value(found);
    };
  return [
    [`${metric}_difference`, read((one) => one.difference)],
    [`${metric}_difference_low`, read((one) => one.interval?.low ?? null)],
    [`${metric}_difference_high`, read((one) => one.interval?.high ?? null)],
    [`${metric}_relative_lift`, read((one) => one.relative_lift?.estimate ?? null)],
    [`${metric}_adjusted_p_value`, read((one) => one.adjusted_p_value)],
    [`${metric}_significant`, read((one) => one.significant)],
  ];
}

/** RFC 4180, one row per group and variant: without a breakdown one row per variant. */
export function reportCsv(report: ExperimentReportDto): string {
  const { experiment, arms, comparisons } = report;
  const total: GroupDto = { segment: null, source: null, arms, comparisons };
  const groups = report.by === 'none' ? [total] : report.groups;
  const rows = groups.flatMap((group) => group.arms.map((arm) => ({ experiment, group, arm })));
  const header = COLUMNS.map(([name]) => field(name));
  const body = rows.map((row) => COLUMNS.map(([, read]) => field(read(row))));
  return [header, ...body].map((fields) => `${fields.join(',')}\r\n`).join('');
}

/** A spreadsheet takes a text that begins so for a formula, also in full width and after a blank. */
const FORMULA_START = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/u;

/** Texts come from leads' own sources, so none may begin a formula; numbers are ours. */
function field(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
