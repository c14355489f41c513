import type { LeadKey } from '../leads/lead-key.js';
import type { EffectDraft, EffectKind } from './effect.js';

/** Kinds that travel beside their contact's lane, and the prefix of theirs. */
const SIDE_LANES: Partial<Record<EffectKind, string>> = {
  call_hook: 'hook:',
  handoff_deadline: 'timer:',
};

/**
 * The lane that an effect travels in. A contact's lane stops at the first effect that has to be
 * tried again; what must neither hold a message up nor wait for one travels in a lane beside it,
 * under a contact that does not exist.
 */
export function laneOf(lead: LeadKey, { payload }: Pick<EffectDraft, 'payload'>): LeadKey {
  const prefix = SIDE_LANES[payload.kind];
  return prefix === undefined
    ? lead
    : { locationId: lead.locationId, contactId: `${prefix}${lead.contactId}` };
}

/** Whether a lane is one beside its contact's: it makes no calls to the CRM, and waits for no turn there. */
export function isSideLane({ contactId }: Pick<LeadKey, 'contactId'>): boolean {
  return Object.values(SIDE_LANES).some((prefix) => contactId.startsWith(prefix));
}

/** The same for a query: patterns of `like`. */
export const SIDE_LANE_PATTERNS: readonly string[] = Object.values(SIDE_LANES).map(
  (prefix) => `${prefix}%`,
);
