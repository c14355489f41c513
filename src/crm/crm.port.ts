/**
 * What GrowthGate needs of a CRM. Expected failures are results, never exceptions, because the
 * caller has to tell "definitely did not happen" from "nobody knows".
 */

export type CrmFailureKind =
  /** No token for this location. */
  | 'no_credentials'
  /** 401 or 403. */
  | 'unauthorized'
  | 'not_found'
  /** The CRM refuses to text this contact. */
  | 'do_not_disturb'
  /** Any other 4xx: repeating it cannot help. */
  | 'rejected'
  /** 429, or our own limiter: nothing happened; try again after `retryAfterMs`. */
  | 'rate_limited'
  /** Connection refused, name not found: nothing happened. */
  | 'unreachable'
  /** Time-out, reset, 5xx: it may or may not have happened. */
  | 'unknown_outcome';

export interface CrmFailure {
  readonly kind: CrmFailureKind;
  readonly status?: number;
  /** For operators; holds no message text and no personal data. */
  readonly message: string;
  readonly retryAfterMs?: number;
}

export type CrmResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: CrmFailure };

export interface CrmContact {
  readonly id: string;
  readonly firstName?: string;
  readonly phone?: string;
  readonly timezone?: string;
  readonly assignedTo?: string;
  readonly tags: readonly string[];
  /** True when the whole contact or this channel is blocked. */
  isBlocked(channel: string): boolean;
  readonly customFields: readonly { readonly id: string; readonly value: unknown }[];
}

export interface OutgoingMessage {
  readonly contactId: string;
  /** CRM message type: SMS, Email, WhatsApp, IG, FB, Live_Chat … */
  readonly channel: string;
  readonly text: string;
}

export interface SentMessage {
  readonly messageId: string;
  readonly conversationId?: string;
}

export interface NewTask {
  readonly contactId: string;
  readonly title: string;
  readonly body: string;
  readonly dueAt: Date;
  readonly assignedTo?: string;
}

export type CustomFieldValue = string | number | boolean;

/** Also the injection token. */
export abstract class Crm {
  abstract getContact(locationId: string, contactId: string): Promise<CrmResult<CrmContact>>;
  /** Keys without the `contact.` prefix; fields that the location lacks are created once. */
  abstract updateContactCustomFields(
    locationId: string,
    contactId: string,
    fields: Readonly<Record<string, CustomFieldValue>>,
  ): Promise<CrmResult<void>>;
  abstract addContactTags(
    locationId: string,
    contactId: string,
    tags: readonly string[],
  ): Promise<CrmResult<void>>;
  abstract removeContactTags(
    locationId: string,
    contactId: string,
    tags: readonly string[],
  ): Promise<CrmResult<void>>;
  /** Blocks texting for this contact in the CRM itself. */
  abstract setDoNotDisturb(locationId: string, contactId: string): Promise<CrmResult<void>>;
  abstract assignContact(
    locationId: string,
    contactId: string,
    userId: string,
  ): Promise<CrmResult<void>>;
  abstract sendMessage(
    locationId: string,
    message: OutgoingMessage,
  ): Promise<CrmResult<SentMessage>>;
  /** Looks a message up that may have been sent: same contact, same text, not older than `since`. */
  abstract findSentMessage(
    locationId: string,
    message: OutgoingMessage,
    since: Date,
  ): Promise<CrmResult<SentMessage | undefined>>;
  abstract createTask(
    locationId: string,
    task: NewTask,
  ): Promise<CrmResult<{ readonly taskId: string }>>;
  abstract addNote(
    locationId: string,
    contactId: string,
    body: string,
  ): Promise<CrmResult<{ readonly noteId: string }>>;
  abstract addToWorkflow(
    locationId: string,
    contactId: string,
    workflowId: string,
  ): Promise<CrmResult<void>>;
  /** Cheap, read-only, bounded in time. */
  abstract checkHealth(): Promise<CrmResult<void>>;
}
