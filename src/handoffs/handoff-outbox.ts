import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { EffectDraft } from '../effects/effect.js';
import { EffectRepository, type EffectRequest } from '../effects/effect.repository.js';
import { LocationSettings } from '../settings/location-settings.js';
import type { Handoff } from './handoff.js';
import { breachEffects, resolutionEffects } from './handoff-effects.js';
import { handoffOptions } from './handoff-options.js';

/** What the later life of a handoff sends out; its opening goes out with the decision that asked for it. */
@Injectable()
export class HandoffOutbox {
  constructor(
    private readonly effects: EffectRepository,
    private readonly settings: LocationSettings,
  ) {}

  async announceBreach(
    trx: DatabaseTransaction,
    handoff: Handoff,
    reassignedTo: string | null,
    at: Date,
  ): Promise<void> {
    const options = handoffOptions(await this.settings.of(handoff.locationId));
    const drafts = breachEffects(handoff, reassignedTo, at, options);
    await this.effects.enqueue(trx, requestsOf(handoff, 'breach', drafts), at);
  }

  async announceResolution(trx: DatabaseTransaction, handoff: Handoff, at: Date): Promise<void> {
    const { handoff: options } = await this.settings.of(handoff.locationId);
    const drafts = resolutionEffects(at, options.tags);
    await this.effects.enqueue(trx, requestsOf(handoff, 'resolution', drafts), at);
  }
}

/**
 * The origin names the delivery that opened the handoff, to which all that follows goes back, and the
 * step, which comes once: so do its effects.
 */
export function requestsOf(
  { locationId, contactId, handoffId, deliveryId }: Handoff,
  step: 'breach' | 'resolution',
  drafts: readonly EffectDraft[],
): EffectRequest[] {
  const origin = `${deliveryId}@handoff:${handoffId}:${step}`;
  return drafts.map((draft) => ({ locationId, contactId, origin, draft }));
}
