import type { PendingReply } from '../../leads/lead-context.js';
import type { LeadDraft } from './lead-draft.js';
import type { LeadInput } from './lead-input.js';

/** Longest that the first message of a burst waits for an answer. */
const LONGEST_BURST_MS = 30_000;

/** Messages in quick succession are answered once, when the lead has done writing. */
export interface Burst {
  /** When the reply goes out; null when this message gets none that waits. */
  readonly reply: PendingReply | null;
  /** An earlier reply of the burst is answered with it. */
  readonly overtakes: boolean;
}

/** Why replies that have not gone out yet end; null when they stay. */
export function cancelledReplies({ overtakes }: Burst, isRefusal: boolean): string | null {
  if (isRefusal) return 'opted_out';
  return overtakes ? 'superseded' : null;
}

export function burstOf(
  { reply, isNotice }: Pick<LeadDraft, 'reply' | 'isNotice'>,
  { situation, settings, at }: LeadInput,
): Burst {
  if (!reply.send || isNotice) return { reply: null, overtakes: false };
  const { pending_reply: pending } = situation.context;
  const waits = pending !== null && Date.parse(pending.due_at) > at.getTime();
  const sinceMs = waits ? Date.parse(pending.since) : at.getTime();
  const dueMs = Math.min(
    at.getTime() + settings.messaging.replyDebounceMs,
    sinceMs + LONGEST_BURST_MS,
  );
  return {
    reply: { since: new Date(sinceMs).toISOString(), due_at: new Date(dueMs).toISOString() },
    overtakes: waits,
  };
}
