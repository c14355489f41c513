import type { EffectPayload } from '../../effects/effect.js';
import type { Exposure } from './exposure.repository.js';

/** A delivered effect, as its lane's worker knows it. */
export interface DeliveredEffect {
  readonly locationId: string;
  readonly contactId: string;
  readonly effectId: number;
  readonly payload: EffectPayload;
  /** The effect is stored in the transaction of its decision. */
  readonly createdAt: Date;
  readonly deliveredAt: Date;
}

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
