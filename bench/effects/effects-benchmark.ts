import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextMessage, startChild, stopChild } from '../report/child.js';
import { formatCount, formatRatio, markdownTable } from '../report/markdown-table.js';
import { median } from '../report/rounds.js';
import type { CrmTally, EffectsOrder } from './messages.js';

const ROUNDS = 5;
const CONTACTS = 1_600;
const WARM_UP_CONTACTS = 800;

/** One CRM for both, in turns; it says itself how long the calls took, from the first to the last. */
export async function benchmarkEffects(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'growthgate-bench-effects-'));
  // Started as root, PostgreSQL runs as another account, which has to enter the folder.
  await chmod(dataDir, 0o755);
  const crm = startChild(import.meta.url, './crm-process.ts');
  const { url } = await nextMessage<{ readonly url: string }>(crm);
  const product = startChild(import.meta.url, './product-process.ts', [url, dataDir]);
  await nextMessage(product);
  const loop = startChild(import.meta.url, './loop-process.ts', [url]);
  await nextMessage(loop);
  try {
    return report(await run(crm, product, loop));
  } finally {
    await Promise.all([stopChild(product), stopChild(loop), stopChild(crm)]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Rates {
  readonly ordered: readonly number[];
  readonly bare: readonly number[];
  readonly perLead: number;
}

async function run(crm: ChildProcess, product: ChildProcess, loop: ChildProcess): Promise<Rates> {
  let orders = 0;
  const turn = async (
    child: ChildProcess,
    contacts: number,
    patterns: CrmTally['patterns'],
  ): Promise<CrmTally> => {
    orders += 1;
    const order: EffectsOrder = { contacts, series: `${process.pid}-${orders}`, patterns };
    const done = nextMessage(child);
    child.send(order);
    await done;
    const tally = nextMessage<CrmTally>(crm);
    crm.send('tally');
    return tally;
  };
  await turn(product, WARM_UP_CONTACTS, []);
  const { patterns, calls } = await turn(product, WARM_UP_CONTACTS, []);
  const perLead = calls / WARM_UP_CONTACTS;
  if (perLead < 2) throw new Error('The product made hardly any calls');
  await turn(loop, WARM_UP_CONTACTS, patterns);
  const ordered: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ordered.push(rateOf(await turn(product, CONTACTS, [])));
    bare.push(rateOf(await turn(loop, CONTACTS, patterns)));
  }
  return { ordered, bare, perLead };
}

/** Calls a second. */
function rateOf({ calls, spanMs }: CrmTally): number {
  return (calls * 1_000) / spanMs;
}

function report({ ordered, bare, perLead }: Rates): string {
  const row = (title: string, rates: readonly number[]): string[] => [
    title,
    formatCount(median(rates)),
    `${formatCount(Math.min(...rates))} – ${formatCount(Math.max(...rates))}`,
    formatRatio(median(rates) / median(bare)),
  ];
  const heading = ['calls to the CRM', 'calls/s', 'min – max', 'of bare axios loop'];
  const rows = [row('ordered effects', ordered), row('bare axios loop', bare)];
  return `${markdownTable({ heading, rows })}\n\n${perLead.toFixed(1)} calls a lead.`;
}
