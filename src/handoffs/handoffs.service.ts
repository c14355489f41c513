import { Injectable } from '@nestjs/common';
import { ProblemException } from '../http/problem.exception.js';
import type { Handoff } from './handoff.js';
import { HandoffDesk, type HandoffStepResult } from './handoff-desk.js';
import { HandoffReadModel } from './handoff.read-model.js';
import type { HandoffDto, HandoffPageDto, HandoffQuery } from './handoffs.dto.js';

/** Who acts when the caller does not say. */
const UNNAMED = 'api';

/** Handoffs in the words of the API. */
@Injectable()
export class HandoffsService {
  constructor(
    private readonly desk: HandoffDesk,
    private readonly handoffs: HandoffReadModel,
  ) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async list(query: HandoffQuery): Promise<HandoffPageDto> {
    const { items, next_cursor } = await this.handoffs.list(query);
    return { items: items.map(handoffDto), next_cursor };
  }

  async get(id: string): Promise<HandoffDto> {
    return foundDto(await this.handoffs.find(Number(id)));
  }

  async acknowledge(id: string, by = UNNAMED): Promise<HandoffDto> {
    return changedDto(await this.desk.acknowledge(Number(id), by));
  }

  async resolve(id: string, by = UNNAMED): Promise<HandoffDto> {
    return changedDto(await this.desk.resolve(Number(id), by));
  }
}

/** @throws {ProblemException} 404 when there is none */
function foundDto(handoff: Handoff | undefined): HandoffDto {
  if (handoff === undefined) throw notFound();
  return handoffDto(handoff);
}

/** @throws {ProblemException} 404 when there is none, 409 when it is too late for the step */
function changedDto(change: HandoffStepResult): HandoffDto {
  switch (change.kind) {
    case 'changed':
    case 'already_done':
      return handoffDto(change.handoff);
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

function handoffDto(handoff: Handoff): HandoffDto {
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
