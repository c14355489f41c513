import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { statusKey } from '../../growth/outcomes/status-words.js';
import type { PageQuery } from '../../http/admin/page.js';
import { ProblemException, type ProblemFieldError } from '../../http/problem.exception.js';
import { Clock } from '../../shared/clock.js';
import { MAX_STATUS_KEY_LENGTH } from '../read-change.js';
import { ALL_LOCATIONS, type OutcomeMappingChange } from './outcome-mapping.js';
import {
  OutcomeMappingRepository,
  type StoredOutcomeMapping,
} from './outcome-mapping.repository.js';
import { OutcomeMappings } from './outcome-mappings.js';
import type {
  OutcomeMappingChangeRequest,
  OutcomeMappingDto,
  OutcomeMappingPageDto,
  PutOutcomeMappingsRequest,
} from './outcome-mappings.dto.js';

/** Lets an operator say what a status means. */
@Injectable()
export class OutcomeMappingService {
  constructor(
    private readonly repository: OutcomeMappingRepository,
    private readonly mappings: OutcomeMappings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: PageQuery): Promise<OutcomeMappingPageDto> {
    const { items, next_cursor } = await this.repository.listPage(query);
    return { items: items.map(toDto), next_cursor };
  }

  /** In force in this process when it resolves. */
  async put({ mappings }: PutOutcomeMappingsRequest): Promise<OutcomeMappingPageDto> {
    const changes = mappings.map(toChange);
    const errors = findFaults(changes);
    if (errors.length > 0) throw new ProblemException(400, 'Validation failed', { errors });
    await this.transactions.inTransaction((trx) =>
      this.repository.apply(trx, changes, this.clock.now()),
    );
    await this.mappings.refresh();
    return { items: (await this.repository.list()).map(toDto), next_cursor: null };
  }
}

function toChange({
  status,
  outcome,
  location_id,
}: OutcomeMappingChangeRequest): OutcomeMappingChange {
  return { locationId: location_id ?? ALL_LOCATIONS, statusKey: statusKey(status), outcome };
}

/** What a DTO cannot tell of itself: a status without letters or digits names nothing, and one named twice contradicts itself. */
function findFaults(changes: readonly OutcomeMappingChange[]): readonly ProblemFieldError[] {
  const named = new Set<string>();
  return changes.flatMap(({ locationId, statusKey: key }, index) => {
    const field = `mappings.${index}.status`;
    if (key === '' || key.length > MAX_STATUS_KEY_LENGTH) {
      return [{ field, message: 'status must have letters or digits, and not too many' }];
    }
    const name = JSON.stringify([locationId, key]);
    if (named.has(name)) return [{ field, message: 'status is mapped twice in this request' }];
    named.add(name);
    return [];
  });
}

function toDto({
  locationId,
  statusKey: status,
  outcome,
  updatedAt,
}: StoredOutcomeMapping): OutcomeMappingDto {
  return { status, outcome, location_id: locationId, updated_at: updatedAt.toISOString() };
}
