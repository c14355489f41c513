import { DateTime } from 'luxon';
import type { LeadContext, Turn } from '../leads/lead-context.js';
import type { Handoff, NewHandoff, RiskLevel } from './handoff.js';
import type { HandoffOptions } from './handoff-options.js';

/** Enough to see what it is about; the whole conversation is beside the note. */
const TURNS_SHOWN = 5;
const TURN_LENGTH_SHOWN = 300;

const URGENCY: Readonly<Record<RiskLevel, string>> = {
  high: 'contact now',
  medium: 'contact soon',
  low: 'contact when there is time',
};

const SPEAKERS: Readonly<Record<Turn['from'], string>> = {
  lead: 'Lead',
  bot: 'Assistant',
  human: 'Team',
};

/** The note that lets a person act at a glance: what to do and until when first, why and what was said below. */
export function openingNote(
  handoff: Pick<NewHandoff, 'riskLevel' | 'deadlineAt' | 'reasonCode' | 'summary'>,
  { turns }: Pick<LeadContext, 'turns'>,
  options: HandoffOptions,
): string {
  const { summary } = handoff;
  const { lead_score: score, lead_temperature: temperature, priority } = summary;
  const missing = summary.missing.length === 0 ? 'nothing' : summary.missing.join(', ');
  return [
    `HANDOFF: ${URGENCY[handoff.riskLevel]}, by ${localTime(handoff.deadlineAt, options)}`,
    `Wants: ${summary.wants}`,
    `Next step: ${summary.next_step}`,
    `Missing: ${missing}`,
    `Score: ${score} of 100 (${temperature}), priority ${priority.replaceAll('_', ' ')}, source ${summary.source}`,
    '',
    'Last messages:',
    ...turns.slice(-TURNS_SHOWN).map((turn) => turnLine(turn, options)),
    '',
    `Why: ${handoff.reasonCode}. Write to the lead or add the tag ${options.tags.acknowledge} to take it.`,
    `The assistant stays silent until the handoff is resolved (tag ${options.tags.resolve}).`,
  ].join('\n');
}

/** Read by whoever comes next. */
export function breachNote(
  handoff: Handoff,
  assignedTo: string | null,
  options: HandoffOptions,
): string {
  const { summary } = handoff;
  const next = assignedTo === null ? [] : [`Now assigned to user ${assignedTo}.`];
  return [
    `HANDOFF OVERDUE: nobody took this lead by ${localTime(handoff.deadlineAt, options)}`,
    `Wants: ${summary.wants}`,
    `Next step: ${summary.next_step}`,
    ...next,
  ].join('\n');
}

/** On one line and quoted, so that nothing a lead writes can pass for a line of ours. */
function turnLine({ at, from, text }: Turn, options: HandoffOptions): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown =
    line.length > TURN_LENGTH_SHOWN ? `${line.slice(0, TURN_LENGTH_SHOWN).toWellFormed()}…` : line;
  return `${SPEAKERS[from]}, ${localTime(new Date(at), options)}: "${shown}"`;
}

function localTime(moment: Date, { timezone }: HandoffOptions): string {
  return DateTime.fromJSDate(moment, { zone: timezone })
    .setLocale('en-US')
    .toFormat('ccc d LLL HH:mm ZZZZ');
}
