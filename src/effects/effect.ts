import type { CustomFieldValue } from '../crm/crm.port.js';
import type { ExposureProposal } from '../growth/growth-feature.js';
import type { LastQuestion } from '../leads/analysis/facts/facts-reading.js';
import type { FollowUpAction } from '../leads/lead-documents.js';
import type { ReadableFact } from '../leads/second-reading.js';

/**
 * One outgoing action, by kind. Stored with the decision, carried out afterwards by the handler of its
 * kind. A room with kinds of its own adds them here by `declare module`, and registers their handler.
 */
export interface EffectPayloads {
  send_message: {
    readonly channel: string;
    readonly text: string;
    /** A notice answers HELP, or whether a machine writes: past caps, takeover and handoff. */
    readonly purpose?: 'reply' | 'notice';
    /** ISO time of the message that it answers. */
    readonly answersAt?: string;
    /** False where the lead has not written on this channel, as from a form. */
    readonly isTheirChannel?: boolean;
    /** Experiments whose variant this message shows: they count when the CRM has accepted it. */
    readonly exposures?: readonly (ExposureProposal & { readonly epoch: number })[];
  };
  update_fields: { readonly fields: Readonly<Record<string, CustomFieldValue>> };
  add_tags: { readonly tags: readonly string[] };
  remove_tags: { readonly tags: readonly string[] };
  /** `channels` is absent in what a version before the consent journal stored: text messages. */
  set_do_not_disturb: { readonly channels?: readonly string[] };
  /** Takes back what this service has set for these contacts, and nothing else. */
  lift_do_not_disturb: {
    readonly channels: readonly string[];
    readonly contactIds: readonly string[];
  };
  /** Out of the workflow that a follow-up has put the contact into. */
  leave_workflow: { readonly workflowId: string };
  add_note: { readonly body: string };
  /** `assignedTo` null: the contact's owner. */
  create_task: {
    readonly title: string;
    readonly body: string;
    readonly dueAt: string;
    readonly assignedTo: string | null;
  };
  assign_contact: { readonly userId: string };
  /** Has a language model read a message again. */
  read_again: {
    /** What the lead wrote itself in it. */
    readonly text: string;
    /** ISO time of the message. */
    readonly occurredAt: string;
    /** Name of the message's event. */
    readonly messageType: string;
    readonly replyChannel: string;
    readonly source: string;
    /** What our message before it asked for. */
    readonly lastQuestion: LastQuestion | null;
    /** Facts that are not known. */
    readonly missing: readonly ReadableFact[];
    /** Of the contact: not shown to the model. */
    readonly names: readonly string[];
  };
  follow_up: {
    readonly action: FollowUpAction;
    readonly channel: string;
    /** False where the lead has not written on this channel, as from a form. */
    readonly isTheirChannel?: boolean;
    /** Text of a follow-up that goes out as a message. */
    readonly text: string;
    /** Title and body of a follow-up that becomes a task. */
    readonly task: { readonly title: string; readonly body: string };
  };
}

export type EffectKind = keyof EffectPayloads;

export type EffectPayload<Kind extends EffectKind = EffectKind> = {
  [K in Kind]: { readonly kind: K } & EffectPayloads[K];
}[Kind];

/** An effect as a decision proposes it. */
export interface EffectDraft {
  /** Unique within its decision; part of the effect's key. */
  readonly step: string;
  readonly dueAt: Date;
  readonly payload: EffectPayload;
}
