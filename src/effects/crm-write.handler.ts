import { Injectable } from '@nestjs/common';
import { Crm, type CrmResult } from '../crm/crm.port.js';
import type { LeadKey } from '../leads/lead-key.js';
import { settle, settleSeldom, type Disposition } from './disposition.js';
import type { EffectPayload, EffectPayloads } from './effect.js';
import type { EffectHandler } from './effect-registry.js';
import type { LaneHold, StoredEffect } from './claimed-lane.js';

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
  readonly lane = 'contact';

  constructor(private readonly crm: Crm) {}

  async deliver(
    { locationId, contactId }: LaneHold,
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
        return createTask(this.crm, { locationId, contactId }, payload);
      case 'assign_contact':
        return settle(this.crm.assignContact(locationId, contactId, payload.userId));
    }
  }
}

export function createTask(
  crm: Crm,
  lead: LeadKey,
  task: EffectPayloads['create_task'],
): Promise<Disposition> {
  return settleSeldom(createOwnedTask(crm, lead, task), ({ taskId }) => taskId);
}

async function createOwnedTask(
  crm: Crm,
  { locationId, contactId }: LeadKey,
  { title, body, dueAt, assignedTo }: EffectPayloads['create_task'],
): Promise<CrmResult<{ readonly taskId: string }>> {
  const owner = await ownerOf(crm, { locationId, contactId }, assignedTo);
  if (!owner.ok) return owner;
  return crm.createTask(locationId, {
    contactId,
    title,
    body,
    dueAt: new Date(dueAt),
    ...(owner.value === undefined ? {} : { assignedTo: owner.value }),
  });
}

async function ownerOf(
  crm: Crm,
  { locationId, contactId }: LeadKey,
  named: string | null,
): Promise<CrmResult<string | undefined>> {
  if (named !== null) return { ok: true, value: named };
  const contact = await crm.getContact(locationId, contactId);
  return contact.ok ? { ok: true, value: contact.value.assignedTo } : contact;
}
