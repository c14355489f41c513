import type { SnapshotAnalysis } from '../../growth-feature.js';

export type Segment = 'hot_priority' | 'warm_review' | 'standard';

/** The groups of leads for which an experiment is read separately. */
export function segmentOf({ priority, lead_temperature: temperature }: SnapshotAnalysis): Segment {
  if (priority === 'high' || temperature === 'hot') return 'hot_priority';
  if (priority === 'review_required' || temperature === 'warm') return 'warm_review';
  return 'standard';
}
