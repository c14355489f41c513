import { EXPERIMENT } from './fill.js';
import { median } from '../report/rounds.js';
import { formatMs, markdownTable } from '../report/markdown-table.js';

/** Pages of a list are turned so often before the later one is timed. */
const TURNS = 20;
const ROUNDS = 5;

const LISTS = [
  '/admin/deliveries?limit=50',
  '/admin/deliveries?limit=50&state=processed',
  '/admin/deliveries?limit=50&state=unrecognised',
  '/admin/deliveries?limit=50&state=failed',
  '/admin/deliveries?limit=50&location_id=loc-3',
  '/admin/deliveries?limit=50&contact_id=contact-77',
  '/admin/effects?limit=50',
  '/admin/effects?limit=50&state=delivered',
  '/admin/effects?limit=50&state=suppressed',
  '/admin/effects?limit=50&state=pending',
  '/admin/effects?limit=50&kind=send_message',
  '/admin/effects?limit=50&kind=call_hook',
  '/admin/effects?limit=50&location_id=loc-3',
  '/admin/effects?limit=50&location_id=loc-3&state=delivered',
  '/admin/effects?limit=50&contact_id=contact-77',
  '/admin/handoffs?limit=50',
  '/admin/handoffs?limit=50&state=open&breached=true',
  '/admin/leads/loc-27/contact-77/decisions?limit=2',
];
const DOCUMENTS = [
  '/admin/summary',
  '/admin/leads/loc-27/contact-77',
  '/admin/experiments',
  `/admin/experiments/${EXPERIMENT}/report`,
  '/admin/growth/features',
  '/admin/outcome-mappings',
  '/admin/outcome-mappings/unmapped',
  '/metrics',
  '/health',
];

interface Answer {
  readonly ms: number;
  readonly cursor: string | null;
}

/** How long each page of the admin API takes, one request at a time. */
export async function measureAdminPages(baseUrl: string, apiKey: string): Promise<string> {
  const rows: string[][] = [];
  for (const path of [...DOCUMENTS, ...LISTS]) {
    const ask = (address: string): Promise<Answer> => get(`${baseUrl}${address}`, apiKey);
    const first = await ask(path);
    const later = LISTS.includes(path) ? await findLaterPage(ask, path, first) : undefined;
    rows.push([
      path,
      formatMs(first.ms),
      formatMs(await medianMs(() => ask(path))),
      later === undefined ? '' : formatMs(await medianMs(() => ask(later))),
    ]);
  }
  const heading = ['page', 'asked once, ms', 'again, ms', 'a later page, ms'];
  return markdownTable({ heading, rows });
}

/** Some pages on, or the last one. */
async function findLaterPage(
  ask: (path: string) => Promise<Answer>,
  path: string,
  first: Answer,
): Promise<string | undefined> {
  let { cursor } = first;
  let later: string | undefined;
  for (let turn = 0; turn < TURNS && cursor !== null; turn += 1) {
    later = `${path}&cursor=${encodeURIComponent(cursor)}`;
    ({ cursor } = await ask(later));
  }
  return later;
}

async function medianMs(ask: () => Promise<Answer>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push((await ask()).ms);
  return median(times);
}

/** @throws when the answer is none */
async function get(url: string, apiKey: string): Promise<Answer> {
  const startedAtMs = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
  const body = (await response.json()) as { readonly next_cursor?: string | null };
  const ms = performance.now() - startedAtMs;
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return { ms, cursor: body.next_cursor ?? null };
}
