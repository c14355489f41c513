import { Injectable } from '@nestjs/common';
import { Crm, type CrmResult } from '../../crm/crm.port.js';
import { settle, settleSeldom, type Disposition } from '../disposition.js';
import type { EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-handler.js';
import type { ClaimedLane, StoredEffect } from '../claimed-lane.js';

const KINDS = [
  'update_fields',
  'add_tags',
  'remove_tags',
  'set_do_not_disturb',
  'add_note',
  'create_task',
  'assign_contact',
] as const;
type CrmWriteKind = (typeof KINDS)[number];

/** Writes to the CRM's records: repeating one does no harm worth a question. */
@Injectable()
export class CrmWriteHandler implements EffectHandler<CrmWriteKind> {
  readonly kinds = KINDS;

  constructor(private readonly crm: Crm) {}

  async deliver(
    { locationId, contactId }: ClaimedLane,
    _effect: StoredEffect,
    payload: EffectPayload<CrmWriteKind>,
  ): Promise<Disposition> {
    switch (payload.kind) {
      case 'update_fields':
        return settle(this.crm.updateContactCustomFields(locationId, contactId, payload.fields));
      case 'add_tags':
        return settle(this.crm.addContactTags(locationId, contactId, payload.tags));
      case 'remove_tags':
        return settle(this.crm.removeContactTags(locationId, contactId, payload.tags));
      case 'set_do_not_disturb':
        return settle(this.crm.setDoNotDisturb(locationId, contactId));
      case 'add_note':
        return settleSeldom(
          this.crm.addNote(locationId, contactId, payload.body),
          (note) => note.noteId,
        );
      case 'create_task':
        return settleSeldom(this.createTask(locationId, contactId, payload), (task) => task.taskId);
      case 'assign_contact':
        return settle(this.crm.assignContact(locationId, contactId, payload.userId));
    }
  }

  addToWorkflow({ locationId, contactId }: ClaimedLane, workflowId: string): Promise<Disposition> {
    return settle(this.crm.addToWorkflow(locationId, contactId, workflowId));
  }

  private async createTask(
    locationId: string,
    contactId: string,
    task: EffectPayload<'create_task'>,
  ): Promise<CrmResult<{ readonly taskId: string }>> {
    const owner = await this.ownerOf(locationId, contactId, task.assignedTo);
    if (!owner.ok) return owner;
    return this.crm.createTask(locationId, {
      contactId,
      title: task.title,
      body: task.body,
      dueAt: new Date(task.dueAt),
      ...(owner.value === undefined ? {} : { assignedTo: owner.value }),
    });
  }

  private async ownerOf(
    locationId: string,
    contactId: string,
    named: string | null,
  ): Promise<CrmResult<string | undefined>> {
    if (named !== null) return { ok: true, value: named };
    const contact = await this.crm.getContact(locationId, contactId);
    return contact.ok ? { ok: true, value: contact.value.assignedTo } : contact;
  }
}
