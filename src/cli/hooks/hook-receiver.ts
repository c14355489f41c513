import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** Standard Webhooks keeps payloads under 20 kB; more is not one of ours. */
const MAX_BODY_BYTES = 262_144;

export type ReceivedHook =
  | { readonly kind: 'verified'; readonly id: string; readonly event: unknown }
  | { readonly kind: 'refused'; readonly id: string; readonly reason: string };

/** What a receiver has to do, for an operator to try: checks the signature of every call and hands it on. */
export function createHookReceiver(
  secrets: readonly string[],
  onHook: (hook: ReceivedHook) => void,
): Server {
  return createServer((request, response) => {
    void receive(request, secrets).then((hook) => {
      onHook(hook);
      response.writeHead(hook.kind === 'verified' ? 204 : 401).end();
    });
  });
}

async function receive(
  request: IncomingMessage,
  secrets: readonly string[],
): Promise<ReceivedHook> {
  const id = headerText(request, 'webhook-id') || '(none)';
  try {
    const event = verified(await readBody(request), request, secrets);
    return { kind: 'verified', id, event };
  } catch (error) {
    return { kind: 'refused', id, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Over the bytes as they came: a body that was parsed and written again has another signature. */
function verified(body: string, request: IncomingMessage, secrets: readonly string[]): unknown {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const headers = Object.fromEntries(names.map((name) => [name, headerText(request, name)]));
  const faults: unknown[] = [];
  for (const secret of secrets) {
    try {
      return new Webhook(secret).verify(body, headers);
    } catch (error) {
      faults.push(error);
    }
  }
  throw faults[0] ?? new Error('There is no secret to verify with');
}

function headerText({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error('The body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
