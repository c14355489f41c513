import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { AutomaticMessage, HoldVerdict, MessageHold } from '../effects/effect-registry.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import { shareRoundTrips } from '../shared/group-commit.js';
import { HandoffRepository } from './handoff.repository.js';
import type { Handoff } from './handoff.js';

/** How soon a held message asks again. */
export const HOLD_RECHECK_MS = 15 * 60_000;

/**
 * Whether an automatic message may go out beside this handoff. From its opening until it is resolved
 * a person has the word, not only until it is acknowledged: two voices in one conversation are what
 * leads complain of. The reply to the message that opened it (decided at the same moment) and older
 * ones still go out; what waits is sent after the resolution, unless the lead has answered by then.
 *
 * @param handoff the lead's unresolved one
 */
export function judgeHold(
  message: AutomaticMessage,
  handoff: Pick<Handoff, 'openedAt'> | undefined,
  now: Date,
): HoldVerdict {
  if (handoff === undefined) return { kind: 'send' };
  const isOpeningReply =
    message.purpose === 'reply' && message.createdAt.getTime() <= handoff.openedAt.getTime();
  if (isOpeningReply) return { kind: 'send' };
  return {
    kind: 'postpone',
    until: new Date(now.getTime() + HOLD_RECHECK_MS),
    reason: 'handoff_open',
  };
}

/** Puts the question with what is stored. */
@Injectable()
export class HandoffHold implements MessageHold {
  private readonly open = shareRoundTrips(async (leads: readonly LeadKey[]) => {
    const open = await this.database.ask(this.handoffs.findOpen(leads));
    return leads.map((lead) => open.get(leadKeyText(lead)));
  });

  constructor(
    private readonly handoffs: HandoffRepository,
    private readonly database: Database,
  ) {}

  async judge(lead: LeadKey, message: AutomaticMessage, now: Date): Promise<HoldVerdict> {
    return judgeHold(message, await this.open.submit(lead), now);
  }
}
