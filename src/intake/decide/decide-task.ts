import { endOfHold, isHeld } from '../../consent/consent-register.js';
import type { CompletedTask } from '../../leads/crm-event.js';
import { withoutConsequence, type Decision, type DecisionInput } from './decision.js';
import { effectiveTime } from './lead-consent.js';
import { READ_TASK_TITLE } from './lead-tasks.js';

/** Whoever completes the task to read a message has read it: what was held goes on. */
export function decideTask({ event, situation }: DecisionInput<CompletedTask>): Decision {
  const { contactId, title } = event;
  const { register, context } = situation;
  const lead = { contactId, contact: context.contact };
  const isRead = title === READ_TASK_TITLE && isHeld(register, lead, context.clear_at);
  const decision = withoutConsequence('acknowledged');
  return isRead
    ? { ...decision, consent: [endOfHold(contactId, effectiveTime(event), null)] }
    : decision;
}
