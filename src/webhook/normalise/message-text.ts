import { isRecord } from '../../shared/loose-json.js';
import { repairText } from './text.js';

/** The first of the candidates that says something, repaired; empty when none does. */
export function messageText(candidates: readonly unknown[]): string {
  for (const candidate of candidates) {
    const text = repairText(rawText(candidate));
    if (text.trim() !== '') return text;
  }
  return '';
}

/** A message is sent as text, as a number ("450000"), or as an object that holds one of these. */
function rawText(value: unknown): string {
  if (!isRecord(value)) return scalarText(value);
  const inner = [value['body'], value['text'], value['message']].map(scalarText);
  return inner.find((text) => text.trim() !== '') ?? '';
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}
