import type { LeadEvent } from '../../leads/crm-event.js';
import type { LeadContext } from '../../leads/lead-context.js';

/**
 * The source that a lead counts under: what this event names, else the last one stored, else the
 * channel; empty when there is none of them. The channel is never stored, so that it cannot hide a
 * real source that arrives later.
 */
export function leadSource(
  event: Pick<LeadEvent, 'source' | 'channel'>,
  context: Pick<LeadContext, 'last_source'>,
): string {
  return event.source ?? context.last_source ?? event.channel ?? '';
}
