import type { CrmCredentials, CrmTelemetry } from '../crm-connection.js';
import {
  Crm,
  type Announce,
  type CrmContact,
  type CrmResult,
  type CustomFieldValue,
  type DoNotDisturbChange,
  type NewNote,
  type NewTask,
  type OutgoingMessage,
  type RecordSearch,
  type SentMessage,
} from '../crm.port.js';
import {
  channelsToSwitch,
  dndSettings,
  messageBody,
  readContact,
  readCustomFields,
  readIdOf,
  readSentMessage,
} from './ghl-documents.js';
import { sameIds, type FieldWrite, type GhlCustomFields } from './ghl-custom-fields.js';
import { GhlLookUps } from './ghl-look-ups.js';
import { isNotInWorkflow, workflowRequest } from './ghl-workflow.js';
import type { GhlRequest } from './ghl-request.js';
import { failed, type GhlTransport, succeeded } from './ghl-transport.js';
import { asRecord } from '../../shared/loose-json.js';

const HEALTH_TIMEOUT_MS = 3_000;
/** Statuses a write answers with when it names a field that is gone. */
const MAYBE_STALE_FIELD = new Set([400, 404, 422]);

/** GoHighLevel's REST API in the words of the port. */
export class GhlClient extends Crm {
  private readonly lookUps: GhlLookUps;

  constructor(
    private readonly transport: GhlTransport,
    private readonly customFields: GhlCustomFields,
    private readonly credentials: CrmCredentials,
    private readonly telemetry: CrmTelemetry,
  ) {
    super();
    this.lookUps = new GhlLookUps(transport);
  }

  override async getContact(
    locationId: string,
    contactId: string,
    isAwaited = false,
  ): Promise<CrmResult<CrmContact>> {
    const reply = await this.transport.send(locationId, {
      operation: 'getContact',
      method: 'GET',
      path: ['contacts', contactId],
      isAwaited,
    });
    if (!reply.ok) return reply;
    const contact = readContact(reply.value);
    return contact === undefined
      ? failed({ kind: 'unknown_outcome', message: 'The CRM answered without a contact' })
      : succeeded(contact);
  }

  override async updateContactCustomFields(
    locationId: string,
    contactId: string,
    fields: Readonly<Record<string, CustomFieldValue>>,
  ): Promise<CrmResult<void>> {
    const writes = await this.customFields.resolve(locationId, fields);
    if (!writes.ok) return writes;
    if (writes.value.length === 0) return succeeded(undefined);
    const first = await this.writeFields(locationId, contactId, writes.value);
    if (first.ok || !MAYBE_STALE_FIELD.has(first.failure.status ?? 0)) return first;
    this.customFields.forget(locationId);
    const fresh = await this.customFields.resolve(locationId, fields);
    if (!fresh.ok || sameIds(fresh.value, writes.value)) return first;
    return this.writeFields(locationId, contactId, fresh.value);
  }

  override async addContactTags(
    locationId: string,
    contactId: string,
    tags: readonly string[],
  ): Promise<CrmResult<void>> {
    return this.changeTags(locationId, contactId, tags, 'POST');
  }

  override async removeContactTags(
    locationId: string,
    contactId: string,
    tags: readonly string[],
  ): Promise<CrmResult<void>> {
    return this.changeTags(locationId, contactId, tags, 'DELETE');
  }

  override async switchDoNotDisturb(
    locationId: string,
    contactId: string,
    change: DoNotDisturbChange,
  ): Promise<CrmResult<readonly string[]>> {
    const contact = await this.getContact(locationId, contactId);
    if (!contact.ok) return contact;
    const channels = channelsToSwitch(contact.value, change);
    if (channels.length === 0) return succeeded([]);
    const body = { dndSettings: dndSettings(channels, change.on) };
    const path = ['contacts', contactId];
    const operation = 'switchDoNotDisturb';
    const done = await this.command(locationId, { operation, method: 'PUT', path, body });
    return done.ok ? succeeded(channels) : done;
  }

  override async assignContact(
    locationId: string,
    contactId: string,
    userId: string,
  ): Promise<CrmResult<void>> {
    return this.command(locationId, {
      operation: 'assignContact',
      method: 'PUT',
      path: ['contacts', contactId],
      body: { assignedTo: userId },
    });
  }

  override async sendMessage(
    locationId: string,
    message: OutgoingMessage,
    announce: Announce,
  ): Promise<CrmResult<SentMessage>> {
    const reply = await this.transport.send(locationId, {
      operation: 'sendMessage',
      method: 'POST',
      path: ['conversations', 'messages'],
      body: messageBody(message),
      announce,
    });
    return reply.ok ? succeeded(readSentMessage(reply.value)) : reply;
  }

  override findSentMessage(
    locationId: string,
    message: OutgoingMessage,
    search: RecordSearch,
  ): Promise<CrmResult<SentMessage | undefined>> {
    return this.lookUps.findSentMessage(locationId, message, search);
  }

  override async createTask(
    locationId: string,
    task: NewTask,
    announce: Announce,
  ): Promise<CrmResult<{ readonly taskId: string }>> {
    const { assignedTo } = task;
    const reply = await this.transport.send(locationId, {
      operation: 'createTask',
      method: 'POST',
      path: ['contacts', task.contactId, 'tasks'],
      body: {
        title: task.title,
        body: task.body,
        dueDate: task.dueAt.toISOString(),
        completed: false,
        ...(assignedTo === undefined ? {} : { assignedTo }),
      },
      announce,
    });
    return reply.ok ? succeeded({ taskId: readIdOf(reply.value, 'task') }) : reply;
  }

  override findTask(
    locationId: string,
    task: NewTask,
    search: RecordSearch,
  ): Promise<CrmResult<{ readonly taskId: string } | undefined>> {
    return this.lookUps.findTask(locationId, task, search);
  }

  override async addNote(
    locationId: string,
    { contactId, body }: NewNote,
    announce: Announce,
  ): Promise<CrmResult<{ readonly noteId: string }>> {
    const reply = await this.transport.send(locationId, {
      operation: 'addNote',
      method: 'POST',
      path: ['contacts', contactId, 'notes'],
      body: { body },
      announce,
    });
    return reply.ok ? succeeded({ noteId: readIdOf(reply.value, 'note') }) : reply;
  }

  override findNote(
    locationId: string,
    note: NewNote,
    search: RecordSearch,
  ): Promise<CrmResult<{ readonly noteId: string } | undefined>> {
    return this.lookUps.findNote(locationId, note, search);
  }

  override async addToWorkflow(
    ...[locationId, contactId, workflowId, announce]: Parameters<Crm['addToWorkflow']>
  ): Promise<CrmResult<void>> {
    const request = workflowRequest('addToWorkflow', contactId, workflowId);
    return this.command(locationId, { ...request, announce });
  }

  override async removeFromWorkflow(
    ...[locationId, contactId, workflowId]: Parameters<Crm['removeFromWorkflow']>
  ): Promise<CrmResult<void>> {
    const request = workflowRequest('removeFromWorkflow', contactId, workflowId);
    const done = await this.command(locationId, request);
    return isNotInWorkflow(done) ? succeeded(undefined) : done;
  }

  /**
   * Reads the configured location. Where none is configured there is nothing that any token may
   * read, so every answer short of a server fault or a refused token shows that the CRM is there.
   */
  override async checkHealth(): Promise<CrmResult<void>> {
    const locationId = this.credentials.configuredLocationId;
    const path = locationId === undefined ? ['locations'] : ['locations', locationId];
    const request: GhlRequest = { operation: 'checkHealth', method: 'GET', path };
    const reply = await this.transport.probe(locationId, HEALTH_TIMEOUT_MS, request);
    if (reply.ok) return succeeded(undefined);
    const { kind } = reply.failure;
    const answered = kind === 'not_found' || kind === 'rejected';
    return locationId === undefined && answered ? succeeded(undefined) : reply;
  }

  private async changeTags(
    locationId: string,
    contactId: string,
    tags: readonly string[],
    method: 'POST' | 'DELETE',
  ): Promise<CrmResult<void>> {
    if (tags.length === 0) return succeeded(undefined);
    return this.command(locationId, {
      operation: method === 'POST' ? 'addContactTags' : 'removeContactTags',
      method,
      path: ['contacts', contactId, 'tags'],
      body: { tags },
    });
  }

  private async writeFields(
    locationId: string,
    contactId: string,
    writes: readonly FieldWrite[],
  ): Promise<CrmResult<void>> {
    const reply = await this.transport.send(locationId, {
      operation: 'updateContactCustomFields',
      method: 'PUT',
      path: ['contacts', contactId],
      body: { customFields: writes },
    });
    if (!reply.ok) return reply;
    this.confirmFields(locationId, reply.value, writes);
    return succeeded(undefined);
  }

  /** Only tells the operator: a 2xx is a success, but this API has dropped fields silently. */
  private confirmFields(locationId: string, body: unknown, writes: readonly FieldWrite[]): void {
    const contact = asRecord(asRecord(body).contact);
    if (!Array.isArray(contact.customFields)) return;
    const stored = new Set(readCustomFields(contact).map((field) => field.id));
    const missing = writes.filter((write) => write.field_value !== '' && !stored.has(write.id));
    if (missing.length > 0) this.telemetry.fieldsNotConfirmed(locationId, missing.length);
  }

  private async command(locationId: string, request: GhlRequest): Promise<CrmResult<void>> {
    const reply = await this.transport.send(locationId, request);
    return reply.ok ? succeeded(undefined) : reply;
  }
}
