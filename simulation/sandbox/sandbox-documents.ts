import { randomInt } from 'node:crypto';
import type { LooseRecord } from '#product/shared/loose-json.js';

/** What the sandbox keeps. Documents are replaced, never changed in place. */

export interface SandboxMessage {
  readonly id: string;
  readonly type: string;
  readonly direction: 'inbound' | 'outbound';
  readonly body: string;
  readonly subject?: string;
  readonly dateAdded: string;
}

export interface SandboxTask {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly dueDate: string;
  readonly completed: boolean;
  readonly assignedTo?: string;
}

export interface SandboxNote {
  readonly id: string;
  readonly body: string;
  readonly userId?: string;
  readonly dateAdded: string;
}

export interface SandboxContact {
  readonly id: string;
  /** Null until a call tells it: a contact that came to be by its first touch may be anybody's. */
  readonly locationId: string | null;
  /** Name, phone, time zone and so on, as they were written. */
  readonly profile: LooseRecord;
  readonly dnd: boolean;
  readonly dndSettings: LooseRecord;
  /** Lower case, without repeats. */
  readonly tags: readonly string[];
  /** By field id. */
  readonly customFields: LooseRecord;
  readonly tasks: readonly SandboxTask[];
  readonly notes: readonly SandboxNote[];
  /** Workflow ids in the order in which the contact was added. */
  readonly workflows: readonly string[];
  readonly conversationId: string | null;
  /** Oldest first. */
  readonly messages: readonly SandboxMessage[];
  /** Write calls that concerned this contact so far. */
  readonly writes: number;
  readonly dateAdded: string;
  readonly dateUpdated: string;
}

export interface SandboxField {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  /** `contact.<key>` */
  readonly fieldKey: string;
  readonly dataType: string;
  readonly model: string;
}

export interface SandboxOpportunity {
  readonly id: string;
  readonly locationId: string;
  readonly contactId: string;
  readonly status: string;
  readonly [property: string]: unknown;
}

/** One write call as it was answered. */
export interface SandboxCall {
  readonly seq: number;
  readonly at: string;
  readonly operation: string;
  readonly status: number;
  readonly contactId?: string;
  /** 1 for the first write call of the contact. */
  readonly contactSeq?: number;
  readonly body: unknown;
}

export interface SandboxDocuments {
  readonly contact: SandboxContact;
  readonly field: SandboxField;
  readonly opportunity: SandboxOpportunity;
}

export type SandboxPut = {
  readonly [C in keyof SandboxDocuments]: { readonly in: C; readonly doc: SandboxDocuments[C] };
}[keyof SandboxDocuments];

const ID_LENGTH = 20;
const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Looks like the CRM's own ids. */
export function newSandboxId(): string {
  const letters = Array.from({ length: ID_LENGTH }, () => ID_ALPHABET[randomInt(62)]);
  return letters.join('');
}

export function newSandboxContact(
  id: string,
  locationId: string | null,
  at: string,
): SandboxContact {
  return {
    id,
    locationId,
    profile: {},
    dnd: false,
    dndSettings: {},
    tags: [],
    customFields: {},
    tasks: [],
    notes: [],
    workflows: [],
    conversationId: null,
    messages: [],
    writes: 0,
    dateAdded: at,
    dateUpdated: at,
  };
}
