import type { TestApp } from '../../../support/test-app.js';

export interface ArmCountsView {
  readonly exposures: number;
  readonly replies: number;
  readonly appointments_booked: number;
  readonly conversions: number;
  readonly opt_outs: number;
  readonly handoffs_opened: number;
  readonly handoffs_acknowledged: number;
  readonly handoffs_breached: number;
}

export interface ArmView extends ArmCountsView {
  readonly variant: string;
  readonly median_seconds_to_handoff_acknowledged: number | null;
}

export interface CellView extends ArmCountsView {
  readonly variant: string;
  readonly segment: string;
  readonly source: string;
}

export interface ReportView {
  readonly arms: readonly ArmView[];
  readonly groups: readonly {
    readonly segment: string | null;
    readonly source: string | null;
    readonly arms: readonly ArmView[];
  }[];
  readonly cells: readonly CellView[];
}

export const EXPERIMENT = 'ab_response_style_testing';

export function reportPath(experiment = EXPERIMENT): string {
  return `/admin/experiments/${experiment}/report`;
}

export async function readReport(
  { admin }: Pick<TestApp, 'admin'>,
  by: 'none' | 'segment' | 'source' = 'none',
  experiment = EXPERIMENT,
): Promise<ReportView> {
  const { body } = await admin.get(reportPath(experiment)).query({ by }).expect(200);
  return body as ReportView;
}

/** @throws when the report has no such arm */
export function armOf({ arms }: Pick<ReportView, 'arms'>, variant: string): ArmView {
  const arm = arms.find((one) => one.variant === variant);
  if (arm === undefined) throw new Error(`The report has no variant ${variant}`);
  return arm;
}

export async function exposureCount(
  { database }: Pick<TestApp, 'database'>,
  contactId: string,
): Promise<number> {
  const rows = await database
    .selectFrom('exposure')
    .select('variant')
    .where('contact_id', '=', contactId)
    .execute();
  return rows.length;
}
