import { Injectable } from '@nestjs/common';
import {
  Crm,
  type CrmFailure,
  type CrmResult,
  type OutgoingMessage,
  type SentMessage,
} from '../../crm/crm.port.js';
import { Clock } from '../../shared/clock.js';
import type { LaneHold, StoredEffect } from '../claimed-lane.js';
import { createTask } from '../crm-write.handler.js';
import { dispositionOfFailure, settle, type Disposition } from '../disposition.js';
import type { EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-registry.js';
import { GIVE_UP_AFTER_MS, LEASE_MS } from '../lane-timing.js';
import { LaneRepository } from '../lane.repository.js';
import { SendingRules } from './sending-rules.js';

const KINDS = ['send_message', 'follow_up'] as const;
type MessageKind = (typeof KINDS)[number];

interface OutgoingText {
  readonly purpose: 'reply' | 'follow_up';
  readonly channel: string;
  readonly text: string;
}

/**
 * A message found in `sending` and not in the CRM's thread after this time was not sent. The thread
 * shows a message within seconds; the time covers the CRM's replication.
 */
const LOOK_UP_GRACE_MS = 15_000;
/** Integrators report up to five seconds. */
const REPLICATION_LAG_MS = 15_000;
/** A message is tried at most twice when nobody knows what became of the first try. */
const MAX_SENDS = 2;

/**
 * Replies and follow-ups. Sends texts so that a lead never gets one twice: the intent is committed
 * before the call; when the outcome is unknown, the thread is read before anything else is done.
 */
@Injectable()
export class MessageHandler implements EffectHandler<MessageKind> {
  readonly kinds = KINDS;
  readonly lane = 'contact';

  constructor(
    private readonly crm: Crm,
    private readonly lanes: LaneRepository,
    private readonly rules: SendingRules,
    private readonly clock: Clock,
  ) {}

  async deliver(
    lane: LaneHold,
    effect: StoredEffect,
    payload: EffectPayload<MessageKind>,
  ): Promise<Disposition> {
    if (payload.kind === 'follow_up') return this.followUp(lane, effect, payload);
    const { channel, text } = payload;
    return this.send(lane, effect, { purpose: 'reply', channel, text });
  }

  private async followUp(
    lane: LaneHold,
    effect: StoredEffect,
    { action, channel, text, task }: EffectPayload<'follow_up'>,
  ): Promise<Disposition> {
    const { locationId, contactId } = lane;
    const form = await this.rules.formOf(lane, action);
    const ownerTask = { dueAt: effect.dueAt.toISOString(), assignedTo: null };
    switch (form.kind) {
      case 'call':
        return createTask(this.crm, lane, { ...task, ...ownerTask });
      case 'workflow':
        return settle(this.crm.addToWorkflow(locationId, contactId, form.workflowId));
      case 'suggestion': {
        const body = `${task.body}. Suggested text: ${text}`;
        return createTask(this.crm, lane, {
          title: 'Follow up with this lead',
          body,
          ...ownerTask,
        });
      }
      case 'text':
        return this.send(lane, effect, { purpose: 'follow_up', channel, text });
    }
  }

  private async send(
    lane: LaneHold,
    effect: StoredEffect,
    outgoing: OutgoingText,
  ): Promise<Disposition> {
    const disposition = await this.sendOnce(lane, effect, outgoing);
    const isRefused = disposition.kind === 'suppressed' && disposition.reason === 'do_not_disturb';
    if (isRefused) await this.rules.takeRefusal(lane, outgoing.channel);
    return disposition;
  }

  private async sendOnce(
    lane: LaneHold,
    effect: StoredEffect,
    outgoing: OutgoingText,
  ): Promise<Disposition> {
    const message = { contactId: lane.contactId, channel: outgoing.channel, text: outgoing.text };
    if (effect.state === 'sending') {
      const settled = await this.settleDoubt(lane, effect, message);
      if (settled !== 'not_sent') return settled;
    }
    const obstacle = await this.askRules(lane, effect, outgoing);
    return obstacle ?? this.call(lane, effect, message);
  }

  /** Looks whether a message whose outcome is unknown reached the thread. */
  private async settleDoubt(
    lane: LaneHold,
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

  /**
   * Re-reads consent in the CRM and here. Whether a person has the word is asked first: a held message
   * asks again and again, and should cost no call.
   *
   * @returns undefined when it may go out
   */
  private async askRules(
    lane: LaneHold,
    { createdAt }: StoredEffect,
    { purpose, channel }: OutgoingText,
  ): Promise<Disposition | undefined> {
    const held = await this.rules.holds(lane, { purpose, createdAt }, this.clock.now());
    if (held.kind === 'postpone') return { ...held, kind: 'postponed' };
    const contact = await this.crm.getContact(lane.locationId, lane.contactId);
    if (!contact.ok) return dispositionOfFailure(contact.failure);
    const question = { purpose, channel, createdAt, contact: contact.value };
    const verdict = await this.rules.ask(lane, question, this.clock.now());
    switch (verdict.kind) {
      case 'send':
        return undefined;
      case 'suppress':
        return { ...verdict, kind: 'suppressed' };
      case 'postpone':
        return { ...verdict, kind: 'postponed' };
    }
  }

  private async call(
    lane: LaneHold,
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
    lane: LaneHold,
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
