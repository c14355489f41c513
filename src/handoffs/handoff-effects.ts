import { DateTime } from 'luxon';
import type { EffectDraft, EffectPayload } from '../effects/effect.js';
import type { EffectRequest } from '../effects/effect.repository.js';
import type { LeadContext, Turn } from '../leads/lead-context.js';
import type { Handoff, HandoffOpening, HandoffOptions, NewHandoff, RiskLevel } from './handoff.js';

/** What a handoff sends out over its life, and in what opening. Pure. */

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

/** What leaves when it is opened. The task first: it is what rings. The timer is due last. */
export function openingEffects(record: NewHandoff, opening: HandoffOpening): EffectDraft[] {
  const { handoffId, assignedTo, openedAt, deadlineAt, summary } = record;
  const draft = (step: string, dueAt: Date, payload: EffectPayload): EffectDraft => ({
    step,
    dueAt,
    payload,
  });
  return [
    draft('handoff_task', openedAt, {
      kind: 'create_task',
      title: opening.taskTitle,
      body: `${summary.wants}. ${summary.next_step} See the note on the contact.`,
      dueAt: deadlineAt.toISOString(),
      assignedTo,
    }),
    ...(opening.assignsContact && assignedTo !== null
      ? [draft('handoff_owner', openedAt, { kind: 'assign_contact', userId: assignedTo })]
      : []),
    draft('handoff_note', openedAt, { kind: 'add_note', body: opening.note }),
    draft('handoff_deadline', deadlineAt, { kind: 'handoff_deadline', handoffId }),
  ];
}

/** What leaves when a deadline passes and nobody came. */
export function breachEffects(
  handoff: Handoff,
  reassignedTo: string | null,
  breachedAt: Date,
  options: HandoffOptions,
): EffectDraft[] {
  const draft = (step: string, payload: EffectPayload): EffectDraft => ({
    step,
    dueAt: breachedAt,
    payload,
  });
  return [
    draft('tag', { kind: 'add_tags', tags: [options.tags.breached] }),
    ...(reassignedTo === null
      ? []
      : [
          draft('task', {
            kind: 'create_task',
            title: `Overdue handoff: contact this lead now (score ${handoff.summary.lead_score})`,
            body: `${handoff.summary.wants}. ${handoff.summary.next_step}`,
            dueAt: breachedAt.toISOString(),
            assignedTo: reassignedTo,
          }),
          draft('owner', { kind: 'assign_contact', userId: reassignedTo }),
        ]),
    draft('note', { kind: 'add_note', body: breachNote(handoff, reassignedTo, options) }),
  ];
}

/**
 * What leaves when a handoff is over: its tags come off, so that lists in the CRM are
 * true, and so that putting a tag on again is a change that the CRM tells us of.
 */
export function resolutionEffects(resolvedAt: Date, tags: HandoffOptions['tags']): EffectDraft[] {
  return [
    {
      step: 'tags',
      dueAt: resolvedAt,
      payload: { kind: 'remove_tags', tags: Object.values(tags) },
    },
  ];
}

/**
 * The origin names the delivery that opened the handoff, to which all that follows goes back, and the
 * step, which comes once: so do its effects.
 */
export function requestsOf(
  { locationId, contactId, handoffId, deliveryId }: Handoff,
  step: 'breach' | 'resolution',
  drafts: readonly EffectDraft[],
): EffectRequest[] {
  const origin = `${deliveryId}@handoff:${handoffId}:${step}`;
  return drafts.map((draft) => ({ locationId, contactId, origin, draft }));
}

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
function breachNote(handoff: Handoff, assignedTo: string | null, options: HandoffOptions): string {
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
