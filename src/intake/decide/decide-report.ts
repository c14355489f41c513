import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import type { LeadChange, LeadEvent, ReportedChange } from '../../leads/crm-event.js';
import { decideChange } from './decide-change.js';
import { decideLead } from './decide-lead.js';
import type { DecisionInput, LeadDecision } from './decision.js';

/** Steps that reach the lead later: not once it is won, booked or lost. */
const PLANNED = 'follow_up';

/** A message beside which its sender reports a change: the message is answered, and the change recorded. */
export function decideReport(
  input: DecisionInput<LeadEvent>,
  reported: ReportedChange,
  gate: GrowthGateService,
): LeadDecision {
  const lead = decideLead(input, gate);
  const { type, locationId, contactId, occurredAt, receivedAt, source } = input.event;
  const about = { type, locationId, contactId, occurredAt, receivedAt, source };
  const event: LeadChange = { kind: 'change', ...about, contact: {}, ...reported };
  const situation = { ...input.situation, context: lead.context };
  const change = decideChange({ ...input, event, situation }, gate);
  const isOver = change.cancelFollowUps !== null;
  const kept = lead.effects.filter(({ step }) => !isOver || step !== PLANNED);
  return {
    ...lead,
    context: change.context ?? lead.context,
    effects: [...kept, ...change.effects],
    cancelFollowUps: change.cancelFollowUps ?? lead.cancelFollowUps,
    conversion: {
      ...change.conversion,
      milestones: [...lead.conversion.milestones, ...change.conversion.milestones],
    },
    handoff: lead.handoff ?? change.handoff,
    increments: [...lead.increments, ...change.increments],
  };
}
