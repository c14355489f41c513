import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CrmEndpoint } from '../crm-connection.js';
import { Departure } from './departure.js';
import { GhlConnections, type ConnectionOptions, type OutgoingRequest } from './ghl-connections.js';

const read = (file: string) =>
  readFileSync(new URL(`../../../test/fixtures/tls/${file}`, import.meta.url));
const CERTIFICATE = read('localhost.crt');
/** Longer than any machine needs. */
const AMPLE_MS = 60_000;
/** Needs more than one segment, so that it cannot have left by chance with the headers. */
const BODY = { text: 'x'.repeat(100_000) };
const WRITE: OutgoingRequest = { method: 'POST', path: '/notes', headers: {}, body: BODY };
const READ: OutgoingRequest = { method: 'GET', path: '/contacts/c', headers: {} };

const servers: Server[] = [];
const accepted: Socket[] = [];
const opened: GhlConnections[] = [];

afterEach(async () => {
  for (const connections of opened.splice(0)) connections.close();
  for (const socket of accepted.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => accepted.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function connect(url: string, options?: ConnectionOptions): GhlConnections {
  const connections = new GhlConnections(new CrmEndpoint(url, 'custom'), options);
  opened.push(connections);
  return connections;
}

async function connectTo(handler: RequestListener, path = ''): Promise<GhlConnections> {
  return connect(`http://127.0.0.1:${await listen(createServer(handler))}${path}`);
}

const send = (connections: GhlConnections, request = READ, timeoutMs = AMPLE_MS) =>
  connections.send(request, new Departure(() => true), timeoutMs);

/** A server that keeps what it is sent, and a sender to it. */
async function surroundings(protocol: 'http' | 'https', ca: Buffer | undefined = CERTIFICATE) {
  const received: string[] = [];
  const answer: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      received.push(body);
      response.end('{}');
    });
  };
  const server =
    protocol === 'http'
      ? createServer(answer)
      : createTlsServer({ cert: CERTIFICATE, key: read('localhost.key') }, answer);
  const connections = connect(`${protocol}://127.0.0.1:${await listen(server)}`, { ca });
  const post = (departure: Departure) => connections.send(WRITE, departure, AMPLE_MS);
  return { received, post, connectionsSeen: () => accepted.length };
}

describe.each(['http', 'https'] as const)('a departure over %s', (protocol) => {
  it('asks when the connection stands, and sends the whole request', async () => {
    const { received, post, connectionsSeen } = await surroundings(protocol);
    const asked: string[] = [];
    for (const connection of ['new', 'kept']) {
      const departure = new Departure(() => asked.push(connection) > 0);
      expect(departure.hasLeft).toBe(false);
      expect((await post(departure)).status).toBe(200);
      expect(departure.hasLeft).toBe(true);
    }
    expect(asked).toEqual(['new', 'kept']);
    expect(received).toEqual([JSON.stringify(BODY), JSON.stringify(BODY)]);
    expect(connectionsSeen()).toBe(1);
  });

  it('sends nothing that may no longer leave, over a new connection or a kept one', async () => {
    const { received, post, connectionsSeen } = await surroundings(protocol);
    const held = async () => {
      const departure = new Departure(() => false);
      await expect(post(departure)).rejects.toThrow('held back');
      return [departure.hasLeft, departure.wasHeldBack];
    };
    expect(await held()).toEqual([false, true]);
    await post(new Departure(() => true));
    expect(await held()).toEqual([false, true]);
    await post(new Departure(() => true));
    expect(received).toHaveLength(2);
    expect(connectionsSeen()).toBe(1);
  });

  it('knows that nothing left where no connection came about', async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const departure = new Departure(() => true);
    const connections = connect(`${protocol}://127.0.0.1:${port}`);
    await expect(connections.send(WRITE, departure, AMPLE_MS)).rejects.toThrow();
    expect(departure.hasLeft).toBe(false);
  });
});

describe('a departure over https', () => {
  it('sends nothing to somebody whose certificate is not trusted', async () => {
    const { received, post } = await surroundings('https', Buffer.from(''));
    const departure = new Departure(() => true);
    await expect(post(departure)).rejects.toThrow(/certificate/i);
    expect(departure.hasLeft).toBe(false);
    expect(received).toEqual([]);
  });

  it('sends nothing while the handshake hangs, nor afterwards', async () => {
    const seen: Buffer[] = [];
    const server = createTcpServer((socket) => socket.on('data', (data) => seen.push(data)));
    const connections = connect(`https://127.0.0.1:${await listen(server)}`);
    const departure = new Departure(() => true);
    await expect(connections.send(WRITE, departure, 100)).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
    expect(departure.hasLeft).toBe(false);
    expect(departure.leave()).toBe(false);
  });
});

describe('Departure', () => {
  it('leaves once at most', () => {
    const departure = new Departure(() => true);
    expect([departure.leave(), departure.leave()]).toEqual([true, false]);
    expect(departure.hasLeft).toBe(true);
  });
});

describe('GhlConnections', () => {
  it('sends the request as it is, below the path of the endpoint, and reads the reply', async () => {
    const seen: unknown[] = [];
    const connections = await connectTo((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      let body = '';
      request.setEncoding('utf8').on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const { authorization, 'content-length': length, 'user-agent': agent } = request.headers;
        const query = Object.fromEntries(searchParams);
        seen.push([request.method, pathname, query, authorization, length, agent, body]);
        response.writeEarlyHints({ link: '</a>; rel=preload' });
        response.writeHead(201, { 'retry-after': '4' }).end('{"a":"ö"}');
      });
    }, '/prefix/');
    const query = { model: 'contact', said: 'a b&c' };
    const headers = { Authorization: 'Bearer t' };
    const request = { ...WRITE, path: '/c%201/notes', query, headers, body: { body: 'grüße' } };
    expect(await send(connections, request)).toMatchObject({
      status: 201,
      headers: { 'retry-after': '4' },
      body: { a: 'ö' },
    });
    const body = '{"body":"grüße"}';
    const length = String(Buffer.byteLength(body));
    expect(seen).toEqual([
      ['POST', '/prefix/c%201/notes', query, 'Bearer t', length, 'GrowthGate', body],
    ]);
  });

  it('takes a body that is no JSON for a text, and a redirect for a reply', async () => {
    const connections = await connectTo((_request, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end('{"cut":');
    });
    expect(await send(connections)).toMatchObject({ status: 302, body: '{"cut":' });
  });

  it('ends a reply that trickles in when its time is over', async () => {
    let closed = false;
    const connections = await connectTo((_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(drip);
        closed = true;
      });
      response.writeHead(200);
    });
    await expect(send(connections, READ, 100)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    while (!closed) await delay(5);
  });

  it('takes no reply that is cut off, or without end, for a whole one', async () => {
    const cut = await connectTo((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{}');
      setTimeout(() => request.socket.destroy(), 20);
    });
    await expect(send(cut)).rejects.toThrow();
    const endless = await connectTo((_request, response) => {
      const part = Buffer.alloc(1_000_000, ' ');
      const more = (): void => void response.write(part, () => !response.destroyed && more());
      more();
    });
    await expect(send(endless)).rejects.toThrow();
  });

  it('writes nothing that cannot be part of a request', async () => {
    const connections = await connectTo((_request, response) => response.end());
    const departure = new Departure(() => true);
    const broken = { ...READ, headers: { Authorization: 'Bearer a\nb' } };
    await expect(connections.send(broken, departure, AMPLE_MS)).rejects.toThrow(/header/);
    expect(departure.hasLeft).toBe(false);
  });
});

describe('a proxy that the environment names', () => {
  const asked: unknown[] = [];
  const names = ['https_proxy', 'http_proxy', 'no_proxy'];
  const before = names.map((name) => process.env[name]);

  afterEach(() => {
    asked.length = 0;
    names.forEach((name, at) => {
      const value = before[at];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    });
  });

  async function openProxy(): Promise<void> {
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    process.env['https_proxy'] = `http://127.0.0.1:${await listen(proxy)}`;
    process.env['no_proxy'] = '';
  }

  it('is asked for a tunnel to a CRM behind https, through which nothing leaves before it stands', async () => {
    await openProxy();
    const departure = new Departure(() => true);
    const sent = connect('https://crm.example.com').send(WRITE, departure, AMPLE_MS);
    await expect(sent).rejects.toThrow();
    expect(asked).toEqual(['crm.example.com:443']);
    expect(departure.hasLeft).toBe(false);
  });

  it('is not asked for a CRM on this machine', async () => {
    await openProxy();
    const { post } = await surroundings('https');
    expect((await post(new Departure(() => true))).status).toBe(200);
    expect(asked).toEqual([]);
  });
});
