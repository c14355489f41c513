import { DEFAULT_LEAD_PROFILE } from '../../../config/lead-profile.js';
import { EMPTY_FACTS } from '../../lead-context.js';
import type { AnalysisRequest } from '../analyse-lead.js';
import type { FactsReading } from '../facts/facts-reading.js';

/** A Wednesday in the afternoon of the location. */
export const SAMPLE_TIME = new Date('2026-11-25T22:40:00Z');

/** How a message of a lead of whom nothing is known is read, unless said otherwise. */
export function sampleReading(changes: Partial<FactsReading> = {}): FactsReading {
  const { serviceAreas, timezone } = DEFAULT_LEAD_PROFILE;
  return { serviceAreas, timezone, at: SAMPLE_TIME, lastQuestion: null, ...changes };
}

export function sampleRequest(
  text: string,
  changes: Partial<AnalysisRequest> = {},
): AnalysisRequest {
  const known = { previousFacts: EMPTY_FACTS, profile: DEFAULT_LEAD_PROFILE };
  return { text, at: SAMPLE_TIME, ...known, ...changes };
}
