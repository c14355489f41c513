/** Sends signed leads as fast as the server answers, in a process of its own. Started by the intake benchmark. */
import { once } from 'node:events';
import { createHistogram, performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { answerMessages } from '../report/child.js';
import { signedLeads } from './signed-leads.js';
import type { LoadOrder, LoadResult } from './messages.js';

const MICROS_PER_MS = 1_000;

answerMessages(run);
process.on('disconnect', () => process.exit(0));

/**
 * The bodies are signed and laid out as bytes before the first is sent. Each connection's first
 * reply is left out: it waited for the bodies of the other connections.
 */
async function run({ url, connections, requests, series }: LoadOrder): Promise<LoadResult> {
  const leads = signedLeads(requests, series);
  const share = Math.floor(requests / connections);
  const latencyMicros = createHistogram();
  const seen = new Set<autocannon.Client>();
  let next = 0;
  let failures = 0;
  let finishedAtMs = 0;
  const options: autocannon.Options = {
    url: `${url}/webhook/ghl`,
    method: 'POST',
    connections,
    amount: share * connections,
    setupClient: (client) => {
      client.setRequests(leads.slice(next, next + share).map(toRequest));
      next += share;
    },
  };
  const cannon = autocannon(options, () => undefined);
  const ended = once(cannon, 'done');
  const startedAtMs = performance.now();
  cannon.on('response', (client, statusCode, _bytes, durationMs) => {
    finishedAtMs = performance.now();
    if (statusCode !== 200) failures += 1;
    if (seen.has(client)) latencyMicros.record(Math.max(1, Math.round(durationMs * MICROS_PER_MS)));
    seen.add(client);
  });
  cannon.on('reqError', () => {
    failures += 1;
  });
  await ended;
  return {
    requestsPerSecond: (share * connections * 1_000) / (finishedAtMs - startedAtMs),
    p50Ms: latencyMicros.percentile(50) / MICROS_PER_MS,
    p99Ms: latencyMicros.percentile(99) / MICROS_PER_MS,
    failures,
  };
}

function toRequest({
  body,
  signature,
}: ReturnType<typeof signedLeads>[number]): autocannon.Request {
  return { body, headers: { 'content-type': 'application/json', 'x-ghl-signature': signature } };
}
