import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { EffectDraft } from '../effects/effect.js';
import { EffectRepository, type EffectRequest } from '../effects/effect.repository.js';
import type { Handoff } from './handoff.js';
import { breachEffects, resolutionEffects } from './handoff-effects.js';
import { HandoffOptions } from './handoff-options.js';

/** What the later life of a handoff sends out; its opening goes out with the decision that asked for it. */
@Injectable()
export class HandoffOutbox {
  constructor(
    private readonly effects: EffectRepository,
    private readonly options: HandoffOptions,
  ) {}

  async announceBreach(
    trx: DatabaseTransaction,
    handoff: Handoff,
    reassignedTo: string | null,
    at: Date,
  ): Promise<void> {
    const drafts = breachEffects(handoff, reassignedTo, at, this.options);
    await this.effects.enqueue(trx, requestsOf({ handoff, step: 'breach' }, drafts), at);
  }

  async announceResolution(trx: DatabaseTransaction, handoff: Handoff, at: Date): Promise<void> {
    await this.effects.enqueue(trx, this.resolutionRequests(handoff, at), at);
  }

  /** What a resolution sends out, for whoever enqueues it together with more. */
  resolutionRequests(handoff: Handoff, at: Date): EffectRequest[] {
    return requestsOf({ handoff, step: 'resolution' }, resolutionEffects(at, this.options));
  }
}

/**
 * The origin names the delivery that opened the handoff, to which all that follows goes back, and the
 * step, which comes once: so do its effects.
 */
function requestsOf(
  { handoff, step }: { readonly handoff: Handoff; readonly step: string },
  drafts: readonly EffectDraft[],
): EffectRequest[] {
  const { locationId, contactId, handoffId, deliveryId } = handoff;
  const origin = `${deliveryId}@handoff:${handoffId}:${step}`;
  return drafts.map((draft) => ({ locationId, contactId, origin, draft }));
}
