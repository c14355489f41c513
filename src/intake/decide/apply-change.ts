import { isHumanMessage, type LeadChange, type OutboundMessage } from '../../leads/crm-event.js';
import { CRM_DO_NOT_DISTURB, type LeadContext } from '../../leads/lead-context.js';
import { turn, withTurns } from './next-context.js';

export interface ContextChange {
  readonly context: LeadContext;
  /** True when what was planned for this lead must not happen any more. */
  readonly cancelFollowUps: boolean;
}

/** A contact, opportunity, appointment, tag or consent change: updates what is known, and may end the follow-up. */
export function applyChange(
  context: LeadContext,
  change: LeadChange,
  endsFollowUp: boolean,
): ContextChange {
  const suppression = suppressionAfter(context, change);
  const cancelFollowUps = endsFollowUp || suppression !== null;
  return {
    cancelFollowUps,
    context: {
      ...context,
      first_source: context.first_source ?? change.source,
      last_source: change.source ?? context.last_source,
      contact: { ...context.contact, ...change.contact },
      suppression,
      follow_up: cancelFollowUps ? null : context.follow_up,
    },
  };
}

function suppressionAfter(context: LeadContext, change: LeadChange): LeadContext['suppression'] {
  if (change.doNotDisturb === true) {
    return (
      context.suppression ?? { at: change.occurredAt.toISOString(), reason: CRM_DO_NOT_DISTURB }
    );
  }
  const lifted =
    change.doNotDisturb === false && context.suppression?.reason === CRM_DO_NOT_DISTURB;
  return lifted ? null : context.suppression;
}

/** A message that somebody other than the bot sent: from a person, it takes the lead over. */
export function applyOutbound(context: LeadContext, message: OutboundMessage): ContextChange {
  if (!isHumanMessage(message)) return { context, cancelFollowUps: false };
  const turns =
    message.text === ''
      ? context.turns
      : withTurns(context.turns, [turn('human', message.occurredAt, message.text)]);
  // The first message of a thread opens it; it takes nothing over.
  const takeover = context.turns.length > 0;
  return {
    cancelFollowUps: takeover,
    context: {
      ...context,
      turns,
      ...(takeover ? { follow_up: null, human_takeover_at: message.receivedAt.toISOString() } : {}),
    },
  };
}
