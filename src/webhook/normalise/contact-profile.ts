import type { ContactProfile } from '../../leads/crm-event.js';
import type { Payload } from './payload.js';
import { firstLabel, readLabel } from './text.js';

/** More tags than any contact has; a bound on what is stored. */
const MAX_TAGS = 200;

/** What the given objects say of the contact, the first to speak winning. Wrong types are passed over. */
export function readContactProfile(holders: readonly Payload[]): ContactProfile {
  const firstName = labelOf(holders, ['firstName', 'first_name']) ?? firstWordOfName(holders);
  return withoutUndefined({
    firstName,
    lastName: labelOf(holders, ['lastName', 'last_name']),
    email: labelOf(holders, ['email']),
    phone: labelOf(holders, ['phone']),
    timezone: labelOf(holders, ['timezone']),
    assignedTo: labelOf(holders, ['assignedTo', 'assigned_to']),
    tags: firstOf(holders, 'tags', readTags),
    dnd: firstOf(holders, 'dnd', readFlag),
  });
}

function labelOf(holders: readonly Payload[], fields: readonly string[]): string | undefined {
  return firstLabel(holders.flatMap((holder) => fields.map((field) => holder[field])));
}

function firstWordOfName(holders: readonly Payload[]): string | undefined {
  return labelOf(holders, ['name', 'fullName', 'full_name'])?.split(/\s/)[0];
}

function firstOf<T>(
  holders: readonly Payload[],
  field: string,
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const holder of holders) {
    const value = read(holder[field]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Marketplace events send an array, workflow webhooks one comma-separated string; empty means "has no tags". */
function readTags(value: unknown): readonly string[] | undefined {
  const raw: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(raw)) return undefined;
  return raw.slice(0, MAX_TAGS).flatMap((tag) => readLabel(tag) ?? []);
}

function readFlag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
