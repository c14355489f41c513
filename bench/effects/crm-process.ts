/** A CRM that answers every call at once and counts. Started by the benchmark of effects. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import type { CallPattern, CrmTally } from './messages.js';

/** More than there are different messages. */
const MAX_PATTERNS = 64;
let calls = 0;
let firstAtMs = 0;
let lastAtMs = 0;
const patterns = new Map<string, CallPattern[]>();

const server = createServer((request, response) => {
  void answer(request).then((body) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

async function answer(request: IncomingMessage): Promise<unknown> {
  const now = performance.now();
  if (calls === 0) firstAtMs = now;
  calls += 1;
  lastAtMs = now;
  const { method = 'GET', url = '/' } = request;
  const sent = await text(request);
  const body: unknown = sent === '' ? undefined : JSON.parse(sent);
  remember(method as CallPattern['method'], url, body);
  if (url.includes('/customFields')) return customFields(method, body);
  if (url.startsWith('/conversations/messages')) return { messageId: `m${calls}` };
  if (url.endsWith('/tasks')) return { task: { id: `t${calls}` } };
  if (url.endsWith('/notes')) return { note: { id: `n${calls}` } };
  if (url.endsWith('/tags')) return { tags: [] };
  return { contact: { id: 'c', tags: [], customFields: [] } };
}

/** Every field is there, whatever its name. */
const fields = new Map<string, unknown>();

function customFields(method: string, body: unknown): unknown {
  if (method === 'GET') return { customFields: [...fields.values()] };
  const { name } = body as { readonly name: string };
  const field = { id: `f-${name}`, name, fieldKey: `contact.${name}`, dataType: 'TEXT' };
  fields.set(name, field);
  return { customField: field };
}

/** The calls of the first contacts that are seen. */
function remember(method: CallPattern['method'], url: string, body: unknown): void {
  const contact = /contact-[\w-]+/.exec(`${url} ${JSON.stringify(body ?? '')}`)?.[0];
  if (contact === undefined) return;
  if (!patterns.has(contact) && patterns.size < MAX_PATTERNS) patterns.set(contact, []);
  const path = url.replaceAll(contact, 'c');
  patterns.get(contact)?.push(body === undefined ? { method, path } : { method, path, body });
}

process.on('message', () => {
  const spanMs = lastAtMs - firstAtMs;
  const tally: CrmTally = { calls, spanMs, patterns: [...patterns.values()] };
  calls = 0;
  patterns.clear();
  process.send?.(tally);
});
process.on('disconnect', () => process.exit(0));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
