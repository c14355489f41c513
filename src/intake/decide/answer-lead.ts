import { isBotQuestion } from '../../leads/analysis/questions.js';
import { writeReply } from '../../leads/analysis/reply-text.js';
import type { Consent } from '../../leads/analysis/consent/detect-consent.js';
import type { FollowUp, FollowUpAction, LeadAnalysis } from '../../leads/lead-documents.js';
import type { ReplyDecision, WithheldReason } from './decision.js';
import { contactAfter, type LeadInput } from './lead-draft.js';

/** How long the bot stays silent after a person of the team wrote to the lead. */
export const HUMAN_TAKEOVER_HOLD_MS = 24 * 3_600_000;

export function decideReply(
  analysis: LeadAnalysis,
  consent: Consent | null,
  input: LeadInput,
): ReplyDecision {
  if (consent === 'opt_out') return { text: null, send: false, withheld: 'opted_out' };
  const text = writeReply(analysis, {
    hasHistory: input.situation.context.turns.some(({ from }) => from === 'bot'),
    asksWhetherAutomated: isBotQuestion(input.event.text),
    firstName: contactAfter(input).firstName,
  });
  const withheld = withheldReason(analysis, consent, input);
  return { text, send: withheld === null, withheld };
}

function withheldReason(
  analysis: LeadAnalysis,
  consent: Consent | null,
  { event, situation, settings, at }: LeadInput,
): WithheldReason | null {
  const { context } = situation;
  const { replyMode } = settings;
  if (context.suppression !== null && consent !== 'opt_in') return 'suppressed';
  if (event.contact.dnd === true) return 'do_not_disturb';
  if (situation.handoff !== null) return 'handoff_open';
  if (isHeldByHuman(context.human_takeover_at, at)) return 'human_takeover';
  const sends =
    replyMode === 'all' || (replyMode === 'high_priority' && analysis.priority === 'high');
  return sends ? null : 'reply_mode';
}

function isHeldByHuman(takeoverAt: string | null, now: Date): boolean {
  return takeoverAt !== null && now.getTime() - Date.parse(takeoverAt) < HUMAN_TAKEOVER_HOLD_MS;
}

/** Minutes until each proposed step, as the replaced bot had them. */
const DELAY_MINUTES: Readonly<Record<FollowUpAction, number>> = {
  immediate_call: 60,
  same_day_follow_up: 240,
  nurture_sequence: 1_440,
};

export function proposeFollowUp(analysis: LeadAnalysis): FollowUp {
  const action = followUpAction(analysis);
  return { action, delay_minutes: DELAY_MINUTES[action] };
}

function followUpAction({ priority, lead_temperature }: LeadAnalysis): FollowUpAction {
  if (priority === 'high') return 'immediate_call';
  if (priority === 'review_required' || lead_temperature === 'warm') return 'same_day_follow_up';
  return 'nurture_sequence';
}

/** A feature's recommended delay, when it set a usable one, is the due time. */
export function followUpDueAt(followUp: FollowUp, decidedAt: Date): Date {
  const recommended = followUp.recommended_delay_minutes;
  const minutes =
    typeof recommended === 'number' && recommended >= 0 ? recommended : followUp.delay_minutes;
  return new Date(decidedAt.getTime() + minutes * 60_000);
}
