import { sampleRequest } from '../../src/leads/analysis/testing/sample-reading.js';
import { analyseLead } from '../../src/leads/analysis/analyse-lead.js';
import { decide } from '../../src/intake/decide/decide.js';
import { UNKNOWN_LEAD } from '../../src/intake/decide/decision.js';
import { sampleDecidingSettings } from '../../src/intake/testing/sample-settings.js';
import { gateFor, sampleRollout } from '../../src/growth/testing/gate-for.js';
import { normaliseDelivery } from '../../src/webhook/normalise/normalise-delivery.js';
import { formatCount, markdownTable } from '../report/markdown-table.js';
import { measureRates, type Contestant } from '../report/synchronous-rate.js';
import { TYPICAL_MESSAGES } from './typical-messages.js';
import { WORST_TEXTS } from './worst-texts.js';

const ANALYSED_CHARACTERS = 10_000;
const RUNS = 5;
const WORST_SHOWN = 8;

/** Reading facts and scores out of a message, on one core. */
export function benchmarkText(): Promise<string> {
  const longest = TYPICAL_MESSAGES.reduce((left, right) =>
    left.length >= right.length ? left : right,
  );
  const pasted = `${longest} `.repeat(ANALYSED_CHARACTERS / longest.length);
  const contestants: Contestant[] = [
    {
      title: 'typical messages, in turns',
      call: (index) => analyse(TYPICAL_MESSAGES[index % TYPICAL_MESSAGES.length] ?? ''),
    },
    { title: `one message of ${longest.length} characters`, call: () => analyse(longest) },
    { title: `a pasted text of ${pasted.length} characters`, call: () => analyse(pasted) },
  ];
  const rates = measureRates(contestants);
  const rows = [...rates].map(([{ title }, rate]) => [
    title,
    formatCount(rate),
    (1e6 / rate).toFixed(1),
  ]);
  const typical = markdownTable({
    heading: ['analyses a second and core', 'per second', 'µs each'],
    rows,
  });
  return Promise.resolve(`${typical}\n\n${worstTable()}`);
}

/** CPU time, not the clock's: the machine is shared. */
function worstTable(): string {
  const timed = WORST_TEXTS.flatMap(([name, text]) => [
    [`${name}, as a message`, cpuMsOf(() => receive({ message: text }))] as const,
    [`${name}, as an e-mail`, cpuMsOf(() => receive(emailOf(text)))] as const,
  ]);
  const slowest = timed.sort(([, left], [, right]) => right - left).slice(0, WORST_SHOWN);
  return markdownTable({
    heading: ['the slowest to take in and decide, of 250,000 characters each', 'ms of CPU'],
    rows: slowest.map(([name, ms]) => [name, ms.toFixed(1)]),
  });
}

/** The quickest of a few: the first meets cold code, and others the garbage of the one before. */
function cpuMsOf(call: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

function emailOf(body: string) {
  return { type: 'InboundMessage', messageType: 'Email', direction: 'inbound', body };
}

const SETTINGS = sampleDecidingSettings({ replyMode: 'all' });
const GATE = gateFor([]);

/** From the bytes to the decision. */
function receive(fields: Readonly<Record<string, unknown>>): void {
  const payload = { type: 'message.received', locationId: 'l', contactId: 'c', ...fields };
  const rawBody = Buffer.from(JSON.stringify(payload));
  const receivedAt = new Date();
  const normalised = normaliseDelivery({
    rawBody,
    parsed: JSON.parse(rawBody.toString()) as unknown,
    receivedAt,
    scheme: 'hmac',
    ttlSeconds: 1,
  });
  const event = normalised.ok ? normalised.delivery.event : undefined;
  // An e-mail of nothing but line ends says nothing.
  if (event?.kind !== 'lead') return;
  const rollout = sampleRollout();
  decide({ event, situation: UNKNOWN_LEAD, settings: SETTINGS, rollout, at: receivedAt }, GATE);
}

function analyse(text: string): unknown {
  return analyseLead(sampleRequest(text));
}
