import { randomBytes } from 'node:crypto';
import type { DatabaseTransaction } from '../database/transactions.js';

/** Names a person: a contact of a location. */
export interface PersonKey {
  readonly locationId: string;
  readonly contactId: string;
}

/** One person's erasure. */
export interface Erasure extends PersonKey {
  readonly at: Date;
  /** Under which what has to stay is kept from now on: random, so that nothing leads back. */
  readonly pseudonym: string;
  /** Makes ids unrecognisable, the same one everywhere; known to nobody afterwards. */
  readonly salt: string;
  /** By what the person can be recognised in a body that names no contact. */
  readonly traces: readonly string[];
}

/** Rows erased or emptied, by what they were. */
export type ErasedCounts = Readonly<Record<string, number>>;

/** A refusal that outlives the person's records. */
export interface Refusal {
  /** `*` for all. */
  readonly channel: string;
  readonly refusedAt: Date;
}

/**
 * What one room holds of persons. A room with records of a new kind adds a class with these methods, and a
 * line in the list of `lead-file/person-records.provider.ts`.
 */
export interface PersonRecords {
  /** All of it, under the names by which the person's document has it. */
  exportOf(person: PersonKey): Promise<Readonly<Record<string, unknown>>>;
  /** Refusals on record, asked before anything is erased. */
  refusalsOf?(trx: DatabaseTransaction, person: PersonKey): Promise<readonly Refusal[]>;
  /** Deletes what nobody needs and takes the person out of what is counted. Again, it finds nothing. */
  erase(trx: DatabaseTransaction, erasure: Erasure): Promise<ErasedCounts>;
}

const PSEUDONYM_BYTES = 16;
const SALT_BYTES = 32;
/** Shorter ones stand in many a body by chance. */
const MIN_TRACE_LENGTH = 6;

export function beginErasure(
  person: PersonKey,
  addresses: readonly (string | undefined)[],
  at: Date,
): Erasure {
  const { locationId, contactId } = person;
  return {
    locationId,
    contactId,
    at,
    pseudonym: `erased:${randomBytes(PSEUDONYM_BYTES).toString('hex')}`,
    salt: randomBytes(SALT_BYTES).toString('hex'),
    traces: [contactId, ...addresses].filter(
      (trace) => trace !== undefined && trace.length >= MIN_TRACE_LENGTH,
    ) as readonly string[],
  };
}
