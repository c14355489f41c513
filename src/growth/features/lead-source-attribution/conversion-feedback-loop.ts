import type { GrowthProposal, OutcomeHandler, OutcomeSnapshot } from '../../growth-feature.js';
import { CONVERSION_FEEDBACK_ACTION, GROWTH_VERSION } from '../../growth-feature.js';
import type { LeadSourceAttributionSettings } from './lead-source-attribution.settings.js';

/** Carries what became of a lead back to the CRM. Fails closed: an outcome that nobody understands is never written. */
export class ConversionFeedbackLoop implements OutcomeHandler<LeadSourceAttributionSettings> {
  observe({ outcome }: OutcomeSnapshot): readonly string[] {
    return [`conversion_feedback_observed_${outcome}`];
  }

  bypassed(reason: string): readonly string[] {
    return [`conversion_feedback_bypassed_${reason}`];
  }

  propose(
    { outcome, decidedAt }: OutcomeSnapshot,
    settings: LeadSourceAttributionSettings,
  ): GrowthProposal {
    if (!settings.conversionFeedbackWriteback || outcome === 'unknown') {
      return { events: ['conversion_feedback_telemetry_only'] };
    }
    const at = decidedAt.toISOString();
    return {
      events: [`conversion_feedback_loop_${outcome}`],
      decision: {
        conversion_feedback: { status: outcome, updated_at: at, version: GROWTH_VERSION },
      },
      actions: [CONVERSION_FEEDBACK_ACTION],
      fields: { conversion_feedback_state: outcome, conversion_feedback_updated_at: at },
    };
  }
}
