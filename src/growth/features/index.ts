import type { GrowthFeatureModule } from '../growth-feature-module.js';
import { AbResponseStyleTestingModule } from './ab-response-style-testing/ab-response-style-testing.module.js';
import { AdaptiveFollowupTimingModule } from './adaptive-followup-timing/adaptive-followup-timing.module.js';
import { LeadSourceAttributionModule } from './lead-source-attribution/lead-source-attribution.module.js';
import { LlmReadingModule } from './llm-reading/llm-reading.module.js';
import { SlaHandoffThresholdsModule } from './sla-handoff-thresholds/sla-handoff-thresholds.module.js';

/** Every feature of this build, in the order in which they run: the one line outside of a new feature's folder. */
export const GROWTH_FEATURES: readonly GrowthFeatureModule[] = [
  LeadSourceAttributionModule,
  AdaptiveFollowupTimingModule,
  AbResponseStyleTestingModule,
  SlaHandoffThresholdsModule,
  LlmReadingModule,
];
