import { Injectable } from '@nestjs/common';
import { Crm } from '../crm/crm.port.js';
import { CrmRecords } from './crm-records.js';
import { settle, type Disposition } from './disposition.js';
import type { EffectPayload } from './effect.js';
import type { EffectHandler } from './effect-registry.js';
import type { LaneHold, StoredEffect } from './claimed-lane.js';

const KINDS = [
  'update_fields',
  'add_tags',
  'remove_tags',
  'add_note',
  'create_task',
  'assign_contact',
  'leave_workflow',
] as const;
type CrmWriteKind = (typeof KINDS)[number];

/** Writes to the CRM's records. Repeating one does no harm, but for tasks and notes. */
@Injectable()
export class CrmWriteHandler implements EffectHandler<CrmWriteKind> {
  readonly kinds = KINDS;
  readonly lane = 'contact';

  constructor(
    private readonly crm: Crm,
    private readonly records: CrmRecords,
  ) {}

  async deliver(
    lane: LaneHold,
    effect: StoredEffect,
    payload: EffectPayload<CrmWriteKind>,
  ): Promise<Disposition> {
    const { locationId, contactId } = lane;
    switch (payload.kind) {
      case 'update_fields':
        return settle(this.crm.updateContactCustomFields(locationId, contactId, payload.fields));
      case 'add_tags':
        return settle(this.crm.addContactTags(locationId, contactId, payload.tags));
      case 'remove_tags':
        return settle(this.crm.removeContactTags(locationId, contactId, payload.tags));
      case 'leave_workflow':
        return settle(this.crm.removeFromWorkflow(locationId, contactId, payload.workflowId));
      case 'add_note':
        return this.records.addNote(lane, effect, payload);
      case 'create_task':
        return this.records.createTask(lane, effect, payload);
      case 'assign_contact':
        return settle(this.crm.assignContact(locationId, contactId, payload.userId));
    }
  }
}
