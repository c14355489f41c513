import type { LastQuestion } from '../analysis/facts/facts-reading.js';
import type { ReplyLanguage } from '../lead-context.js';
import type { FollowUpAction, LeadAnalysis, LeadFacts } from '../lead-documents.js';
import { PHRASES, STOP_NOTICE, type Phrases, type Question } from './phrases.js';
import { firstThatFits } from './segments.js';
import { toSpokenName } from './spoken-name.js';

/**
 * The texts that go out. They promise only what follows (a person of the team is told of the lead),
 * state nothing about homes or the market, and say that a machine writes: in the first text, which also
 * names the business and says how to stop, and later whenever the lead asks.
 */

/** Whom a text is for, and who writes. */
export interface Addressee {
  /** As the CRM holds it; what is no name is left out. */
  readonly firstName?: string | undefined;
  readonly language: ReplyLanguage;
  /** Undefined: the texts speak of the team. */
  readonly businessName: string | undefined;
  /** True when this lead has been written to before. */
  readonly hasHistory: boolean;
}

export interface ReplyContext extends Addressee {
  /** Whether a machine writes: answered, and never denied. */
  readonly asksWhetherAutomated: boolean;
  /** It asked something, which nobody but a person can answer. */
  readonly asksQuestion: boolean;
  /** What our last text asked: not asked again at once. */
  readonly lastQuestion: LastQuestion | null;
}

/** A reply, with and without how it opens: what is the same but for the opening says nothing new. */
export interface ReplyText {
  readonly text: string;
  readonly body: string;
  /** Whether it asks the lead for something. */
  readonly asks: boolean;
}

/** Follow-ups that are text messages; an immediate call is a task for a person. */
export type TextedFollowUpAction = Exclude<FollowUpAction, 'immediate_call'>;

export function writeReply(analysis: LeadAnalysis, context: ReplyContext): ReplyText {
  const phrases = PHRASES[context.language];
  const question = nextQuestion(analysis, context.lastQuestion);
  const [area] = analysis.facts.areas;
  const bodies = [area, undefined].map((place) =>
    sentences(
      context.asksQuestion ? phrases.willCheck : statement(phrases, analysis, place),
      question === undefined ? undefined : phrases.questions[question],
    ),
  );
  const opening = open(phrases, context);
  const closing = context.hasHistory ? undefined : STOP_NOTICE;
  const text = firstThatFits(bodies.map((body) => sentences(opening, body, closing)));
  const body = bodies.find((one) => text.includes(one)) ?? '';
  return { text, body, asks: question !== undefined };
}

/** The answer to HELP: who writes, and how to make it stop. */
export function writeHelp({ language, businessName }: Addressee): string {
  const phrases = PHRASES[language];
  return phrases.help(businessName ?? phrases.team);
}

export function writeFollowUpText(
  action: TextedFollowUpAction,
  facts: LeadFacts,
  addressee: Addressee,
): string {
  const phrases = PHRASES[addressee.language];
  const question = missing(facts)[0] ?? (action === 'same_day_follow_up' ? 'talk' : 'changed');
  const greeting = phrases.greet(toSpokenName(addressee.firstName));
  const [area] = facts.areas;
  return firstThatFits(
    [area, undefined].map((place) => {
      const topic =
        action === 'same_day_follow_up' ? phrases.followingUp(place) : phrases.checkingIn(place);
      const opening = addressee.hasHistory
        ? `${greeting}, ${topic}`
        : `${open(phrases, addressee)} ${topic.charAt(0).toUpperCase()}${topic.slice(1)}`;
      return sentences(opening, phrases.questions[question], STOP_NOTICE);
    }),
  );
}

function open(
  phrases: Phrases,
  { firstName, hasHistory, businessName, ...asked }: Addressee & Partial<ReplyContext>,
): string {
  const name = toSpokenName(firstName);
  const who = businessName ?? phrases.team;
  if (asked.asksWhetherAutomated === true) return phrases.admitMachine(name, who);
  return hasHistory ? phrases.thank(name) : phrases.introduce(phrases.greet(name), who);
}

function statement(phrases: Phrases, { priority }: LeadAnalysis, area: string | undefined): string {
  switch (priority) {
    case 'high':
      return phrases.requestFor(area);
    case 'review_required':
      return phrases.reviewOf(area);
    case 'normal':
      return phrases.noted(area);
  }
}

/** One question at a time, the most telling first; what was just asked gives way to another. */
function nextQuestion(
  { priority, facts }: LeadAnalysis,
  lastQuestion: LastQuestion | null,
): Question | undefined {
  const open_ = missing(facts);
  const fresh = open_.filter((question) => !question.includes(lastQuestion ?? 'nothing'));
  if (fresh[0] !== undefined) return fresh[0];
  if (open_.length > 0) return undefined;
  return priority === 'high' ? 'talk' : 'else';
}

function missing(facts: LeadFacts): readonly Question[] {
  const lacksBudget = facts.budget_min === null && facts.budget_max === null;
  const lacksArea = facts.areas.length === 0;
  return [
    ...(lacksBudget && lacksArea ? (['budget_and_area'] as const) : []),
    ...(lacksBudget ? (['budget'] as const) : []),
    ...(lacksArea ? (['area'] as const) : []),
    ...(facts.timeline === 'unknown' ? (['timeline'] as const) : []),
  ];
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
