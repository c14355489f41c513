import type { GrowthProposal } from './growth-feature.js';

/** Names become part of metric keys, so nothing else may stand in them. */
const EVENT_NAME = /^[a-z0-9_]+$/;

/**
 * What a feature returns is checked before it does harm further down. Both checks throw, because a
 * breach is a fault of the feature's code; the gate treats it as any other failure of a feature.
 */
export function checkedEvents(events: readonly string[]): readonly string[] {
  for (const event of events) {
    if (!EVENT_NAME.test(event)) throw new Error(`Event "${event}" is not a metric key`);
  }
  return events;
}

/** Refuses a reply without text and a due time that is no time. */
export function checkedProposal(proposal: GrowthProposal): GrowthProposal {
  if (proposal.reply !== undefined && proposal.reply.trim() === '') {
    throw new Error('The proposed reply has no text');
  }
  const delayMinutes = proposal.followUp?.['recommended_delay_minutes'];
  if (delayMinutes !== undefined && !isDelay(delayMinutes)) {
    throw new Error('The proposed recommended_delay_minutes is not a delay');
  }
  return proposal;
}

function isDelay(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
