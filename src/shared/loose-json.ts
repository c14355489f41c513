/** The CRM's replies differ from its documents, so nothing is taken for granted when reading one. */

export type LooseRecord = Readonly<Record<string, unknown>>;

/** Whether it is what JSON calls an object. */
export function isRecord(value: unknown): value is LooseRecord {
  return isComposite(value) && !Array.isArray(value);
}

/** Whether it holds others: an object, or an array, whose keys are its places. */
export function isComposite(value: unknown): value is LooseRecord {
  return typeof value === 'object' && value !== null;
}

/** Freezes it with all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (isComposite(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** An empty record for whatever is none. */
export function asRecord(value: unknown): LooseRecord {
  return isRecord(value) ? value : {};
}

/** An empty list for whatever is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The entries of a record that are numbers. */
export function asNumbers(value: unknown): ReadonlyMap<string, number> {
  const entries = Object.entries(asRecord(value));
  return new Map(entries.flatMap(([key, one]) => (typeof one === 'number' ? [[key, one]] : [])));
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
