import { sql } from 'kysely';
import type { Database } from '../../../src/database/database.js';
import { EXPERIMENT, NOW } from './experiment-app.js';

export interface RawExposure {
  readonly contactId: string;
  readonly variant: string;
  readonly exposedAt: Date;
  readonly experiment?: string;
  readonly segment?: string;
  readonly source?: string;
  readonly epoch?: number;
  readonly decidedAt?: Date;
}

export interface RawMilestone {
  readonly contactId: string;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly deliveryId?: string;
}

export interface RawHandoff {
  readonly contactId: string;
  readonly openedAt: Date;
  readonly acknowledgedAt?: Date;
  readonly breachedAt?: Date;
}

export const LOCATION = 'loc-1';
export const SECOND = 1_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export function daysAgo(days: number, plusMs = 0): Date {
  return new Date(NOW.getTime() - days * DAY + plusMs);
}

export function after(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}

export async function insertExposures(
  { kysely }: Database,
  rows: readonly RawExposure[],
): Promise<void> {
  await sql`
    insert into exposure (experiment, location_id, contact_id, variant, segment, source, bucket, epoch,
      effect_id, decided_at, exposed_at)
    select experiment, ${LOCATION}, contact_id, variant, segment, source, 0, epoch, 1, decided_at, exposed_at
    from unnest(
      ${rows.map((row) => row.experiment ?? EXPERIMENT)}::text[],
      ${rows.map((row) => row.contactId)}::text[],
      ${rows.map((row) => row.variant)}::text[],
      ${rows.map((row) => row.segment ?? 'standard')}::text[],
      ${rows.map((row) => row.source ?? 'zillow')}::text[],
      ${rows.map((row) => row.epoch ?? 0)}::int[],
      ${rows.map((row) => row.decidedAt ?? row.exposedAt)}::timestamptz[],
      ${rows.map((row) => row.exposedAt)}::timestamptz[]
    ) as raw (experiment, contact_id, variant, segment, source, epoch, decided_at, exposed_at)`.execute(
    kysely,
  );
}

export async function insertMilestones(
  { kysely }: Database,
  rows: readonly RawMilestone[],
): Promise<void> {
  await sql`
    insert into lead_milestone (location_id, contact_id, kind, occurred_at, delivery_id)
    select ${LOCATION}, contact_id, kind, occurred_at, delivery_id
    from unnest(
      ${rows.map((row) => row.contactId)}::text[],
      ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.occurredAt)}::timestamptz[],
      ${rows.map((row, index) => row.deliveryId ?? `delivery-${index}`)}::text[]
    ) as raw (contact_id, kind, occurred_at, delivery_id)`.execute(kysely);
}

export async function insertHandoffs(
  { kysely }: Database,
  rows: readonly RawHandoff[],
): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const resolvedAt = row.acknowledgedAt ?? null;
    await sql`
      insert into handoff (location_id, contact_id, state, reason_code, risk_level, opened_at, deadline_at,
        breached_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by, delivery_id, summary)
      values (${LOCATION}, ${row.contactId}, ${resolvedAt === null ? 'open' : 'resolved'},
        'sla_high_risk_contact_now', 'high', ${row.openedAt}, ${after(row.openedAt, 300 * SECOND)},
        ${row.breachedAt ?? null}, ${resolvedAt}, 'ann', ${resolvedAt}, 'ann', ${`delivery-${index}`}, '{}')`.execute(
      kysely,
    );
  }
}
