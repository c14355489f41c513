import { DEFAULT_LIMIT } from '../http/admin/page-limit.js';
import { ProblemException } from '../http/problem.exception.js';
import type { Handoff } from './handoff.js';
import type { HandoffStepResult } from './handoff-desk.js';
import type { HandoffFilter, HandoffPage } from './handoff.read-model.js';
import type { HandoffDto, HandoffPageDto, HandoffQuery } from './handoffs.dto.js';

/** Between the words of the API and those of the code. */

export interface HandoffListing {
  readonly filter: HandoffFilter;
  readonly limit: number;
  readonly cursor: number | undefined;
}

export function listingOf(query: HandoffQuery): HandoffListing {
  return {
    filter: {
      state: query.state,
      breached: query.breached,
      riskLevel: query.risk_level,
      locationId: query.location_id,
      assignedTo: query.assigned_to,
      from: query.from,
      to: query.to,
    },
    limit: query.limit ?? DEFAULT_LIMIT,
    cursor: query.cursor === undefined ? undefined : Number(query.cursor),
  };
}

export function listDocument({ handoffs, nextCursor }: HandoffPage): HandoffPageDto {
  return {
    handoffs: handoffs.map(handoffDocument),
    next_cursor: nextCursor === null ? null : String(nextCursor),
  };
}

/** @throws {ProblemException} 404 when there is none */
export function foundDocument(handoff: Handoff | undefined): HandoffDto {
  if (handoff === undefined) throw notFound();
  return handoffDocument(handoff);
}

/** @throws {ProblemException} 404 when there is none, 409 when it is too late for the step */
export function changeDocument(change: HandoffStepResult): HandoffDto {
  switch (change.kind) {
    case 'changed':
    case 'already_done':
      return handoffDocument(change.handoff);
    case 'refused':
      throw new ProblemException(
        409,
        `Handoff ${change.handoff.handoffId} is resolved: it cannot be acknowledged any more`,
      );
    case 'not_found':
      throw notFound();
  }
}

function notFound(): ProblemException {
  return new ProblemException(404, 'There is no handoff of this number');
}

function handoffDocument(handoff: Handoff): HandoffDto {
  return {
    handoff_id: handoff.handoffId,
    location_id: handoff.locationId,
    contact_id: handoff.contactId,
    state: handoff.state,
    breached: handoff.breachedAt !== null,
    risk_level: handoff.riskLevel,
    reason_code: handoff.reasonCode,
    assigned_to: handoff.assignedTo,
    opened_at: handoff.openedAt.toISOString(),
    deadline_at: handoff.deadlineAt.toISOString(),
    breached_at: isoOrNull(handoff.breachedAt),
    acknowledged_at: isoOrNull(handoff.acknowledgedAt),
    acknowledged_by: handoff.acknowledgedBy,
    resolved_at: isoOrNull(handoff.resolvedAt),
    resolved_by: handoff.resolvedBy,
    delivery_id: handoff.deliveryId,
    summary: handoff.summary,
  };
}

function isoOrNull(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString();
}
