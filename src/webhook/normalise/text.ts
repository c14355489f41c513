import { MAX_LABEL_LENGTH } from '../../shared/stored-text.js';

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Makes a string storable: PostgreSQL refuses NUL and unpaired surrogates (emoji cut in half). */
export function repairText(value: string): string {
  return value.replaceAll('\u0000', '').replace(LONE_SURROGATE, '\uFFFD');
}

/** A short text, trimmed, repaired and bounded; undefined when it is no text or blank. */
export function readLabel(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  // Cut first: the cut may itself split a surrogate pair.
  const label = repairText(value.trim().slice(0, MAX_LABEL_LENGTH)).trim();
  return label === '' ? undefined : label;
}

export function firstLabel(candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const label = readLabel(candidate);
    if (label !== undefined) return label;
  }
  return undefined;
}
