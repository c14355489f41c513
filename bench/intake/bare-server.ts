import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import { BENCH_SECRET } from './signed-leads.js';

export interface BareServer {
  readonly url: string;
  answered(): number;
}

/** Of the bytes that `express.raw` has read. */
export function isSigned(request: Request): boolean {
  const expected = createHmac('sha256', BENCH_SECRET)
    .update(request.body as Buffer)
    .digest();
  const given = Buffer.from(request.get('x-ghl-signature') ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** @returns its address */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The least that a webhook can do on Express: read the bytes, verify the HMAC, answer. */
export async function startBareServer(): Promise<BareServer> {
  let answered = 0;
  const app = express();
  app.disable('x-powered-by');
  app.post('/webhook/ghl', express.raw({ type: () => true }), (request, response) => {
    const isValid = isSigned(request);
    answered += 1;
    response.status(isValid ? 200 : 403).json({ status: isValid ? 'acknowledged' : 'refused' });
  });
  return { url: await listen(createServer(app)), answered: () => answered };
}
