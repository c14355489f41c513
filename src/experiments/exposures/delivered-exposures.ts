import type { DeliveredEffect } from '../../effects/effect-registry.js';
import type { Exposure } from './exposure.repository.js';

/** What this delivery proves: only a message shows a variant, and only once the CRM has accepted it. */
export function deliveredExposures(effect: DeliveredEffect): readonly Exposure[] {
  const { payload, locationId, contactId, effectId } = effect;
  if (payload.kind !== 'send_message') return [];
  return (payload.exposures ?? []).map((exposure) => ({
    ...exposure,
    locationId,
    contactId,
    effectId,
    decidedAt: effect.createdAt,
    exposedAt: effect.deliveredAt,
  }));
}
