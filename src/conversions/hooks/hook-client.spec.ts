import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { SystemClock } from '../../shared/clock.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import { answer, HookServer } from '../testing/hook-server.js';
import { HookClient, type HookMessage } from './hook-client.js';

const OLD = `whsec_${Buffer.alloc(24, 'old').toString('base64')}`;
const NEW = `whsec_${Buffer.alloc(32, 'new').toString('base64')}`;
const NEVER = new AbortController().signal;
const MESSAGE: HookMessage = {
  id: 'evt_1',
  type: 'lead.converted',
  timestamp: '2026-03-02T15:00:00.000Z',
  data: { contact_id: 'contact-1', note: 'Ünïcode ✓' },
};

let server: HookServer | undefined;

afterEach(async () => {
  jest.useRealTimers();
  await server?.stop();
  server = undefined;
});

async function start(...answers: Parameters<typeof HookServer.start>[0]): Promise<HookServer> {
  server = await HookServer.start(answers);
  return server;
}

describe('a hook call', () => {
  it('is signed so that the specification’s own verifier accepts it, with each of the secrets', async () => {
    const { url, requests } = await start(answer(204));
    const client = new HookClient(new SystemClock());
    expect(await client.post({ url, secrets: [OLD, NEW] }, MESSAGE, NEVER)).toEqual({
      kind: 'answered',
      status: 204,
      retryAfterMs: null,
    });
    const { body, headers } = requests[0] ?? { body: '', headers: {} };
    for (const secret of [OLD, NEW]) {
      const event = new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(event).toEqual({
        type: 'lead.converted',
        timestamp: '2026-03-02T15:00:00.000Z',
        data: MESSAGE.data,
      });
    }
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'evt_1' });
  });

  it('carries the time of the attempt, and the same id and body at every one', async () => {
    const { url, requests } = await start(answer(500));
    const clock = new FakeClock();
    const client = new HookClient(clock);
    await client.post({ url, secrets: [NEW] }, MESSAGE, NEVER);
    clock.advance(60_000);
    await client.post({ url, secrets: [NEW] }, MESSAGE, NEVER);
    const [first, second] = requests;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    const times = requests.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(times).toEqual([1_772_463_600, 1_772_463_660]);
  });

  it('follows no redirect', async () => {
    const { url, requests } = await start(answer(307, { location: '/elsewhere' }));
    const client = new HookClient(new SystemClock());
    expect(await client.post({ url, secrets: [NEW] }, MESSAGE, NEVER)).toMatchObject({
      status: 307,
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['120', 120_000],
    ['Mon, 02 Mar 2026 15:02:00 GMT', 120_000],
    ['Mon, 02 Mar 2026 14:00:00 GMT', null],
    ['soon', null],
    ['', null],
  ])('reads Retry-After: %s', async (header, retryAfterMs) => {
    const { url } = await start(answer(429, { 'retry-after': header }));
    const client = new HookClient(new FakeClock());
    expect(await client.post({ url, secrets: [NEW] }, MESSAGE, NEVER)).toMatchObject({
      status: 429,
      retryAfterMs,
    });
  });

  it('that nobody answers gives the reason, never the address', async () => {
    const { url, stop } = await HookServer.start([answer(200)]);
    await stop();
    const withPassword = url.replace('http://', 'http://operator:hush@');
    const client = new HookClient(new SystemClock());
    expect(await client.post({ url: withPassword, secrets: [NEW] }, MESSAGE, NEVER)).toEqual({
      kind: 'no_answer',
      reason: 'ECONNREFUSED',
    });
  });

  it('ends at once when it is told to stop', async () => {
    const stop = new AbortController();
    const { url } = await start(() => stop.abort());
    const client = new HookClient(new SystemClock());
    expect(await client.post({ url, secrets: [NEW] }, MESSAGE, stop.signal)).toEqual({
      kind: 'no_answer',
      reason: 'ERR_CANCELED',
    });
  });

  it('ends after fifteen seconds when the receiver says nothing', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const { url } = await start(() => void jest.advanceTimersByTime(15_000));
    const client = new HookClient(new SystemClock());
    expect(await client.post({ url, secrets: [NEW] }, MESSAGE, NEVER)).toEqual({
      kind: 'no_answer',
      reason: 'ERR_CANCELED',
    });
  });

  it('leaves nothing behind on the signal that lives as long as the process', async () => {
    const stop = new AbortController();
    const { url } = await start(answer(200));
    const client = new HookClient(new SystemClock());
    const call = client.post({ url, secrets: [NEW] }, MESSAGE, stop.signal);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    await call;
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});
