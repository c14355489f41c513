import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { EffectPayload } from '../../effects/effect.js';
import type { LaneHold, StoredEffect } from '../../effects/claimed-lane.js';
import { sampleEffect } from '../../effects/testing/sample-effects.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import { CallHookHandler } from './call-hook.handler.js';
import type { HookAnswer } from './hook-answer.js';
import { settingsWith } from '../../settings/testing/sample-settings.js';
import { HookClient, type HookMessage, type HookTarget } from './hook-client.js';

const URL = 'https://hooks.example.test/';
const LANE: LaneHold = {
  locationId: 'loc-1',
  contactId: 'hook:contact-1',
  fence: 1,
  failures: 0,
  replayTo: null,
};
const PAYLOAD: EffectPayload<'call_hook'> = {
  kind: 'call_hook',
  hookEventId: 'evt_1',
  eventType: 'lead.lost',
  occurredAt: '2026-03-02T15:00:00.000Z',
  data: { contact_id: 'contact-1' },
};

const stored = (attempts = 0): StoredEffect =>
  sampleEffect(1, { deliveryId: 'd-1', payload: PAYLOAD, attempts });

/** Answers when it is told to. */
class FakeHookClient extends HookClient {
  readonly messages: HookMessage[] = [];
  readonly waiting: ((answer: HookAnswer) => void)[] = [];

  constructor() {
    super(new FakeClock());
  }

  override post(_hook: HookTarget, message: HookMessage, stop: AbortSignal): Promise<HookAnswer> {
    this.messages.push(message);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      stop.addEventListener('abort', () => resolve({ kind: 'no_answer', reason: 'ERR_CANCELED' }));
    });
  }

  async called(): Promise<void> {
    while (this.waiting.length === 0) await setImmediate();
  }

  /** Once at least one call has come. */
  async answerAll(status: number): Promise<void> {
    await this.called();
    for (const resolve of this.waiting.splice(0)) {
      resolve({ kind: 'answered', status, retryAfterMs: null });
    }
  }
}

function open(url: string | undefined = URL) {
  const client = new FakeHookClient();
  const handler = new CallHookHandler(client, settingsWith({ hook: { url, secrets: [] } }));
  const deliver = (attempts?: number) => handler.deliver(LANE, stored(attempts), PAYLOAD);
  return { client, handler, deliver };
}

beforeAll(() => Logger.overrideLogger(false));

describe('the handler of hook calls', () => {
  it('hands the event on as it was stored', async () => {
    const { client, deliver } = open();
    const delivered = deliver();
    await client.answerAll(200);
    expect(await delivered).toEqual({ kind: 'delivered' });
    expect(client.messages).toEqual([
      {
        id: 'evt_1',
        type: 'lead.lost',
        timestamp: '2026-03-02T15:00:00.000Z',
        data: { contact_id: 'contact-1' },
      },
    ]);
  });

  it('tries again later, and gives up after eight attempts', async () => {
    const { client, deliver } = open();
    const first = deliver(0);
    await client.answerAll(503);
    expect(await first).toMatchObject({ kind: 'retry', cause: 'failed' });
    const last = deliver(7);
    await client.answerAll(503);
    expect(await last).toEqual({ kind: 'dead', error: 'given up: the hook answered 503' });
  });

  it('calls no more after 410', async () => {
    const { client, deliver } = open();
    const first = deliver();
    await client.answerAll(410);
    expect(await first).toEqual({ kind: 'dead', error: 'the hook answered 410' });
    expect(await deliver()).toEqual({
      kind: 'dead',
      error: 'the hook answered 410; restart to call it again',
    });
    expect(client.messages).toHaveLength(1);
  });

  it('keeps an event as a dead letter when the address has been taken away', async () => {
    const handler = new CallHookHandler(
      new FakeHookClient(),
      settingsWith({ hook: { url: undefined, secrets: [] } }),
    );
    expect(await handler.deliver(LANE, stored(), PAYLOAD)).toEqual({
      kind: 'dead',
      error: 'DECISION_HOOK_URL is not set',
    });
  });

  it('lets no more than sixteen calls run, and makes the others wait without counting an attempt', async () => {
    const { client, deliver } = open();
    const under = Array.from({ length: 16 }, () => deliver());
    const waiting = await deliver();
    expect(waiting).toMatchObject({ kind: 'retry', cause: 'limited' });
    expect(waiting.kind === 'retry' ? waiting.afterMs : 0).toBeGreaterThanOrEqual(1_000);
    await client.answerAll(200);
    expect(new Set((await Promise.all(under)).map(({ kind }) => kind))).toEqual(
      new Set(['delivered']),
    );
    expect(client.messages).toHaveLength(16);
  });

  it('cuts calls short when the process stops, without counting an attempt', async () => {
    const { client, handler, deliver } = open();
    const cut = deliver(7);
    await client.called();
    handler.onModuleDestroy();
    expect(await cut).toMatchObject({ kind: 'retry', cause: 'limited' });
    expect(await deliver()).toMatchObject({ kind: 'retry', cause: 'limited' });
    expect(client.messages).toHaveLength(1);
  });
});
