import type { EffectDraft } from '../../effects/effect.js';
import type { LeadKey } from '../../leads/lead-key.js';

const HOOK_LANE_PREFIX = 'hook:';

/**
 * The lane that an effect travels in. A contact's lane stops at the first effect that has to be
 * tried again; hook calls therefore travel in a lane beside it, under a contact that does not exist,
 * so that a receiver that is down never holds up a message. The calls about one contact stay in order.
 */
export function laneOf(lead: LeadKey, { payload }: EffectDraft): LeadKey {
  if (payload.kind !== 'call_hook') return lead;
  return { locationId: lead.locationId, contactId: `${HOOK_LANE_PREFIX}${lead.contactId}` };
}
