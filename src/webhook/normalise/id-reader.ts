import { MAX_ID_LENGTH } from '../../shared/stored-text.js';

/** A field of the payload that makes the whole delivery unusable. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Reads the ids of one delivery and keeps what is wrong with them. A shape reads on after a bad id
 * (it gets an empty one), so that the sender learns of every fault at once; whoever called the shape
 * must look at `errors` before using the event.
 */
export class IdReader {
  private readonly found: FieldError[] = [];

  get errors(): readonly FieldError[] {
    return this.found;
  }

  required(field: string, candidates: readonly unknown[]): string {
    const id = this.optional(field, candidates);
    if (id === null) this.reject(field, 'is required');
    return id ?? '';
  }

  /** The first candidate that is a non-blank string or a number; a bad one is an error, not skipped. */
  optional(field: string, candidates: readonly unknown[]): string | null {
    const id = firstId(candidates);
    if (id === undefined) return null;
    const fault = faultOf(id);
    if (fault === undefined) return id;
    this.reject(field, fault);
    return null;
  }

  /** The first fault of a field is the one that is told. */
  private reject(field: string, message: string): void {
    const isKnown = this.found.some((error) => error.field === field);
    if (!isKnown) this.found.push({ field, message });
  }
}

function firstId(candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const id = asId(candidate);
    if (id !== '') return id;
  }
  return undefined;
}

function asId(candidate: unknown): string {
  if (typeof candidate === 'string') return candidate.trim();
  return typeof candidate === 'number' && Number.isFinite(candidate) ? String(candidate) : '';
}

function faultOf(id: string): string | undefined {
  if (id.length > MAX_ID_LENGTH) return `must not be longer than ${MAX_ID_LENGTH} characters`;
  if (id.includes('\u0000')) return 'must not contain NUL';
  if (LONE_SURROGATE.test(id)) return 'must not contain unpaired surrogates';
  return undefined;
}
