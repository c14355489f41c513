import type { FollowUpAction, LeadAnalysis, LeadFacts } from '../lead-documents.js';
import { toSpokenName } from './reply/first-name.js';
import { firstThatFits } from './reply/sms-segment.js';

export { isBotQuestion } from './reply/bot-question.js';

/**
 * The sentences that go out. They promise only what follows (a person of the team is told of the
 * lead), state nothing about homes or the market, and say that a machine writes: in the first
 * message of its own accord, later whenever the lead asks.
 */

export interface ReplyContext {
  /** As the CRM holds it; what is no name is left out. */
  readonly firstName?: string | undefined;
  /** True when this lead has been written to before. */
  readonly hasHistory: boolean;
  /** See `isBotQuestion`. */
  readonly asksWhetherAutomated?: boolean | undefined;
}

/** Follow-ups that are text messages; an immediate call is a task for a person. */
export type TextedFollowUpAction = Exclude<FollowUpAction, 'immediate_call'>;

export interface FollowUpContext {
  readonly firstName?: string | undefined;
  readonly facts: LeadFacts;
}

export function writeReply(analysis: LeadAnalysis, context: ReplyContext): string {
  const [withArea, withoutArea] = bodies(analysis);
  const opening = open(context);
  return firstThatFits([`${opening} ${withArea}`, `${opening} ${withoutArea}`]);
}

export function writeFollowUpText(action: TextedFollowUpAction, context: FollowUpContext): string {
  const greeting = greet(context.firstName);
  const [area] = context.facts.areas;
  const topic = area === undefined ? 'your home search' : `your home search in ${area}`;
  return firstThatFits([
    `${greeting}, ${followUpBody(action, context.facts, topic)}`,
    `${greeting}, ${followUpBody(action, context.facts, 'your home search')}`,
  ]);
}

function open({ firstName, hasHistory, asksWhetherAutomated }: ReplyContext): string {
  const name = toSpokenName(firstName);
  if (asksWhetherAutomated === true) {
    return name === undefined
      ? "I'm an automated assistant of the team."
      : `I'm an automated assistant of the team, ${name}.`;
  }
  if (!hasHistory) return `${greet(firstName)}, automated assistant here.`;
  return name === undefined ? 'Thank you!' : `Thank you, ${name}!`;
}

function greet(firstName: string | undefined): string {
  const name = toSpokenName(firstName);
  return name === undefined ? 'Hi' : `Hi ${name}`;
}

/** The same message with the area named and without it. */
function bodies({ priority, facts }: LeadAnalysis): readonly [string, string] {
  const [area] = facts.areas;
  const place = area === undefined ? '' : ` in ${area}`;
  const question = askForMissing(facts);
  switch (priority) {
    case 'high': {
      const next = question ?? 'When is a good time to talk?';
      return [
        `We got your request for a home${place}; a team member will contact you. ${next}`,
        `We got your request; a team member will contact you. ${next}`,
      ];
    }
    case 'review_required': {
      const next = question ?? 'Is there anything else we should know?';
      return [
        `A team member will review your request${place} personally and contact you. ${next}`,
        `A team member will review your request and contact you. ${next}`,
      ];
    }
    case 'normal': {
      const next = question ?? 'Is there anything else we should know?';
      return [`We noted your request${place}. ${next}`, `We noted your request. ${next}`];
    }
  }
}

/** One question at a time, the most telling first; undefined when nothing is missing. */
function askForMissing(facts: LeadFacts): string | undefined {
  const lacksBudget = facts.budget_min === null && facts.budget_max === null;
  const lacksArea = facts.areas.length === 0;
  if (lacksBudget && lacksArea) return 'What budget and area do you have in mind?';
  if (lacksBudget) return 'What budget do you have in mind?';
  if (lacksArea) return 'Which area do you have in mind?';
  return facts.timeline === 'unknown' ? 'When do you hope to move?' : undefined;
}

function followUpBody(action: TextedFollowUpAction, facts: LeadFacts, topic: string): string {
  const question = askForMissing(facts);
  switch (action) {
    case 'same_day_follow_up':
      return `following up on ${topic}. ${question ?? 'When is a good time to talk?'} Reply STOP to opt out.`;
    case 'nurture_sequence':
      return `checking in on ${topic}. ${question ?? 'Has anything changed for you?'} Reply STOP to opt out.`;
  }
}
