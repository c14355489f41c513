import { analyseLead } from '../../leads/analysis/analyse-lead.js';
import { asksQuestion } from '../../leads/analysis/intent.js';
import { languageOf } from '../../leads/analysis/language.js';
import { lastQuestionOf } from '../../leads/analysis/last-question.js';
import { ownWords } from '../../leads/analysis/own-words/own-words.js';
import { isBotQuestion, isHelpRequest } from '../../leads/analysis/questions.js';
import { unreadSigns } from '../../leads/analysis/unread.js';
import type { LeadContext } from '../../leads/lead-context.js';
import type { LeadAnalysis } from '../../leads/lead-documents.js';
import { spokenTurns, type LeadInput, type ReadMessage } from './lead-input.js';

/**
 * Characters read of a message: far more than a lead writes; what follows in an e-mail is quoted history.
 * Cut off once, before anything reads the text.
 */
const MAX_READ_LENGTH = 12_000;
/** Two Arabic phrases that are one sign each, and 18 and 8 letters once look-alikes are unified. */
const GROWING_SIGNS = /[\uFDFA\uFDFB]/g;
/** Our sentences that may come back quoted. */
const RECENT_TEXTS = 5;

export function readMessage({ event, situation, settings, at }: LeadInput): ReadMessage {
  const { context } = situation;
  const read = event.text.slice(0, MAX_READ_LENGTH).replace(GROWING_SIGNS, ' ');
  const words = ownWords(read, ourTexts(context));
  const text = words.kind === 'words' ? words.text : '';
  const request = {
    at: event.occurredAt,
    lastQuestion: lastQuestionOf(spokenTurns(context, at)),
    previousFacts: context.facts,
    profile: settings.profile,
  };
  const { analysis, consent, intent, said } = analyseLead({ ...request, text });
  if (words.kind === 'reaction' || intent === 'auto_reply') {
    return {
      text,
      analysis: standingAnalysis(analyseLead({ ...request, text: '' }).analysis, context),
      consent: null,
      intent: words.kind === 'reaction' ? 'reaction' : 'auto_reply',
      ...SAYS_NOTHING,
    };
  }
  const asks = asksQuestion(text);
  const rules = { said, known: analysis.facts, consent: consent?.verdict ?? null };
  return {
    text,
    analysis,
    consent,
    intent,
    language: languageOf(text),
    asksQuestion: asks,
    asksForHelp: isHelpRequest(text),
    asksWhetherAutomated: isBotQuestion(text),
    saysNothing: false,
    unread: settings.hasLanguageModel ? unreadSigns(text, { ...rules, asksQuestion: asks }) : [],
  };
}

const SAYS_NOTHING = {
  language: null,
  asksQuestion: false,
  asksForHelp: false,
  asksWhetherAutomated: false,
  saysNothing: true,
  unread: [],
} as const;

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
