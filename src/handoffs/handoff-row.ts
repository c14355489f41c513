import type { Selectable } from 'kysely';
import type { HandoffTable } from './handoff.tables.js';
import type { Handoff } from './handoff.js';

export type HandoffRow = Selectable<HandoffTable>;

export function toHandoff(row: HandoffRow): Handoff {
  return {
    handoffId: row.handoff_id,
    locationId: row.location_id,
    contactId: row.contact_id,
    state: row.state,
    reasonCode: row.reason_code,
    riskLevel: row.risk_level,
    assignedTo: row.assigned_to,
    openedAt: row.opened_at,
    deadlineAt: row.deadline_at,
    breachedAt: row.breached_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    deliveryId: row.delivery_id,
    summary: row.summary,
  };
}
