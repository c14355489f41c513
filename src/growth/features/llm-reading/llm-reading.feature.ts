import { Injectable } from '@nestjs/common';
import {
  type GrowthFeature,
  type GrowthProposal,
  INVALID_ANALYSIS_EVENT,
  type LeadSnapshot,
  LLM_READING,
  READ_AGAIN_ACTION,
} from '../../growth-feature.js';

/**
 * Decides whether a language model reads a message again; the asking itself, and what comes of the
 * answer, are in `src/llm-reading/` and `intake/decide/decide-reading.ts`.
 */
@Injectable()
export class LlmReadingFeature implements GrowthFeature<object> {
  readonly key = LLM_READING;
  readonly description =
    'Has a language model read again what the rules left unread in a message, after the reply.';
  readonly defaults = {};

  observe(): readonly string[] {
    return [];
  }

  propose(lead: LeadSnapshot): GrowthProposal {
    if (lead.analysis === null) return { events: [INVALID_ANALYSIS_EVENT] };
    const skipped = skippedFor(lead);
    if (skipped !== null) return { events: [`skipped_${skipped}`] };
    return { actions: [READ_AGAIN_ACTION], decision: { [LLM_READING]: { unread: lead.unread } } };
  }

  explain(lead: LeadSnapshot): Readonly<Record<string, unknown>> {
    return { [LLM_READING]: { unread: lead.unread, skipped: skippedFor(lead) } };
  }
}

/** Why a message is not read again; null when it is. */
function skippedFor({ consent, intent, unread, hasLanguageModel }: LeadSnapshot): string | null {
  if (consent === 'opt_out') return 'opted_out';
  if (intent !== 'buyer' && intent !== 'acknowledgement') return 'not_a_buyer';
  if (!hasLanguageModel) return 'not_configured';
  return unread.length === 0 ? 'nothing_unread' : null;
}
