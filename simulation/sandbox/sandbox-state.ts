import type { Clock } from '#product/shared/clock.js';
import {
  newSandboxContact,
  type SandboxCall,
  type SandboxContact,
  type SandboxDocuments,
  type SandboxField,
  type SandboxOpportunity,
  type SandboxPut,
} from './sandbox-documents.js';
import type { SandboxJournal } from './sandbox-journal.js';

/** Beyond these the least recently written goes. */
const CAPACITY = { contact: 10_000, field: 10_000, opportunity: 10_000 } as const;
const MAX_CALLS = 5_000;
const REWRITE_AFTER_BYTES = 64_000_000;

/** One line of the journal: what a call changed, and the call. */
interface Commit {
  readonly puts: readonly SandboxPut[];
  readonly call?: SandboxCall;
}

/** A write call before it got its place in the order. */
export type NewSandboxCall = Omit<SandboxCall, 'seq' | 'at' | 'contactSeq'>;

/** All that the sandbox holds: in memory, bounded, and mirrored in the journal when there is one. */
export class SandboxState {
  private readonly documents = {
    contact: new Map<string, SandboxContact>(),
    field: new Map<string, SandboxField>(),
    opportunity: new Map<string, SandboxOpportunity>(),
  };
  private calls: SandboxCall[] = [];
  private lastSeq = 0;

  constructor(
    private readonly clock: Clock,
    private readonly autoCreateContacts: boolean,
    private readonly journal?: SandboxJournal,
  ) {}

  /** Reads the journal back and rewrites it without what was overwritten since. */
  open(): void {
    if (this.journal === undefined) return;
    this.forget();
    for (const entry of this.journal.read()) this.apply(entry as Commit);
    this.journal.rewrite(this.snapshot());
  }

  close(): void {
    this.journal?.close();
  }

  reset(): void {
    this.forget();
    this.journal?.rewrite([]);
  }

  now(): string {
    return this.clock.now().toISOString();
  }

  contact(id: string): SandboxContact | undefined {
    return this.documents.contact.get(id);
  }

  /** As `contact`, but an unknown one comes to be when the sandbox was told so. */
  touchContact(id: string, locationId: string | null): SandboxContact | undefined {
    const known = this.contact(id);
    if (known !== undefined || !this.autoCreateContacts) return known;
    return newSandboxContact(id, locationId, this.now());
  }

  contacts(): Iterable<SandboxContact> {
    return this.documents.contact.values();
  }

  field(id: string): SandboxField | undefined {
    return this.documents.field.get(id);
  }

  fieldsOf(locationId: string): readonly SandboxField[] {
    return [...this.documents.field.values()].filter((field) => field.locationId === locationId);
  }

  opportunity(id: string): SandboxOpportunity | undefined {
    return this.documents.opportunity.get(id);
  }

  opportunities(): Iterable<SandboxOpportunity> {
    return this.documents.opportunity.values();
  }

  callsOf(contactId: string | null, limit: number): readonly SandboxCall[] {
    const wanted =
      contactId === null ? this.calls : this.calls.filter((call) => call.contactId === contactId);
    return wanted.slice(-limit);
  }

  /** The one place where anything changes. */
  commit(puts: readonly SandboxPut[], newCall?: NewSandboxCall): void {
    if (puts.length === 0 && newCall === undefined) return;
    const commit = newCall === undefined ? { puts } : this.number(puts, newCall);
    this.journal?.append(commit);
    this.apply(commit);
    if ((this.journal?.appendedBytes ?? 0) > REWRITE_AFTER_BYTES) {
      this.journal?.rewrite(this.snapshot());
    }
  }

  /** Gives a call its place in the whole order and in its contact's. */
  private number(puts: readonly SandboxPut[], newCall: NewSandboxCall): Commit {
    const call = { ...newCall, seq: this.lastSeq + 1, at: this.now() };
    const put = puts.find((one) => one.in === 'contact' && one.doc.id === call.contactId);
    const contact = put?.in === 'contact' ? put.doc : this.contact(call.contactId ?? '');
    if (contact === undefined) return { puts, call };
    const contactSeq = contact.writes + 1;
    const counted: SandboxPut = { in: 'contact', doc: { ...contact, writes: contactSeq } };
    return {
      puts: [...puts.filter((one) => one !== put), counted],
      call: { ...call, contactSeq },
    };
  }

  private forget(): void {
    for (const collection of Object.values(this.documents)) collection.clear();
    this.calls = [];
    this.lastSeq = 0;
  }

  private apply(commit: Commit): void {
    for (const put of commit.puts) this.store(put.in, put.doc);
    if (commit.call === undefined) return;
    this.lastSeq = commit.call.seq;
    this.calls.push(commit.call);
    if (this.calls.length > MAX_CALLS * 2) this.calls = this.calls.slice(-MAX_CALLS);
  }

  /** Written last, evicted last. */
  private store(name: keyof SandboxDocuments, doc: SandboxPut['doc']): void {
    const collection: Map<string, SandboxPut['doc']> = this.documents[name];
    collection.delete(doc.id);
    collection.set(doc.id, doc);
    const [oldest] = collection.keys();
    if (collection.size > CAPACITY[name] && oldest !== undefined) collection.delete(oldest);
  }

  private *snapshot(): Iterable<Commit> {
    for (const doc of this.documents.field.values()) yield { puts: [{ in: 'field', doc }] };
    for (const doc of this.documents.contact.values()) yield { puts: [{ in: 'contact', doc }] };
    for (const doc of this.documents.opportunity.values()) {
      yield { puts: [{ in: 'opportunity', doc }] };
    }
    for (const call of this.calls) yield { puts: [], call };
  }
}
