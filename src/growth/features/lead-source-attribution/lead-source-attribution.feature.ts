import { IsBoolean } from 'class-validator';
import { Injectable } from '@nestjs/common';
import {
  CONVERSION_FEEDBACK_ACTION,
  type FeedbackSignal,
  feedbackSignal,
  GROWTH_VERSION,
  type GrowthFeature,
  type GrowthProposal,
  INVALID_ANALYSIS_EVENT,
  INVALID_FOLLOW_UP_EVENT,
  type LeadSnapshot,
  metricKey,
  type OutcomeHandler,
  type OutcomeSnapshot,
  reportedSource,
  SOURCE_OBSERVED,
  type SnapshotFollowUp,
  type WritebackToggles,
} from '../../growth-feature.js';

/** Both are set by the rollout's write-back toggles. */
class LeadSourceAttributionSettings {
  /** Write the lead's source to the CRM. */
  @IsBoolean()
  readonly leadSourceWriteback: boolean = false;

  /** Write what became of the lead to the CRM. */
  @IsBoolean()
  readonly conversionFeedbackWriteback: boolean = false;
}

const HIGH_INTENT_TAG = 'Conversion-Signal-High-Intent';
const ATTRIBUTION_MODEL = 'last_touch';

@Injectable()
export class LeadSourceAttributionFeature implements GrowthFeature<LeadSourceAttributionSettings> {
  readonly key = 'lead_source_attribution';
  readonly description =
    'Notes which source each lead came from and what became of it, and may write both to the CRM.';
  readonly settingsClass = LeadSourceAttributionSettings;
  readonly defaults = new LeadSourceAttributionSettings();
  readonly outcomes = new ConversionFeedbackLoop();

  settingsFrom(toggles: WritebackToggles): LeadSourceAttributionSettings {
    return {
      leadSourceWriteback: toggles.lead_source,
      conversionFeedbackWriteback: toggles.conversion_feedback,
    };
  }

  observe(lead: LeadSnapshot): readonly string[] {
    const sourceObserved = `${SOURCE_OBSERVED}${metricKey(lead.source)}`;
    return lead.analysis === null
      ? [sourceObserved, INVALID_ANALYSIS_EVENT]
      : [sourceObserved, `feedback_signal_observed_${feedbackSignal(lead.analysis)}`];
  }

  propose(lead: LeadSnapshot, settings: LeadSourceAttributionSettings): GrowthProposal {
    if (lead.analysis === null) return {};
    const signal = feedbackSignal(lead.analysis);
    const source = reportedSource(lead.source);
    const at = lead.decidedAt.toISOString();
    return {
      events: [followUpEvent(lead.followUp), ...writebackEvents(settings), 'applied'],
      decision: {
        lead_source_attribution: {
          source,
          model: ATTRIBUTION_MODEL,
          captured_at: at,
          version: GROWTH_VERSION,
        },
        conversion_feedback: {
          status: 'pending',
          signal,
          updated_at: at,
          version: GROWTH_VERSION,
        },
      },
      followUp: {
        lead_source: source,
        conversion_feedback_status: 'pending',
        conversion_feedback_signal: signal,
      },
      fields: writebackFields(source, signal, at, settings),
      tags: writebackTags(signal, settings),
    };
  }

  explain(lead: LeadSnapshot): Readonly<Record<string, unknown>> {
    const signal = lead.analysis === null ? null : feedbackSignal(lead.analysis);
    return { attribution: { source: reportedSource(lead.source), signal } };
  }
}

function followUpEvent(followUp: SnapshotFollowUp): string {
  if (followUp === undefined) return 'follow_up_missing';
  return followUp === null ? INVALID_FOLLOW_UP_EVENT : 'follow_up_enriched';
}

function writebackEvents(settings: LeadSourceAttributionSettings): readonly string[] {
  const { leadSourceWriteback, conversionFeedbackWriteback } = settings;
  const writesAnything = leadSourceWriteback || conversionFeedbackWriteback;
  return [
    writesAnything ? 'writeback_ready' : 'telemetry_only_mode',
    `writeback_attribution_${leadSourceWriteback ? 'enabled' : 'disabled'}`,
    `writeback_feedback_${conversionFeedbackWriteback ? 'enabled' : 'disabled'}`,
  ];
}

/** What leaves for the CRM: each half only with its own toggle. */
function writebackFields(
  source: string,
  signal: FeedbackSignal,
  at: string,
  settings: LeadSourceAttributionSettings,
): NonNullable<GrowthProposal['fields']> {
  return Object.assign(
    {},
    settings.leadSourceWriteback
      ? { lead_source_attribution: source, lead_source_model: ATTRIBUTION_MODEL }
      : undefined,
    settings.conversionFeedbackWriteback
      ? {
          conversion_feedback_state: 'pending',
          conversion_feedback_signal: signal,
          conversion_feedback_updated_at: at,
        }
      : undefined,
  );
}

function writebackTags(
  signal: FeedbackSignal,
  { conversionFeedbackWriteback }: LeadSourceAttributionSettings,
): readonly string[] {
  return conversionFeedbackWriteback && signal === 'high_intent' ? [HIGH_INTENT_TAG] : [];
}

/** Carries what became of a lead back to the CRM. Fails closed: an outcome that nobody understands is never written. */
class ConversionFeedbackLoop implements OutcomeHandler<LeadSourceAttributionSettings> {
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
