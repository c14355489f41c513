import { analyseLead } from '../../leads/analysis/analyse-lead.js';
import { readConsent, type ConsentReading } from '../../leads/analysis/consent/detect-consent.js';
import { asksQuestion, classifyIntent } from '../../leads/analysis/intent.js';
import { languageOf } from '../../leads/analysis/language.js';
import { lastQuestionOf } from '../../leads/analysis/last-question.js';
import { ownWords } from '../../leads/analysis/own-words/own-words.js';
import { isBotQuestion, isHelpRequest } from '../../leads/analysis/questions.js';
import type { LeadContext, ReplyLanguage } from '../../leads/lead-context.js';
import type { LeadAnalysis, LeadIntent } from '../../leads/lead-documents.js';
import type { LeadInput } from './lead-draft.js';

/**
 * Characters read of a message: far more than a lead writes; what follows in an e-mail is quoted history.
 * Cut off once, before anything reads the text.
 */
const MAX_READ_LENGTH = 20_000;
/** Our sentences that may come back quoted. */
const RECENT_TEXTS = 5;

/** A message as far as it is understood. */
export interface ReadMessage {
  /** What the lead wrote itself. */
  readonly text: string;
  readonly analysis: LeadAnalysis;
  readonly consent: ConsentReading | null;
  readonly intent: LeadIntent;
  /** Null: as before. */
  readonly language: ReplyLanguage | null;
  readonly asksQuestion: boolean;
  readonly asksForHelp: boolean;
  readonly asksWhetherAutomated: boolean;
  /** A reaction, or an answering machine: nobody has said anything. */
  readonly saysNothing: boolean;
}

export function readMessage({ event, situation, settings }: LeadInput): ReadMessage {
  const { context } = situation;
  const words = ownWords(event.text.slice(0, MAX_READ_LENGTH), ourTexts(context));
  const text = words.kind === 'words' ? words.text : '';
  const intent = words.kind === 'reaction' ? 'reaction' : classifyIntent(text);
  const saysNothing = intent === 'reaction' || intent === 'auto_reply';
  const { analysis } = analyseLead({
    text: saysNothing ? '' : text,
    at: event.occurredAt,
    lastQuestion: lastQuestionOf(context.turns),
    previousFacts: context.facts,
    profile: settings.profile,
  });
  return {
    text,
    analysis: saysNothing ? standingAnalysis(analysis, context) : analysis,
    consent: saysNothing ? null : readConsent(text),
    intent,
    language: saysNothing ? null : languageOf(text),
    asksQuestion: !saysNothing && asksQuestion(text),
    asksForHelp: !saysNothing && isHelpRequest(text),
    asksWhetherAutomated: !saysNothing && isBotQuestion(text),
    saysNothing,
  };
}

function ourTexts({ turns }: LeadContext): readonly string[] {
  return turns
    .filter(({ from }) => from !== 'lead')
    .slice(-RECENT_TEXTS)
    .map(({ text }) => text);
}

/** Who says nothing stands where the conversation left it. */
function standingAnalysis(analysis: LeadAnalysis, context: LeadContext): LeadAnalysis {
  const { lead_score, lead_temperature, priority } = context;
  return {
    ...analysis,
    lead_score: lead_score ?? analysis.lead_score,
    lead_temperature: lead_temperature ?? analysis.lead_temperature,
    priority: priority ?? analysis.priority,
  };
}
