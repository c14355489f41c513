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
  /** Nothing of the call left us, e.g. because there was no connection: nothing happened. */
  | 'unreachable'
  /** We ourselves took the call back before it left. */
  | 'withheld'
  /** Time-out, reset, 5xx: it may or may not have happened. */
  | 'unknown_outcome';

export interface CrmFailure {
  readonly kind: CrmFailureKind;
  readonly status?: number;
  /** For operators; holds no message text and no personal data. */
  readonly message: string;
  readonly retryAfterMs?: number;
  /** With `unknown_outcome`: the call had left, and may be worked on still. */
  readonly timedOut?: true;
}

/**
 * Announces a call that must not be made twice, once its turn has come and before it leaves.
 *
 * @returns whether the announcement still holds, for the moment at which the call leaves; undefined
 *   when the call is no longer wanted
 */
export type Announce = () => Promise<(() => boolean) | undefined>;

export type CrmResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: CrmFailure };

export interface CrmContact {
  readonly id: string;
  readonly firstName?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly timezone?: string;
  readonly assignedTo?: string;
  readonly tags: readonly string[];
  /** True when the whole contact or this channel is blocked. */
  isBlocked(channel: string): boolean;
  /** Channels that are blocked each by itself. */
  readonly blockedChannels: readonly string[];
  readonly customFields: readonly { readonly id: string; readonly value: unknown }[];
}

/** `on` blocks. */
export interface DoNotDisturbChange {
  readonly channels: readonly string[];
  readonly on: boolean;
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

export interface NewNote {
  readonly contactId: string;
  readonly body: string;
}

/** Which record is the one that was asked for, where others say the same. */
export interface RecordSearch {
  /** It was announced at this time, and is not older. */
  readonly since: Date;
  /** The CRM's ids of records that are known to be others. */
  readonly taken: ReadonlySet<string>;
}

export type CustomFieldValue = string | number | boolean;

/** Also the injection token. */
export abstract class Crm {
  /** @param isAwaited a call that has its turn waits for this one: it must not lose it for want of patience */
  abstract getContact(
    locationId: string,
    contactId: string,
    isAwaited?: boolean,
  ): Promise<CrmResult<CrmContact>>;
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
  /**
   * Switches do-not-disturb in the CRM itself, for these channels and no other.
   *
   * @returns channels that were switched: not those that stood so already, nor those it has no switch for
   */
  abstract switchDoNotDisturb(
    locationId: string,
    contactId: string,
    change: DoNotDisturbChange,
  ): Promise<CrmResult<readonly string[]>>;
  abstract assignContact(
    locationId: string,
    contactId: string,
    userId: string,
  ): Promise<CrmResult<void>>;
  abstract sendMessage(
    locationId: string,
    message: OutgoingMessage,
    announce: Announce,
  ): Promise<CrmResult<SentMessage>>;
  /** Looks a message up that may have been sent: same contact, same text. */
  abstract findSentMessage(
    locationId: string,
    message: OutgoingMessage,
    search: RecordSearch,
  ): Promise<CrmResult<SentMessage | undefined>>;
  abstract createTask(
    locationId: string,
    task: NewTask,
    announce: Announce,
  ): Promise<CrmResult<{ readonly taskId: string }>>;
  /** Looks a task up that may have been created; an owner given by the CRM does not matter. */
  abstract findTask(
    locationId: string,
    task: NewTask,
    search: RecordSearch,
  ): Promise<CrmResult<{ readonly taskId: string } | undefined>>;
  abstract addNote(
    locationId: string,
    note: NewNote,
    announce: Announce,
  ): Promise<CrmResult<{ readonly noteId: string }>>;
  abstract findNote(
    locationId: string,
    note: NewNote,
    search: RecordSearch,
  ): Promise<CrmResult<{ readonly noteId: string } | undefined>>;
  abstract addToWorkflow(
    locationId: string,
    contactId: string,
    workflowId: string,
    announce: Announce,
  ): Promise<CrmResult<void>>;
  /** Succeeds also where the contact is in no such workflow. */
  abstract removeFromWorkflow(
    locationId: string,
    contactId: string,
    workflowId: string,
  ): Promise<CrmResult<void>>;
  /** Cheap, read-only, bounded in time. */
  abstract checkHealth(): Promise<CrmResult<void>>;
}
