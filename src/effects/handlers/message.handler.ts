import { Injectable } from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import type { Disposition } from '../disposition.js';
import type { EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-handler.js';
import type { ClaimedLane, StoredEffect } from '../claimed-lane.js';
import { CrmWriteHandler } from './crm-write.handler.js';
import { LeadSuppression } from '../sending/lead-suppression.js';
import { MessageSender, type OutgoingText } from './message-sender.js';

const KINDS = ['send_message', 'follow_up'] as const;
type MessageKind = (typeof KINDS)[number];

/** Replies and follow-ups. A call becomes a task for the contact's owner, nurture the configured workflow, the rest a text (a task where nothing is sent by itself). */
@Injectable()
export class MessageHandler implements EffectHandler<MessageKind> {
  readonly kinds = KINDS;

  constructor(
    private readonly sender: MessageSender,
    private readonly writes: CrmWriteHandler,
    private readonly suppression: LeadSuppression,
    private readonly configuration: Configuration,
  ) {}

  async deliver(
    lane: ClaimedLane,
    effect: StoredEffect,
    payload: EffectPayload<MessageKind>,
  ): Promise<Disposition> {
    if (payload.kind === 'send_message') {
      const { channel, text } = payload;
      return this.send(lane, effect, { purpose: 'reply', channel, text });
    }
    return this.followUp(lane, effect, payload);
  }

  private async followUp(
    lane: ClaimedLane,
    effect: StoredEffect,
    followUp: EffectPayload<'follow_up'>,
  ): Promise<Disposition> {
    const { nurtureWorkflowId } = this.configuration;
    const { action, channel, text } = followUp;
    if (action === 'immediate_call') return this.createTask(lane, effect, followUp.task);
    if (action === 'nurture_sequence' && nurtureWorkflowId !== undefined) {
      return this.writes.addToWorkflow(lane, nurtureWorkflowId);
    }
    if (!this.textsByItself()) {
      const body = `${followUp.task.body}. Suggested text: ${text}`;
      return this.createTask(lane, effect, { title: 'Follow up with this lead', body });
    }
    return this.send(lane, effect, { purpose: 'follow_up', channel, text });
  }

  private async send(
    lane: ClaimedLane,
    effect: StoredEffect,
    outgoing: OutgoingText,
  ): Promise<Disposition> {
    const disposition = await this.sender.send(lane, effect, outgoing);
    const isRefused = disposition.kind === 'suppressed' && disposition.reason === 'do_not_disturb';
    // Of other channels the CRM's refusal says nothing about texts.
    if (isRefused && outgoing.channel === 'SMS') await this.suppression.suppress(lane);
    return disposition;
  }

  /** Who wants no automatic replies wants no texts out of the blue either. */
  private textsByItself(): boolean {
    const { replyMode } = this.configuration;
    return replyMode === 'all' || replyMode === 'high_priority';
  }

  private createTask(
    lane: ClaimedLane,
    effect: StoredEffect,
    task: { readonly title: string; readonly body: string },
  ): Promise<Disposition> {
    const dueAt = effect.dueAt.toISOString();
    return this.writes.deliver(lane, effect, {
      kind: 'create_task',
      ...task,
      dueAt,
      assignedTo: null,
    });
  }
}
