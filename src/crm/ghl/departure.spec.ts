import { afterEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { readFileSync } from 'node:fs';
import { createServer, Agent } from 'node:http';
import { createServer as createTlsServer, Agent as TlsAgent } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { Departure } from './departure.js';

const read = (file: string) =>
  readFileSync(new URL(`../../../test/fixtures/tls/${file}`, import.meta.url));
const CERTIFICATE = read('localhost.crt');
/** Needs more than one segment, so that it cannot have left by chance with the headers. */
const BODY = { text: 'x'.repeat(100_000) };

const servers: Server[] = [];
const agents: (Agent | TlsAgent)[] = [];

afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A server that keeps what it is sent, and a sender to it. */
async function surroundings(protocol: 'http' | 'https', ca: Buffer | undefined = CERTIFICATE) {
  const received: string[] = [];
  const answer: Parameters<typeof createServer>[1] = (request, response) => {
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
  const port = await listen(server);
  const agent =
    protocol === 'http'
      ? new Agent({ keepAlive: true })
      : new TlsAgent({ keepAlive: true, ...(ca === undefined ? {} : { ca }) });
  agents.push(agent);
  const send = (departure: Departure) =>
    axios.post(`${protocol}://127.0.0.1:${port}/`, BODY, {
      maxRedirects: 0,
      proxy: false,
      ...(protocol === 'http' ? { httpAgent: agent } : { httpsAgent: agent }),
      transport: departure.transport,
      signal: AbortSignal.timeout(30_000),
    });
  return { received, send };
}

describe.each(['http', 'https'] as const)('a departure over %s', (protocol) => {
  it('asks when the connection stands, and sends the whole request', async () => {
    const { received, send } = await surroundings(protocol);
    const asked: string[] = [];
    for (const connection of ['new', 'kept']) {
      const departure = new Departure(() => asked.push(connection) > 0);
      expect(departure.hasLeft).toBe(false);
      expect((await send(departure)).status).toBe(200);
      expect(departure.hasLeft).toBe(true);
    }
    expect(asked).toEqual(['new', 'kept']);
    expect(received).toEqual([JSON.stringify(BODY), JSON.stringify(BODY)]);
  });

  it('sends nothing that may no longer leave, over a new connection or a kept one', async () => {
    const { received, send } = await surroundings(protocol);
    const held = async () => {
      const departure = new Departure(() => false);
      await expect(send(departure)).rejects.toThrow('held back');
      return [departure.hasLeft, departure.wasHeldBack];
    };
    expect(await held()).toEqual([false, true]);
    await send(new Departure(() => true));
    expect(await held()).toEqual([false, true]);
    expect(received).toHaveLength(1);
  });

  it('knows that nothing left where no connection came about', async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    servers.pop()?.close();
    const departure = new Departure(() => true);
    const url = `${protocol}://127.0.0.1:${port}/`;
    const { transport } = departure;
    await expect(
      axios.post(url, BODY, { maxRedirects: 0, proxy: false, transport }),
    ).rejects.toThrow();
    expect(departure.hasLeft).toBe(false);
  });
});

describe('a departure over https', () => {
  it('sends nothing to somebody whose certificate is not trusted', async () => {
    const { received, send } = await surroundings('https', Buffer.from(''));
    const departure = new Departure(() => true);
    await expect(send(departure)).rejects.toThrow(/certificate/i);
    expect(departure.hasLeft).toBe(false);
    expect(received).toEqual([]);
  });

  it('sends nothing while the handshake hangs', async () => {
    const seen: Buffer[] = [];
    const server = createTcpServer((socket) => socket.on('data', (data) => seen.push(data)));
    const port = await listen(server);
    const departure = new Departure(() => true);
    const stop = new AbortController();
    const sent = axios.post(`https://127.0.0.1:${port}/`, BODY, {
      maxRedirects: 0,
      proxy: false,
      transport: departure.transport,
      signal: stop.signal,
    });
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await expect(sent).rejects.toThrow();
    expect(departure.hasLeft).toBe(false);
  });
});
