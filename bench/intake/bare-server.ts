import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { BENCH_SECRET } from './signed-leads.js';

export interface BareServer {
  readonly url: string;
  answered(): number;
}

/** The least that a webhook can do on Express: read the bytes, verify the HMAC, answer. */
export async function startBareServer(): Promise<BareServer> {
  let answered = 0;
  const app = express();
  app.disable('x-powered-by');
  app.post('/webhook/ghl', express.raw({ type: () => true }), (request, response) => {
    const expected = createHmac('sha256', BENCH_SECRET)
      .update(request.body as Buffer)
      .digest();
    const given = Buffer.from(request.get('x-ghl-signature') ?? '', 'hex');
    const isValid = given.length === expected.length && timingSafeEqual(given, expected);
    answered += 1;
    response.status(isValid ? 200 : 403).json({ status: isValid ? 'acknowledged' : 'refused' });
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, answered: () => answered };
}
