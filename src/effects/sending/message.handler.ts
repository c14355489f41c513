import { Injectable } from '@nestjs/common';
import { Crm, type CrmFailure } from '../../crm/crm.port.js';
import { Clock } from '../../shared/clock.js';
import { AnnouncedCalls, type DoubtRules } from '../announced-calls.js';
import type { LaneHold, StoredEffect } from '../claimed-lane.js';
import { CrmRecords } from '../crm-records.js';
import { dispositionOfFailure, type Disposition } from '../disposition.js';
import type { EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-registry.js';
import { answerTask } from './answer-task.js';
import { SendingDoor } from './sending-door.js';
import type { Outgoing } from './sending-rules.js';

const KINDS = ['send_message', 'follow_up'] as const;
type MessageKind = (typeof KINDS)[number];

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
    private readonly door: SendingDoor,
    private readonly clock: Clock,
  ) {}

  async deliver(
    lane: LaneHold,
    effect: StoredEffect,
    payload: EffectPayload<MessageKind>,
  ): Promise<Disposition> {
    if (payload.kind === 'follow_up') return this.followUp(lane, effect, payload);
    const { channel, text, purpose = 'reply', isTheirChannel = true } = payload;
    const answersAt = isTheirChannel ? new Date(payload.answersAt ?? effect.createdAt) : undefined;
    const { createdAt, dueAt } = effect;
    const outgoing = { purpose, channel, isTheirChannel, answersAt, createdAt, dueAt };
    return this.send(lane, effect, { outgoing, text });
  }

  private async followUp(
    lane: LaneHold,
    effect: StoredEffect,
    payload: EffectPayload<'follow_up'>,
  ): Promise<Disposition> {
    const { action, channel, text, task, isTheirChannel = true } = payload;
    const { createdAt, dueAt } = effect;
    const form = await this.door.formOf(lane, action);
    const outgoing = { purpose: 'follow_up', channel, isTheirChannel, createdAt, dueAt } as const;
    const ownerTask = { dueAt: dueAt.toISOString(), assignedTo: null };
    switch (form.kind) {
      case 'call':
        return this.records.createTask(lane, effect, { ...task, ...ownerTask });
      case 'workflow':
        return this.addToWorkflow(lane, outgoing, form.workflowId);
      case 'suggestion': {
        const body = `${task.body}. Suggested text: ${text}`;
        const title = 'Follow up with this lead';
        return this.records.createTask(lane, effect, { title, body, ...ownerTask });
      }
      case 'text':
        return this.send(lane, effect, { outgoing, text });
    }
  }

  /** A workflow writes to the lead: it passes the same door as a text. */
  private async addToWorkflow(
    lane: LaneHold,
    outgoing: Outgoing,
    workflowId: string,
  ): Promise<Disposition> {
    const early = await this.door.askEarly(lane, outgoing);
    if (early !== undefined) return early;
    let obstacle: Disposition | undefined;
    const added = await this.crm.addToWorkflow(
      lane.locationId,
      lane.contactId,
      workflowId,
      async () => {
        obstacle = await this.door.ask(lane, outgoing);
        return obstacle === undefined ? () => true : undefined;
      },
    );
    return obstacle ?? (added.ok ? { kind: 'delivered' } : dispositionOfFailure(added.failure));
  }

  private async send(
    lane: LaneHold,
    effect: StoredEffect,
    { outgoing, text }: { readonly outgoing: Outgoing; readonly text: string },
  ): Promise<Disposition> {
    const { locationId, contactId } = lane;
    const { channel, purpose } = outgoing;
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
      // A reply is seldom held: for it, one look at the door is enough.
      earlyObstacle: async () =>
        purpose === 'follow_up' ? this.door.askEarly(lane, outgoing) : undefined,
      obstacle: () => this.door.ask(lane, outgoing),
      readFailure: (failure) => this.readFailure(effect, failure),
    });
    const isBlocked = disposition.kind === 'suppressed' && disposition.reason === 'do_not_disturb';
    if (isBlocked) await this.door.recordBlock(lane, effect.effectId, channel);
    return disposition.kind === 'uncertain'
      ? { ...disposition, instead: answerTask(taskInDoubt(text), this.clock.now()) }
      : disposition;
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

/** Only a person can see whether the lead got it. */
function taskInDoubt(text: string) {
  return {
    title: 'Answer this lead: our text may not have left',
    body: `The CRM did not say what became of this text. Look at the conversation first. Text: ${text}`,
  };
}
