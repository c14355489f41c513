import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import type { LeadEvent } from '../../leads/crm-event.js';
import { decideChange, decideOutbound } from './decide-change.js';
import { decideLead } from './decide-lead.js';
import {
  withoutConsequence,
  type Decision,
  type DecisionInput,
  type LeadDecision,
} from './decision.js';

/**
 * Raised by every change after which the same input is decided otherwise: decisions of another
 * version cannot be computed again by this build, and are told apart when they are verified.
 */
export const DECIDER_VERSION = 3;

/**
 * Event + situation + settings + rollout + time → decision, for every kind of event. Pure: no I/O, no
 * clock of its own, inputs never mutated; the same input gives the same decision in every process.
 * All that decides calls it: webhook, analysis, preview, replay, verification and benchmarks.
 *
 * @param gate the growth features of this build behind their gate; itself a function of its inputs
 */
export function decide(input: DecisionInput<LeadEvent>, gate: GrowthGateService): LeadDecision;
export function decide(input: DecisionInput, gate: GrowthGateService): Decision;
export function decide(input: DecisionInput, gate: GrowthGateService): Decision {
  const { event } = input;
  switch (event.kind) {
    case 'lead':
      return decideLead({ ...input, event }, gate);
    case 'change':
      return decideChange({ ...input, event }, gate);
    case 'outbound':
      return decideOutbound({ ...input, event });
    case 'other':
      return withoutConsequence(event.known ? 'acknowledged' : 'unrecognised');
  }
}
