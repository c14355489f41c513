import { Injectable } from '@nestjs/common';

import type {
  GrowthFeature,
  GrowthProposal,
  LeadSnapshot,
  SnapshotFollowUp,
  WritebackToggles,
} from '../../growth-feature.js';
import {
  GROWTH_VERSION,
  INVALID_ANALYSIS_EVENT,
  INVALID_FOLLOW_UP_EVENT,
} from '../../growth-feature.js';
import { metricKey, reportedSource } from '../../metric-key.js';
import { ConversionFeedbackLoop } from './conversion-feedback-loop.js';
import type { FeedbackSignal } from '../../feedback-signal.js';
import { feedbackSignal } from '../../feedback-signal.js';
import { LeadSourceAttributionSettings } from './lead-source-attribution.settings.js';

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
    const sourceObserved = `source_observed_${metricKey(lead.source)}`;
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
      ...writeback(source, signal, at, settings),
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
function writeback(
  source: string,
  signal: FeedbackSignal,
  at: string,
  settings: LeadSourceAttributionSettings,
): Pick<GrowthProposal, 'fields' | 'tags'> {
  const attributionFields = settings.leadSourceWriteback
    ? { lead_source_attribution: source, lead_source_model: ATTRIBUTION_MODEL }
    : {};
  if (!settings.conversionFeedbackWriteback) return { fields: attributionFields };
  return {
    fields: {
      ...attributionFields,
      conversion_feedback_state: 'pending',
      conversion_feedback_signal: signal,
      conversion_feedback_updated_at: at,
    },
    tags: signal === 'high_intent' ? [HIGH_INTENT_TAG] : [],
  };
}
