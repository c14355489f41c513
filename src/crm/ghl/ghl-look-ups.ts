import type {
  CrmFailure,
  CrmResult,
  NewNote,
  NewTask,
  OutgoingMessage,
  RecordSearch,
  SentMessage,
} from '../crm.port.js';
import { asRecord } from '../../shared/loose-json.js';
import { findInThread, findNoteIn, findTaskIn, readConversationIds } from './ghl-documents.js';
import { failed, succeeded, type GhlTransport } from './ghl-transport.js';

/** One page of a conversation, newest first: far more than an attempt can be behind. */
const THREAD_LIMIT = '100';
const CONVERSATION_LIMIT = '5';
/** What is not told cannot be read as "there is none". */
const NO_LIST: CrmFailure = { kind: 'rejected', message: 'The CRM answered without a list' };

/** Looks for what a call left behind of which nobody knows whether it was carried out. */
export class GhlLookUps {
  constructor(private readonly transport: GhlTransport) {}

  async findSentMessage(
    locationId: string,
    message: OutgoingMessage,
    search: RecordSearch,
  ): Promise<CrmResult<SentMessage | undefined>> {
    const conversations = await this.transport.send(locationId, {
      operation: 'searchConversations',
      method: 'GET',
      path: ['conversations', 'search'],
      query: { locationId, contactId: message.contactId, limit: CONVERSATION_LIMIT },
    });
    if (!conversations.ok) return conversations;
    const ids = readConversationIds(conversations.value);
    if (ids === undefined) return failed(NO_LIST);
    for (const conversationId of ids) {
      const thread = await this.transport.send(locationId, {
        operation: 'listMessages',
        method: 'GET',
        path: ['conversations', conversationId, 'messages'],
        query: { limit: THREAD_LIMIT },
      });
      if (!thread.ok) return thread;
      const found = findInThread(thread.value, message, search);
      if (found !== undefined) return succeeded({ conversationId, ...found });
    }
    return succeeded(undefined);
  }

  async findTask(
    locationId: string,
    task: NewTask,
    search: RecordSearch,
  ): Promise<CrmResult<{ readonly taskId: string } | undefined>> {
    const list = await this.listOf(locationId, task.contactId, 'tasks');
    return list.ok ? succeeded(findTaskIn(list.value, task, search)) : list;
  }

  async findNote(
    locationId: string,
    note: NewNote,
    search: RecordSearch,
  ): Promise<CrmResult<{ readonly noteId: string } | undefined>> {
    const list = await this.listOf(locationId, note.contactId, 'notes');
    return list.ok ? succeeded(findNoteIn(list.value, note, search)) : list;
  }

  private async listOf(
    locationId: string,
    contactId: string,
    records: 'tasks' | 'notes',
  ): Promise<CrmResult<readonly unknown[]>> {
    const reply = await this.transport.send(locationId, {
      operation: records === 'tasks' ? 'listTasks' : 'listNotes',
      method: 'GET',
      path: ['contacts', contactId, records],
    });
    if (!reply.ok) return reply;
    const list = asRecord(reply.value)[records];
    return Array.isArray(list) ? succeeded(list) : failed(NO_LIST);
  }
}
