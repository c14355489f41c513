/** The same calls with axios and nothing around them. Started by the benchmark of effects. */
import axios from 'axios';
import { Agent } from 'node:http';
import { answerMessages } from '../report/child.js';
import type { EffectsOrder } from './messages.js';

/** As many contacts at once as the product has lanes. */
const LANES = 64;
const [crmUrl = ''] = process.argv.slice(2);
const http = axios.create({
  baseURL: crmUrl,
  httpAgent: new Agent({ keepAlive: true, maxSockets: LANES }),
  maxRedirects: 0,
  proxy: false,
});

answerMessages(async (order: EffectsOrder) => {
  await carryOut(order);
  return { done: true };
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

/** One contact's calls after the other, different contacts side by side. */
async function carryOut({ contacts, series, patterns }: EffectsOrder): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < contacts; index = next++) {
      for (const { method, path, body } of patterns[index % patterns.length] ?? []) {
        const url = path.replace('/c', `/contact-${series}-${index}`);
        await http.request({ method, url, data: body, headers: { Authorization: 'Bearer token' } });
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
