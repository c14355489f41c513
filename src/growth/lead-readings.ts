import type { LeadPriority, LeadTemperature } from '../leads/lead-documents.js';
import { isRecord } from '../shared/loose-json.js';
import type { SnapshotAnalysis, SnapshotFollowUp } from './growth-feature.js';

const PRIORITIES: readonly LeadPriority[] = ['high', 'review_required', 'normal'];
const TEMPERATURES: readonly LeadTemperature[] = ['hot', 'warm', 'cold'];
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a value holds, also as text; undefined when it holds none. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const text = value.trim();
    return DECIMAL.test(text) ? finite(Number(text)) : undefined;
  }
  return typeof value === 'number' ? finite(value) : undefined;
}

/**
 * Reads an analysis that an operator typed. Null when it is malformed: no object, no score, or a word
 * for priority or temperature that nobody uses. A word left out or blank is the lowest one.
 */
export function readAnalysis(value: unknown): SnapshotAnalysis | null {
  if (!isRecord(value)) return null;
  const leadScore = readNumber(value['lead_score']);
  const priority = readWord(value['priority'], PRIORITIES, 'normal');
  const temperature = readWord(value['lead_temperature'], TEMPERATURES, 'cold');
  if (leadScore === undefined || priority === undefined || temperature === undefined) return null;
  return { lead_score: leadScore, priority, lead_temperature: temperature };
}

/** Reads a follow-up that an operator typed: absent is none, `{}` is one, anything but an object is malformed. */
export function readFollowUp(value: unknown): SnapshotFollowUp {
  if (value === undefined || value === null) return undefined;
  return isRecord(value) ? value : null;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function readWord<Word extends string>(
  value: unknown,
  words: readonly Word[],
  absent: Word,
): Word | undefined {
  if (value === undefined || value === null) return absent;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  return text === '' ? absent : words.find((word) => word === text);
}
