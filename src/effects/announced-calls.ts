import { Injectable } from '@nestjs/common';
import type { Announce, CrmFailure, CrmResult, RecordSearch } from '../crm/crm.port.js';
import { isPassingTrouble } from '../database/database-errors.js';
import { leadKeyText } from '../leads/lead-key.js';
import { Clock } from '../shared/clock.js';
import { GroupCommit } from '../shared/group-commit.js';
import { Stopwatch } from '../shared/stopwatch.js';
import { AnnouncementRepository, type Announcement } from './announcement.repository.js';
import type { LaneHold, StoredEffect } from './claimed-lane.js';
import { dispositionOfFailure, type Disposition } from './disposition.js';
import { GIVE_UP_AFTER_MS, LEASE_MS } from './lane-timing.js';

/** A call that leaves something behind each time it is made, so that a second one would be noticed. */
export interface AnnouncedCall {
  make(announce: Announce): Promise<CrmResult<string>>;
  /** @returns the CRM's id of what an earlier call left behind */
  find(search: RecordSearch): Promise<CrmResult<string | undefined>>;
  /** Asked before the call waits for its turn, and cheap: undefined when it may. */
  earlyObstacle?(): Promise<Disposition | undefined>;
  /** Asked once its turn has come, right before the call is made: undefined when it may be. */
  obstacle?(): Promise<Disposition | undefined>;
  /** What a failure means that is no doubt; undefined to read it as for any call. */
  readFailure?(failure: CrmFailure): Disposition | undefined;
  readonly whenInDoubt: DoubtRules;
}

/** What to do about a call of which nobody knows whether it was carried out. */
export interface DoubtRules {
  /** How long to look for what it left behind, in ms. */
  readonly lookForMs: { readonly timed_out: number; readonly broken: number };
  /** Whether a call that had left, and timed out, may be made once more when nothing is found. */
  readonly repeatsTimedOut: boolean;
  /** Whether an answer of 408 or 5xx is taken to say that the call was not carried out. */
  readonly trustsErrorStatus: boolean;
  /** How often it is made at most when nobody knows what became of any of the calls. */
  readonly maxCalls: number;
}

/** Announcements in one commit: as many as there are lanes in a process. */
const MAX_ANNOUNCED = 64;
/** An announcement holds this long: far below the lease, after which another process may act on it. */
const ANNOUNCEMENT_HOLDS_MS = 20_000;

/**
 * Makes calls so that none is carried out twice. The intent is committed before the call leaves;
 * when the outcome is unknown, the CRM is asked for what the call would have left behind before
 * anything else is done.
 */
@Injectable()
export class AnnouncedCalls {
  private readonly announcements: GroupCommit<Announcement, boolean>;

  constructor(
    private readonly repository: AnnouncementRepository,
    private readonly clock: Clock,
  ) {
    this.announcements = new GroupCommit({
      maxItems: MAX_ANNOUNCED,
      gathersTurn: true,
      keysOf: ({ lane }) => [leadKeyText(lane)],
      isDivisible: (error) => !isPassingTrouble(error),
      flush: (announcements) => this.announceAll(announcements),
    });
  }

  async carryOut(lane: LaneHold, effect: StoredEffect, call: AnnouncedCall): Promise<Disposition> {
    if (effect.state === 'sending') {
      const settled = await this.settleDoubt(lane, effect, call);
      if (settled !== 'not_carried_out') return settled;
    }
    const obstacle = await call.earlyObstacle?.();
    return obstacle ?? this.make(lane, effect, call);
  }

  /** Looks whether a call whose outcome is unknown was carried out. */
  private async settleDoubt(
    lane: LaneHold,
    effect: StoredEffect,
    call: AnnouncedCall,
  ): Promise<Disposition | 'not_carried_out'> {
    const since = effect.startedAt ?? effect.createdAt;
    const taken = await this.repository.remoteIdsOf(lane, effect.effectId);
    const found = await call.find({ since, taken });
    if (found.ok && found.value !== undefined) return { kind: 'delivered', remoteId: found.value };
    const sinceMs = this.clock.now().getTime() - since.getTime();
    const isOverdue = sinceMs >= call.whenInDoubt.lookForMs[effect.doubt ?? 'broken'];
    const disposition = isOverdue ? lastWord(effect, call.whenInDoubt) : undefined;
    if (disposition !== undefined) return disposition;
    if (!found.ok) return lookUpFailed(effect, found.failure, sinceMs);
    if (isOverdue) return 'not_carried_out';
    const error = 'outcome unknown; waiting for the CRM to show it';
    return { kind: 'in_doubt', error, doubt: effect.doubt };
  }

  private async make(
    lane: LaneHold,
    effect: StoredEffect,
    call: AnnouncedCall,
  ): Promise<Disposition> {
    const { result, isAnnounced, obstacle } = await this.tryMaking(lane, effect, call);
    if (obstacle !== undefined) return obstacle;
    if (result.ok) return { kind: 'delivered', remoteId: result.value };
    const { failure } = result;
    if (isAnnounced && isDoubtful(failure, call.whenInDoubt)) {
      const doubt = failure.timedOut === true ? 'timed_out' : 'broken';
      return { kind: 'in_doubt', error: failure.message, doubt };
    }
    const disposition = call.readFailure?.(failure) ?? dispositionOfFailure(failure);
    return disposition.kind === 'retry' ? { ...disposition, unsent: isAnnounced } : disposition;
  }

  /** Whatever throws after the announcement, the call may have left. */
  private async tryMaking(
    lane: LaneHold,
    effect: StoredEffect,
    call: AnnouncedCall,
  ): Promise<Made> {
    let isAnnounced = false;
    let obstacle: Disposition | undefined;
    const announce: Announce = async () => {
      obstacle = await call.obstacle?.();
      if (obstacle !== undefined) return undefined;
      const holds = await this.announce(lane, effect);
      isAnnounced = true;
      return holds;
    };
    try {
      return { result: await call.make(announce), isAnnounced, obstacle };
    } catch (error) {
      if (!isAnnounced) throw error;
      const failure: CrmFailure = { kind: 'unknown_outcome', message: String(error) };
      return { result: { ok: false, failure }, isAnnounced, obstacle };
    }
  }

  private async announce(
    lane: LaneHold,
    effect: StoredEffect,
  ): Promise<(() => boolean) | undefined> {
    // From before the statement, and before the lease is counted.
    const age = new Stopwatch();
    const stands = await this.announcements.submit({ lane, effect });
    return stands ? () => age.elapsedMs() < ANNOUNCEMENT_HOLDS_MS : undefined;
  }

  private async announceAll(announcements: readonly Announcement[]): Promise<boolean[]> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const standing = await this.repository.announce(announcements, now, leaseUntil);
    return announcements.map((announcement) => standing.has(announcement));
  }
}

interface Made {
  readonly result: CrmResult<string>;
  readonly isAnnounced: boolean;
  /** What stood against it when its turn had come. */
  readonly obstacle: Disposition | undefined;
}

function isDoubtful({ kind, status }: CrmFailure, { trustsErrorStatus }: DoubtRules): boolean {
  return kind === 'unknown_outcome' && (!trustsErrorStatus || status === undefined);
}

/** What has been looked for long enough, and may not be made once more; undefined when it may. */
function lastWord(
  { doubt, sends }: StoredEffect,
  { repeatsTimedOut, maxCalls }: DoubtRules,
): Disposition | undefined {
  if (doubt === 'timed_out' && !repeatsTimedOut) {
    return { kind: 'uncertain', error: 'it left, no answer came, and the CRM does not show it' };
  }
  if (sends < maxCalls) return undefined;
  const times = maxCalls === 2 ? 'twice' : `${maxCalls} times`;
  const error = `sent ${times} with unknown outcome, and the CRM shows none`;
  return { kind: 'uncertain', error };
}

/** A look-up that fails is tried again, but not for ever: the contact's later texts wait behind it. */
function lookUpFailed(effect: StoredEffect, failure: CrmFailure, sinceMs: number): Disposition {
  const { kind, message, retryAfterMs } = failure;
  const isPassing = kind === 'rate_limited' || kind === 'unreachable' || kind === 'unknown_outcome';
  const error = `outcome unknown, and the look-up failed: ${message}`;
  if (!isPassing || sinceMs > GIVE_UP_AFTER_MS) return { kind: 'uncertain', error };
  return {
    kind: 'in_doubt',
    error,
    doubt: effect.doubt,
    ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
  };
}
