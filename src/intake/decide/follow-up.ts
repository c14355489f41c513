import type { FollowUp, FollowUpAction, LeadAnalysis } from '../../leads/lead-documents.js';

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
