import type { SnapshotAnalysis, SnapshotFollowUp } from '../../growth/growth-feature.js';
import { readAnalysis, readFollowUp, readNumber } from '../../growth/lead-readings.js';

/** A lead that an operator made up, as far as it can be read. */
export interface PreviewSubject {
  readonly contactId: string;
  readonly locationId: string;
  /** Trimmed, lower-cased; empty for none. */
  readonly source: string;
  readonly analysis: SnapshotAnalysis | null;
  readonly followUp: SnapshotFollowUp;
  readonly elapsedMs: number;
  readonly status: string;
  readonly text: string;
  /** Flags to be assumed for this call, by feature key. */
  readonly flags: Readonly<Record<string, boolean>>;
}

/**
 * Reads the body loosely: what a lead cannot have is not refused, since the operator wants to see
 * what the features make of it. A malformed analysis or follow-up is null, and any other part that
 * cannot be read counts as left out.
 */
export function readPreviewRequest(body: Readonly<Record<string, unknown>>): PreviewSubject {
  return {
    contactId: readText(body['contact_id']),
    locationId: readText(body['location_id']),
    source: readText(body['source']).trim().toLowerCase(),
    analysis: readAnalysis(body['analysis']),
    followUp: readFollowUp(body['follow_up']),
    elapsedMs: Math.max(0, readNumber(body['elapsed_ms']) ?? 0),
    status: readText(body['status']),
    text: readText(body['text']),
    flags: readFlags(body['flags']),
  };
}

/** The CRM writes some ids as numbers. */
function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

function readFlags(value: unknown): Readonly<Record<string, boolean>> {
  if (typeof value !== 'object' || value === null) return {};
  const flags = Object.entries(value).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
  );
  return Object.fromEntries(flags);
}
