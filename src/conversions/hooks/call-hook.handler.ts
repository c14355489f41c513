import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { CallSlots, waitForSlot } from '../../effects/call-slots.js';
import type { Disposition } from '../../effects/disposition.js';
import type { EffectHandler } from '../../effects/effect-registry.js';
import type { EffectPayload } from '../../effects/effect.js';
import type { LaneHold, StoredEffect } from '../../effects/claimed-lane.js';
import { dispositionOfAnswer, isGone, isTroubled, type HookAnswer } from './hook-answer.js';
import { LocationSettings } from '../../settings/location-settings.js';
import { HookClient, type HookTarget } from './hook-client.js';

const KINDS = ['call_hook'] as const;

declare module '../../effects/effect.js' {
  interface EffectPayloads {
    /** One call of the operator's decision hook. */
    call_hook: {
      readonly hookEventId: string;
      readonly eventType: string;
      readonly occurredAt: string;
      readonly data: Readonly<Record<string, unknown>>;
    };
  }
}

/** Half of the lanes that are worked on at once, so that messages always find others free. */
const MAX_CALLS = 16;
/** A call that found no slot comes back after between one and two of these. */
const SLOT_WAIT_MS = 1_000;

/**
 * Calls the operator's decision hook: at least once, the event's id the same at every attempt. A
 * receiver that answers 410 is not called again by this process, and its events end as dead letters.
 */
@Injectable()
export class CallHookHandler implements EffectHandler<'call_hook'>, OnModuleDestroy {
  readonly kinds = KINDS;
  readonly lane = 'hook:';
  private readonly logger = new Logger(CallHookHandler.name);
  private readonly slots = new CallSlots(MAX_CALLS);
  private readonly stop = new AbortController();
  private isGone = false;

  constructor(
    private readonly client: HookClient,
    private readonly settings: LocationSettings,
  ) {
    // Every call under way listens; beyond ten Node would warn of a leak.
    setMaxListeners(MAX_CALLS, this.stop.signal);
  }

  async deliver(
    { locationId }: LaneHold,
    effect: StoredEffect,
    payload: EffectPayload<'call_hook'>,
  ): Promise<Disposition> {
    const { url, secrets } = (await this.settings.of(locationId)).hook;
    if (url === undefined) return { kind: 'dead', error: 'DECISION_HOOK_URL is not set' };
    if (this.isGone)
      return { kind: 'dead', error: 'the hook answered 410; restart to call it again' };
    if (this.stop.signal.aborted || !this.slots.tryEnter()) return waitForSlot(SLOT_WAIT_MS);
    const answer = await this.call({ url, secrets }, payload);
    // Cut short by us: it says nothing about the receiver.
    if (this.stop.signal.aborted && answer.kind === 'no_answer') return waitForSlot(SLOT_WAIT_MS);
    return dispositionOfAnswer(answer, effect.attempts, Math.random());
  }

  /** A call that waits for its receiver must not hold up the stop; it is repeated after the next start. */
  onModuleDestroy(): void {
    this.stop.abort();
  }

  private async call(hook: HookTarget, payload: EffectPayload<'call_hook'>): Promise<HookAnswer> {
    const { hookEventId: id, eventType: type, occurredAt: timestamp, data } = payload;
    const answer = await this.client.post(hook, { id, type, timestamp, data }, this.stop.signal);
    this.slots.leave(isTroubled(answer));
    if (isGone(answer)) {
      this.isGone = true;
      this.logger.warn({ event: 'decision_hook.gone' });
    }
    return answer;
  }
}
