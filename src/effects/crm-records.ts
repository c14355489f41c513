import { Injectable } from '@nestjs/common';
import { Crm, type CrmResult, type NewTask } from '../crm/crm.port.js';
import { AnnouncedCalls, type DoubtRules } from './announced-calls.js';
import type { LaneHold, StoredEffect } from './claimed-lane.js';
import type { Disposition } from './disposition.js';
import type { EffectPayloads } from './effect.js';

/** A copy is a nuisance and a loss is not seen: looked for, and then made once more. */
const WHEN_IN_DOUBT: DoubtRules = {
  lookForMs: { timed_out: 45_000, broken: 45_000 },
  repeatsTimedOut: true,
  trustsErrorStatus: true,
  maxCalls: 5,
};

/** Tasks and notes: each call to the CRM makes another one. */
@Injectable()
export class CrmRecords {
  constructor(
    private readonly crm: Crm,
    private readonly calls: AnnouncedCalls,
  ) {}

  addNote(
    lane: LaneHold,
    effect: StoredEffect,
    { body }: EffectPayloads['add_note'],
  ): Promise<Disposition> {
    const { locationId, contactId } = lane;
    const note = { contactId, body };
    return this.calls.carryOut(lane, effect, {
      whenInDoubt: WHEN_IN_DOUBT,
      make: async (announce) =>
        valueOf(await this.crm.addNote(locationId, note, announce), (made) => made.noteId),
      find: async (search) =>
        valueOf(await this.crm.findNote(locationId, note, search), (found) => found?.noteId),
    });
  }

  createTask(
    lane: LaneHold,
    effect: StoredEffect,
    { title, body, dueAt, assignedTo }: EffectPayloads['create_task'],
  ): Promise<Disposition> {
    const { locationId, contactId } = lane;
    const task: NewTask = { contactId, title, body, dueAt: new Date(dueAt) };
    return this.calls.carryOut(lane, effect, {
      whenInDoubt: WHEN_IN_DOUBT,
      make: async (announce) => {
        const owner = await this.ownerOf(lane, assignedTo);
        if (!owner.ok) return owner;
        const owned = owner.value === undefined ? task : { ...task, assignedTo: owner.value };
        const made = await this.crm.createTask(locationId, owned, announce);
        return valueOf(made, ({ taskId }) => taskId);
      },
      find: async (search) =>
        valueOf(await this.crm.findTask(locationId, task, search), (found) => found?.taskId),
    });
  }

  private async ownerOf(
    { locationId, contactId }: LaneHold,
    named: string | null,
  ): Promise<CrmResult<string | undefined>> {
    if (named !== null) return { ok: true, value: named };
    const contact = await this.crm.getContact(locationId, contactId);
    return contact.ok ? { ok: true, value: contact.value.assignedTo } : contact;
  }
}

function valueOf<T, V>(result: CrmResult<T>, read: (value: T) => V): CrmResult<V> {
  return result.ok ? { ok: true, value: read(result.value) } : result;
}
