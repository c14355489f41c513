import { Injectable } from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import { Crm } from '../../crm/crm.port.js';
import { settle, type Disposition } from '../disposition.js';
import type { EffectPayload } from '../effect.js';
import type { EffectHandler } from '../effect-handler.js';
import type { ClaimedLane, StoredEffect } from '../lane.repository.js';
import { CrmWriteHandler } from './crm-write.handler.js';
import { MessageSender } from './message-sender.js';

const KINDS = ['send_message', 'follow_up'] as const;
type MessageKind = (typeof KINDS)[number];

/** Replies and follow-ups. A call becomes a task for the contact's owner, nurture the configured workflow, the rest a text. */
@Injectable()
export class MessageHandler implements EffectHandler<MessageKind> {
  readonly kinds = KINDS;

  constructor(
    private readonly crm: Crm,
    private readonly sender: MessageSender,
    private readonly writes: CrmWriteHandler,
    private readonly configuration: Configuration,
  ) {}

  async deliver(
    lane: ClaimedLane,
    effect: StoredEffect,
    payload: EffectPayload<MessageKind>,
  ): Promise<Disposition> {
    if (payload.kind === 'send_message') {
      return this.sender.send(lane, effect, {
        purpose: 'reply',
        channel: payload.channel,
        text: payload.text,
      });
    }
    const { nurtureWorkflowId } = this.configuration;
    if (payload.action === 'immediate_call') {
      const dueAt = effect.dueAt.toISOString();
      return this.writes.deliver(lane, effect, {
        kind: 'create_task',
        ...payload.task,
        dueAt,
        assignedTo: null,
      });
    }
    if (payload.action === 'nurture_sequence' && nurtureWorkflowId !== undefined) {
      return settle(this.crm.addToWorkflow(lane.locationId, lane.contactId, nurtureWorkflowId));
    }
    return this.sender.send(lane, effect, {
      purpose: 'follow_up',
      channel: payload.channel,
      text: payload.text,
    });
  }
}
