import type { FollowUpAction, LeadAnalysis, LeadFacts } from '../lead-documents.js';
import { wordSet } from './text/tokenize.js';

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

/** CRM records hold anything where a name should be; a wrong name is worse than none. */

const MAX_NAME_LENGTH = 30;
const PLACEHOLDERS = wordSet(
  'unknown null undefined none test guest anonymous lead contact customer user friend na name firstname noname',
);

/** The name to greet with, or undefined when what is stored is no name to say. */
export function toSpokenName(stored: string | undefined): string | undefined {
  if (stored === undefined) return undefined;
  const name = stored
    .slice(0, 200)
    .normalize('NFC')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (!isName(name)) return undefined;
  if (name.length <= MAX_NAME_LENGTH) return name;
  const first = name.split(' ')[0] ?? '';
  return first.length <= MAX_NAME_LENGTH ? first : undefined;
}

function isName(name: string): boolean {
  // Letters, with marks, blanks, hyphens, apostrophes and the full stop of an initial between them.
  const isSpelt = /^\p{L}(?:[\p{L}\p{M}' -]|\.(?= |$|\p{L}\.))*$/u.test(name);
  return isSpelt && !PLACEHOLDERS.has(name.toLowerCase().replaceAll(/[^\p{L}]/gu, ''));
}

/** Lengths of text messages: GSM 03.38 packs 160 characters into one segment, UCS-2 only 70. */

const GSM_CHARACTERS = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_SEGMENT_LENGTH = 160;
const UCS2_SEGMENT_LENGTH = 70;

export function fitsOneSegment(text: string): boolean {
  const isGsm = [...text].every((character) => GSM_CHARACTERS.has(character));
  return text.length <= (isGsm ? GSM_SEGMENT_LENGTH : UCS2_SEGMENT_LENGTH);
}

/** The first wording that fits one segment; where none does, the last and shortest. */
function firstThatFits(wordings: readonly string[]): string {
  return wordings.find(fitsOneSegment) ?? wordings.at(-1) ?? '';
}
