import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { settingsWith } from '../../settings/testing/sample-settings.js';
import { type CrmCall, CrmCredentials, CrmEndpoint, CrmTelemetry } from '../crm-connection.js';
import { FakeCrmRateLimiter } from '../testing/fake-crm-rate-limiter.js';
import { apiVersion, type GhlRequest, requestPath } from './ghl-request.js';
import { GhlTransport } from './ghl-transport.js';

const READ: GhlRequest = { operation: 'getContact', method: 'GET', path: ['contacts', 'c 1'] };
const WRITE: GhlRequest = {
  operation: 'addNote',
  method: 'POST',
  path: ['contacts', 'c1', 'notes'],
  body: { body: 'x' },
};

let servers: Server[] = [];
let transports: GhlTransport[] = [];

afterEach(async () => {
  for (const transport of transports) transport.close();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers = [];
  transports = [];
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Longer than any machine needs for a call of its own: for the specs that are not about it. */
const AMPLE_MS = 60_000;

interface Connection {
  readonly accessToken?: string | null;
  readonly timeoutMs?: number;
}

function connect(url: string, { accessToken = 'pit-1', timeoutMs = AMPLE_MS }: Connection = {}) {
  const limiter = new FakeCrmRateLimiter();
  const calls: CrmCall[] = [];
  const telemetry = new CrmTelemetry({ log: () => undefined, warn: () => undefined });
  telemetry.addObserver({
    recordCrmCall: (call) => void calls.push(call),
    recordFieldCacheRead: () => undefined,
  });
  const transport = new GhlTransport({
    endpoint: new CrmEndpoint(url, 'custom'),
    credentials: new CrmCredentials(settingsWith({ crmToken: accessToken ?? undefined }), {
      sandbox: false,
    }),
    limiter,
    telemetry,
    timeoutMs,
  });
  transports.push(transport);
  return { transport, limiter, calls };
}

const answering =
  (status: number, body = '{}', headers = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

describe('GhlTransport', () => {
  it('sends token, version and body, and keeps the connection', async () => {
    const seen: unknown[] = [];
    const sockets = new Set<unknown>();
    const url = await listen((request, response) => {
      const { authorization, version, accept } = request.headers;
      sockets.add(request.socket);
      seen.push([request.method, request.url, authorization, version, accept]);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"a":1}');
    });
    const { transport } = connect(url);
    expect(await transport.send('loc-a', READ)).toEqual({ ok: true, value: { a: 1 } });
    await transport.send('loc-a', { ...WRITE, path: ['conversations', 'messages'] });
    const token = 'Bearer pit-1';
    expect(seen).toEqual([
      ['GET', '/contacts/c%201', token, '2021-07-28', 'application/json'],
      ['POST', '/conversations/messages', token, '2021-04-15', 'application/json'],
    ]);
    expect(sockets.size).toBe(1);
  });

  it('makes no call without a token', async () => {
    const { transport, limiter, calls } = connect('http://127.0.0.1:9', { accessToken: null });
    expect(await transport.send('loc-a', READ)).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
    expect(limiter.taken).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('makes no call for an id that would lead elsewhere', async () => {
    const { transport, calls } = connect('http://127.0.0.1:9');
    const result = await transport.send('loc-a', { ...WRITE, path: ['contacts', '..', 'notes'] });
    expect(result).toMatchObject({ failure: { kind: 'rejected' } });
    expect(calls).toEqual([]);
  });

  it('says unreachable when nobody listens', async () => {
    const url = await listen(answering(200));
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const { transport, calls } = connect(url);
    expect(await transport.send('loc-a', READ)).toMatchObject({ failure: { kind: 'unreachable' } });
    expect(calls).toMatchObject([{ status: null, failure: 'unreachable' }]);
  });

  it('does not know the outcome when the connection breaks', async () => {
    const url = await listen((request) => request.socket.destroy());
    const { transport } = connect(url);
    expect(await transport.send('loc-a', WRITE)).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
  });

  it('does not know the outcome when no reply comes in time', async () => {
    const { transport } = connect(await listen(() => undefined), { timeoutMs: 100 });
    expect(await transport.send('loc-a', WRITE)).toMatchObject({
      failure: { kind: 'unknown_outcome', timedOut: true },
    });
  });

  it('does not wait for ever for a reply that trickles in', async () => {
    const url = await listen((_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
      response.writeHead(200, { 'content-type': 'application/json' });
    });
    const { transport } = connect(url, { timeoutMs: 100 });
    expect(await transport.send('loc-a', READ)).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
  });

  it('never follows a redirect with the token', async () => {
    let led = false;
    const elsewhere = await listen((_request, response) => {
      led = true;
      response.end('{}');
    });
    const url = await listen(answering(302, '', { location: elsewhere }));
    const { transport } = connect(url);
    expect(await transport.send('loc-a', READ)).toMatchObject({
      failure: { kind: 'rejected', status: 302 },
    });
    expect(led).toBe(false);
  });

  it('takes a 2xx for a success whatever its body is', async () => {
    for (const body of ['', 'accepted', '{"cut":']) {
      const { transport } = connect(await listen(answering(202, body)));
      expect(await transport.send('loc-a', WRITE)).toMatchObject({ ok: true });
    }
  });

  it('makes everybody wait after a 429', async () => {
    const url = await listen(answering(429, '{}', { 'retry-after': '4' }));
    const { transport, limiter } = connect(url);
    expect(await transport.send('loc-a', WRITE)).toMatchObject({
      failure: { kind: 'rate_limited', retryAfterMs: 4_000 },
    });
    expect(limiter.penalties).toEqual([{ locationId: 'loc-a', waitMs: 4_000 }]);
  });

  it('still reports a 429 when the limiter cannot be told', async () => {
    const { transport, limiter } = connect(await listen(answering(429)));
    limiter.penalise = () => Promise.reject(new Error('database away'));
    expect(await transport.send('loc-a', WRITE)).toMatchObject({
      failure: { kind: 'rate_limited' },
    });
  });

  it('knows that nothing happened while no connection comes about', async () => {
    const silent = createTcpServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const { transport } = connect(`https://127.0.0.1:${port}`, { timeoutMs: 100 });
    expect(await transport.send('loc-a', WRITE)).toMatchObject({
      failure: { kind: 'unreachable' },
    });
    silent.close();
  });

  it('announces a call once its turn has come, and not before', async () => {
    const order: string[] = [];
    const url = await listen((_request, response) => {
      order.push('call');
      response.end('{}');
    });
    const { transport, limiter } = connect(url);
    limiter.take = () =>
      Promise.resolve(order.push('turn')).then(() => ({ granted: true, waitMs: 5 }));
    const announce = () => Promise.resolve(order.push('announcement')).then(() => () => true);
    expect(await transport.send('loc-a', { ...WRITE, announce })).toMatchObject({ ok: true });
    expect(order).toEqual(['turn', 'announcement', 'call']);
    limiter.take = () => Promise.resolve({ granted: false, retryAfterMs: 251 });
    await transport.send('loc-a', { ...WRITE, announce });
    expect(order).toHaveLength(3);
  });

  it('makes no call that is no longer wanted when its turn has come', async () => {
    const { transport, calls } = connect('http://127.0.0.1:9');
    const announce = () => Promise.resolve(undefined);
    expect(await transport.send('loc-a', { ...WRITE, announce })).toMatchObject({
      failure: { kind: 'withheld' },
    });
    expect(calls).toEqual([]);
  });

  it('announces a call anew that could not leave while its announcement held', async () => {
    let received = 0;
    const url = await listen((_request, response) => {
      received += 1;
      response.end('{}');
    });
    const { transport } = connect(url);
    const announcements = [false, false, true];
    const announce = () => Promise.resolve(() => announcements.shift() ?? false);
    expect(await transport.send('loc-a', { ...WRITE, announce })).toMatchObject({ ok: true });
    expect(received).toBe(1);
    expect(await transport.send('loc-a', { ...WRITE, announce })).toMatchObject({
      failure: { kind: 'unreachable' },
    });
    expect(received).toBe(1);
  });

  it('makes no call for which the process stood still too long', async () => {
    let received = 0;
    const url = await listen((_request, response) => {
      received += 1;
      response.end('{}');
    });
    const { transport } = connect(url);
    const wallClock = jest.spyOn(Date, 'now');
    const now = Date.now();
    wallClock.mockReturnValueOnce(now).mockReturnValue(now + 20_000);
    expect(await transport.send('loc-a', WRITE)).toMatchObject({
      failure: { kind: 'unreachable' },
    });
    wallClock.mockRestore();
    expect(received).toBe(0);
    expect(await transport.send('loc-a', WRITE)).toMatchObject({ ok: true });
  });

  it('waits for the slot that it has booked', async () => {
    const { transport, limiter, calls } = connect(await listen(answering(200)));
    limiter.answers.push({ granted: true, waitMs: 30 });
    const startedAt = performance.now();
    expect(await transport.send('loc-a', READ)).toMatchObject({ ok: true });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
    expect(limiter.taken).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  it('hands long waits to the caller', async () => {
    const { transport, limiter, calls } = connect('http://127.0.0.1:9');
    limiter.answers.push({ granted: false, retryAfterMs: 251 });
    expect(await transport.send('loc-a', READ)).toMatchObject({
      failure: { kind: 'rate_limited', retryAfterMs: 251 },
    });
    expect(calls).toEqual([]);
    expect(limiter.penalties).toEqual([]);
  });

  it('sends nothing while the limiter does not answer', async () => {
    const { transport, limiter, calls } = connect('http://127.0.0.1:9');
    limiter.take = () => Promise.reject(new Error('database away'));
    expect(await transport.send('loc-a', READ)).toMatchObject({
      failure: { kind: 'rate_limited', retryAfterMs: 1_000 },
    });
    expect(calls).toEqual([]);
  });

  it('reports each call without its path, query or body', async () => {
    const { transport, calls } = connect(await listen(answering(404)));
    await transport.send('loc-a', WRITE);
    expect(calls).toEqual([
      {
        operation: 'addNote',
        locationId: 'loc-a',
        status: 404,
        durationMs: expect.any(Number),
        failure: 'not_found',
      },
    ]);
  });

  it('probes past the limiter', async () => {
    const { transport, limiter } = connect(await listen(answering(200)));
    limiter.answers.push({ granted: false, retryAfterMs: 60_000 });
    expect(await transport.probe(undefined, AMPLE_MS, READ)).toMatchObject({ ok: true });
    expect(limiter.taken).toEqual([]);
  });

  it('does not probe without a token', async () => {
    const { transport } = connect('http://127.0.0.1:9', { accessToken: null });
    for (const locationId of ['loc-a', undefined]) {
      expect(await transport.probe(locationId, AMPLE_MS, READ)).toMatchObject({
        failure: { kind: 'no_credentials' },
      });
    }
  });
});

describe('apiVersion', () => {
  it.each([
    ['contacts', '2021-07-28'],
    ['locations', '2021-07-28'],
    ['conversations', '2021-04-15'],
  ])('of %s is %s', (resource, version) => {
    expect(apiVersion([resource, 'x'])).toBe(version);
  });
});

describe('requestPath', () => {
  it('encodes every segment', () => {
    expect(requestPath(['contacts', 'a/b?c#d é', 'tags'])).toBe(
      '/contacts/a%2Fb%3Fc%23d%20%C3%A9/tags',
    );
  });

  it.each(['', '.', '..', 'cut \ud83d'])('has no place for the id %j', (id) => {
    expect(requestPath(['contacts', id, 'tags'])).toBeUndefined();
  });

  it.each(['...', '.a', 'whole \u{1f600}'])('takes the id %j', (id) => {
    expect(requestPath(['contacts', id])).toBe(`/contacts/${encodeURIComponent(id)}`);
  });
});
