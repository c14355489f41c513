import { Injectable } from '@nestjs/common';
import {
  Crm,
  type CrmFailure,
  type CrmResult,
  type OutgoingMessage,
  type SentMessage,
} from '../../crm/crm.port.js';
import { Clock } from '../../shared/clock.js';
import { dispositionOfFailure, type Disposition } from '../disposition.js';
import type { ClaimedLane, StoredEffect } from '../claimed-lane.js';
import { LaneRepository } from '../lane.repository.js';
import { LEASE_MS } from '../lease.js';
import { GIVE_UP_AFTER_MS } from '../retry-policy.js';
import { SendingRules } from '../sending/sending-rules.js';

export interface OutgoingText {
  readonly purpose: 'reply' | 'follow_up';
  readonly channel: string;
  readonly text: string;
}

/**
 * A message found in `sending` and not in the CRM's thread after this time was not sent. The thread
 * shows a message within seconds; the time covers the CRM's replication.
 */
export const LOOK_UP_GRACE_MS = 15_000;
/** Integrators report up to five seconds. */
const REPLICATION_LAG_MS = 15_000;
/** A message is tried at most twice when nobody knows what became of the first try. */
const MAX_SENDS = 2;

/**
 * Sends texts so that a lead never gets one twice: the intent is committed before the call; when
 * the outcome is unknown, the thread is read before anything else is done.
 */
@Injectable()
export class MessageSender {
  constructor(
    private readonly crm: Crm,
    private readonly lanes: LaneRepository,
    private readonly rules: SendingRules,
    private readonly clock: Clock,
  ) {}

  async send(
    lane: ClaimedLane,
    effect: StoredEffect,
    outgoing: OutgoingText,
  ): Promise<Disposition> {
    const message = { contactId: lane.contactId, channel: outgoing.channel, text: outgoing.text };
    if (effect.state === 'sending') {
      const settled = await this.settleDoubt(lane, effect, message);
      if (settled !== 'not_sent') return settled;
    }
    const { purpose } = outgoing;
    const held = await this.rules.holds(lane, { purpose, createdAt: effect.createdAt });
    if (held.kind === 'postpone') return { ...held, kind: 'postponed' };
    const verdict = await this.askRules(lane, effect, outgoing);
    if (verdict !== 'send') return verdict;
    return this.call(lane, effect, message);
  }

  /** Looks whether a message whose outcome is unknown reached the thread. */
  private async settleDoubt(
    lane: ClaimedLane,
    effect: StoredEffect,
    message: OutgoingMessage,
  ): Promise<Disposition | 'not_sent'> {
    const since = effect.startedAt ?? effect.createdAt;
    const found = await this.crm.findSentMessage(lane.locationId, message, since);
    const sinceMs = this.clock.now().getTime() - since.getTime();
    if (!found.ok) return lookUpFailed(found.failure, sinceMs);
    if (found.value !== undefined) return { kind: 'delivered', remoteId: found.value.messageId };
    if (sinceMs < LOOK_UP_GRACE_MS) {
      return { kind: 'in_doubt', error: 'outcome unknown; waiting for the thread to show it' };
    }
    if (effect.sends >= MAX_SENDS) {
      return {
        kind: 'uncertain',
        error: 'sent twice with unknown outcome, and the thread shows neither',
      };
    }
    return 'not_sent';
  }

  /** Re-reads consent in the CRM and here. */
  private async askRules(
    lane: ClaimedLane,
    effect: StoredEffect,
    outgoing: OutgoingText,
  ): Promise<Disposition | 'send'> {
    const contact = await this.crm.getContact(lane.locationId, lane.contactId);
    if (!contact.ok) return dispositionOfFailure(contact.failure);
    const verdict = await this.rules.ask(lane, {
      purpose: outgoing.purpose,
      channel: outgoing.channel,
      contact: contact.value,
      createdAt: effect.createdAt,
    });
    switch (verdict.kind) {
      case 'send':
        return 'send';
      case 'suppress':
        return { kind: 'suppressed', reason: verdict.reason };
      case 'postpone':
        return { kind: 'postponed', until: verdict.until, reason: verdict.reason };
    }
  }

  private async call(
    lane: ClaimedLane,
    effect: StoredEffect,
    message: OutgoingMessage,
  ): Promise<Disposition> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const isMine = await this.lanes.markSending(lane, effect.effectId, now, leaseUntil);
    if (!isMine) return { kind: 'suppressed', reason: 'cancelled' };
    const sent = await this.trySending(lane, message);
    if (sent.ok) return { kind: 'delivered', remoteId: sent.value.messageId };
    if (sent.failure.kind === 'unknown_outcome') {
      return { kind: 'in_doubt', error: sent.failure.message };
    }
    return this.certainlyUnsent(effect, sent.failure);
  }

  /** Whatever throws after the announcement, the message may have left. */
  private async trySending(
    lane: ClaimedLane,
    message: OutgoingMessage,
  ): Promise<CrmResult<SentMessage>> {
    try {
      return await this.crm.sendMessage(lane.locationId, message);
    } catch (error) {
      return { ok: false, failure: { kind: 'unknown_outcome', message: String(error) } };
    }
  }

  private certainlyUnsent(effect: StoredEffect, failure: CrmFailure): Disposition {
    if (this.isNotYetThere(effect, failure)) {
      return { kind: 'retry', error: failure.message, cause: 'failed', unsent: true };
    }
    const disposition = dispositionOfFailure(failure);
    return disposition.kind === 'retry' ? { ...disposition, unsent: true } : disposition;
  }

  /** Right after a contact was created, the CRM's conversations may not know it for some seconds. */
  private isNotYetThere(effect: StoredEffect, { kind, status }: CrmFailure): boolean {
    const ageMs = this.clock.now().getTime() - effect.createdAt.getTime();
    return kind === 'not_found' && status === 400 && ageMs < REPLICATION_LAG_MS;
  }
}

/** A look-up that fails is tried again, but not for ever: the contact's other effects wait behind it. */
function lookUpFailed(failure: CrmFailure, sinceMs: number): Disposition {
  const { kind, message, retryAfterMs } = failure;
  const isPassing = kind === 'rate_limited' || kind === 'unreachable' || kind === 'unknown_outcome';
  const error = `outcome unknown, and the look-up failed: ${message}`;
  if (!isPassing || sinceMs > GIVE_UP_AFTER_MS) return { kind: 'uncertain', error };
  return {
    kind: 'in_doubt',
    error,
    ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
  };
}
