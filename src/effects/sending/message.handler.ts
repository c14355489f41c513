import { Injectable } from '@nestjs/common';
import { Crm, type CrmFailure } from '../../crm/crm.port.js';
import { Clock } from '../../shared/clock.js';
import { AnnouncedCalls, type DoubtRules } from '../announced-calls.js';
import type { LaneHold, StoredEffect } from '../claimed-lane.js';
import { CrmRecords } from '../crm-records.js';
import { dispositionOfFailure, settle, type Disposition } from '../disposition.js';
import type { EffectDraft, EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-registry.js';
import { SendingRules } from './sending-rules.js';

const KINDS = ['send_message', 'follow_up'] as const;
type MessageKind = (typeof KINDS)[number];

interface OutgoingText {
  readonly purpose: 'reply' | 'follow_up';
  readonly channel: string;
  readonly text: string;
}

/**
 * A text that left and may be worked on still is not sent again: it may be seen later than any wait.
 * Soon enough for a person to answer within a minute, and late enough for a CRM that records half a
 * minute late. One whose connection broke is, once no CRM is known to show it still.
 */
const WHEN_IN_DOUBT: DoubtRules = {
  lookForMs: { timed_out: 45_000, broken: 120_000 },
  repeatsTimedOut: false,
  trustsErrorStatus: false,
  maxCalls: 2,
};
/** Integrators report up to five seconds. */
const REPLICATION_LAG_MS = 15_000;

/** Replies and follow-ups: so that a lead never gets one twice, and never silence in its place. */
@Injectable()
export class MessageHandler implements EffectHandler<MessageKind> {
  readonly kinds = KINDS;
  readonly lane = 'contact';

  constructor(
    private readonly crm: Crm,
    private readonly calls: AnnouncedCalls,
    private readonly records: CrmRecords,
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
        return this.records.createTask(lane, effect, { ...task, ...ownerTask });
      case 'workflow':
        return settle(this.crm.addToWorkflow(locationId, contactId, form.workflowId));
      case 'suggestion': {
        const body = `${task.body}. Suggested text: ${text}`;
        const title = 'Follow up with this lead';
        return this.records.createTask(lane, effect, { title, body, ...ownerTask });
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
    const { locationId, contactId } = lane;
    const { channel, text } = outgoing;
    const message = { contactId, channel, text };
    const disposition = await this.calls.carryOut(lane, effect, {
      whenInDoubt: WHEN_IN_DOUBT,
      make: async (announce) => {
        const sent = await this.crm.sendMessage(locationId, message, announce);
        return sent.ok ? { ok: true, value: sent.value.messageId } : sent;
      },
      find: async (search) => {
        const found = await this.crm.findSentMessage(locationId, message, search);
        return found.ok ? { ok: true, value: found.value?.messageId } : found;
      },
      obstacle: () => this.askRules(lane, effect, outgoing),
      readFailure: (failure) => this.readFailure(effect, failure),
    });
    const isRefused = disposition.kind === 'suppressed' && disposition.reason === 'do_not_disturb';
    if (isRefused) await this.rules.takeRefusal(lane, channel);
    return disposition.kind === 'uncertain'
      ? { ...disposition, instead: answerTask(outgoing, this.clock.now()) }
      : disposition;
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

  /** Right after a contact was created, the CRM's conversations may not know it for some seconds. */
  private readFailure(
    effect: StoredEffect,
    { kind, status, message }: CrmFailure,
  ): Disposition | undefined {
    const ageMs = this.clock.now().getTime() - effect.createdAt.getTime();
    const isNotYetThere = kind === 'not_found' && status === 400 && ageMs < REPLICATION_LAG_MS;
    return isNotYetThere ? { kind: 'retry', error: message, cause: 'failed' } : undefined;
  }
}

/** The lead waits for an answer, and only a person can see whether it got one. */
function answerTask({ text }: OutgoingText, now: Date): EffectDraft {
  return {
    step: 'answer_lead',
    dueAt: now,
    payload: {
      kind: 'create_task',
      title: 'Answer this lead: our text may not have left',
      body: `The CRM did not say what became of this text. Look at the conversation first. Text: ${text}`,
      dueAt: now.toISOString(),
      assignedTo: null,
    },
  };
}
