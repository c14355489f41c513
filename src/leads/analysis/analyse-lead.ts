import type { LeadAnalysis, LeadFacts } from '../lead-documents.js';
import type { LeadProfile } from '../../config/lead-profile.js';
import { detectConsentInTokens, type Consent } from './detect-consent.js';
import { extractFactsFromTokens } from './extract-facts.js';
import {
  estimateCommission,
  gradePriority,
  gradeTemperature,
  meetsMinimumBudget,
} from './grade-lead.js';
import { mergeFacts } from './merge-facts.js';
import { scoreLead } from './score-lead.js';
import { tokenize } from './text/tokenize.js';

export interface AnalysisRequest {
  /** This message; empty when the event carries none. */
  readonly text: string;
  /** Gathered from the conversation so far. */
  readonly previousFacts: LeadFacts;
  readonly profile: LeadProfile;
}

export interface AnalysisResult {
  readonly analysis: LeadAnalysis;
  /** What this message says about being written to; null when nothing. */
  readonly consent: Consent | null;
}

/** Pure, total and linear in the length of the text. */
export function analyseLead({ text, previousFacts, profile }: AnalysisRequest): AnalysisResult {
  const tokens = tokenize(text);
  const consent = detectConsentInTokens(tokens);
  const facts = mergeFacts(previousFacts, extractFactsFromTokens(tokens, profile.serviceAreas));
  if (consent === 'opt_out') return { analysis: refusal(facts), consent };

  const { leadScore, scores } = scoreLead(facts, { text, tokens });
  // A message without words qualifies nobody: it says nothing new about the lead.
  const saysSomething = text.trim() !== '';
  return {
    consent,
    analysis: {
      lead_score: leadScore,
      lead_temperature: gradeTemperature(leadScore),
      priority: gradePriority(facts, profile),
      estimated_commission: estimateCommission(facts, profile),
      facts,
      scores,
      meets_criteria: saysSomething && meetsMinimumBudget(facts, profile),
      service_area_match: facts.areas.length > 0,
    },
  };
}

/** Who asks to be left alone is no lead, whatever was said before; the facts stay for the record. */
function refusal(facts: LeadFacts): LeadAnalysis {
  return {
    lead_score: 0,
    lead_temperature: 'cold',
    priority: 'normal',
    estimated_commission: 0,
    facts,
    scores: { qualification: 0, urgency: 0, intent: 0 },
    meets_criteria: false,
    service_area_match: facts.areas.length > 0,
  };
}
