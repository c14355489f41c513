import type { SnapshotAnalysis } from './growth-feature.js';

export type FeedbackSignal = 'high_intent' | 'nurture' | 'low_intent';

const HIGH_INTENT_SCORE = 85;
const NURTURE_SCORE = 65;

/** How promising a lead looks before anybody knows what becomes of it. */
export function feedbackSignal(analysis: SnapshotAnalysis): FeedbackSignal {
  const { lead_score: score, priority, lead_temperature: temperature } = analysis;
  if (score >= HIGH_INTENT_SCORE || priority === 'high' || temperature === 'hot') {
    return 'high_intent';
  }
  if (score >= NURTURE_SCORE || priority === 'review_required' || temperature === 'warm') {
    return 'nurture';
  }
  return 'low_intent';
}
