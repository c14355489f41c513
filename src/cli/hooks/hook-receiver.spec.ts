import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../shared/clock.js';
import { HookClient } from '../../conversions/hooks/hook-client.js';
import { createHookReceiver, type ReceivedHook } from './hook-receiver.js';
import { sampleHook } from './sample-hook.js';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const NEVER = new AbortController().signal;

let server: Server;
let url: string;
const received: ReceivedHook[] = [];

beforeEach(async () => {
  received.length = 0;
  server = createHookReceiver([OTHER, SECRET], (hook) => received.push(hook));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const send = (secret: string) => {
  const clock = new SystemClock();
  const message = sampleHook(clock.now());
  const answer = new HookClient(clock).post({ url, secrets: [secret] }, message, NEVER);
  return answer.then((came) => ({ message, answer: came }));
};

describe('the receiver', () => {
  it('accepts what is signed with one of its secrets', async () => {
    const { message, answer } = await send(SECRET);
    expect(answer).toMatchObject({ status: 204 });
    const { id, ...event } = message;
    expect(received).toEqual([{ kind: 'verified', id, event }]);
  });

  it('refuses another signature', async () => {
    const { answer } = await send(`whsec_${Buffer.alloc(32, 3).toString('base64')}`);
    expect(answer).toMatchObject({ status: 401 });
    expect(received).toMatchObject([{ kind: 'refused', reason: 'No matching signature found' }]);
  });

  it('refuses what is not signed, and too much of it', async () => {
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(300_000) })).status).toBe(401);
    expect(received).toMatchObject([
      { kind: 'refused', id: '(none)', reason: 'Missing required headers' },
      { kind: 'refused', reason: 'The body is too long' },
    ]);
  });
});
