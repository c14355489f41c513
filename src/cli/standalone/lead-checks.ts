import { eventually, expectStatus, expectThat, type Check } from './check.js';
import type { CheckedSystem } from './checked-system.js';
import { HOT_TEXT, leadBody } from './lead-body.js';

export const LEAD_CHECKS: readonly Check[] = [
  { promise: 'answers a signed lead with the eight keys', verify: answersLead },
  { promise: 'writes fields, tags and message to the CRM', verify: writesToCrm },
  { promise: 'ignores a repeat', verify: ignoresRepeat },
  { promise: 'falls silent after STOP', verify: heedsStop },
];

const REPLY_KEYS = [
  ...['status', 'webhook_id', 'lead_score', 'lead_temperature', 'priority'],
  ...['estimated_commission', 'process_time_ms', 'five_minute_compliant'],
];
const FIELDS = [
  ...['ai_lead_score', 'lead_temperature', 'lead_priority', 'estimated_commission'],
  ...['last_ai_analysis', 'meets_criteria', 'service_area_match'],
];
const TAGS = ['priority-high', 'hot-lead', 'qualified'];
/** Takes well under a second; the rest is for a busy machine. */
const DELIVERED_WITHIN_MS = 60_000;

async function answersLead(system: CheckedSystem): Promise<void> {
  const reply = expectStatus(await system.connect().sendWebhook(leadBody('ana', HOT_TEXT)), 200);
  const keys = Object.keys(reply).sort().join(' ');
  expectThat(keys === REPLY_KEYS.toSorted().join(' '), `the keys are: ${keys}`);
  expectThat(reply['status'] === 'processed', `the status is ${String(reply['status'])}`);
  expectThat(reply['priority'] === 'high', `the priority is ${String(reply['priority'])}`);
  expectThat(reply['lead_temperature'] === 'hot', `it is ${String(reply['lead_temperature'])}`);
}

async function writesToCrm(system: CheckedSystem): Promise<void> {
  await eventually(
    () => system.viewContact('contact-ana'),
    ({ fields, tags, sentTexts }) =>
      FIELDS.every((field) => field in fields) &&
      TAGS.every((tag) => tags.includes(tag)) &&
      sentTexts.length === 1,
    { withinMs: DELIVERED_WITHIN_MS, otherwise: 'the CRM did not get everything' },
  );
}

async function ignoresRepeat(system: CheckedSystem): Promise<void> {
  const client = system.connect();
  const reply = expectStatus(await client.sendWebhook(leadBody('ana', HOT_TEXT)), 200);
  expectThat(reply['status'] === 'duplicate_ignored', `it is ${String(reply['status'])}`);
  expectThat(reply['duplicate'] === true, 'it does not say that it is a duplicate');
  // A later message of the same lead is delivered after whatever the repeat might have caused.
  await sendAndAwaitWrite(system, 'ana-2', 'Is the kitchen new?');
  const { sentTexts } = await system.viewContact('contact-ana');
  // The facts stay known, so the second message is answered as well: two, and not three.
  expectThat(sentTexts.length === 2, `the lead got ${sentTexts.length} messages instead of 2`);
}

async function heedsStop(system: CheckedSystem): Promise<void> {
  const reply = await sendAndAwaitWrite(system, 'ana-3', 'STOP');
  expectThat(reply['lead_score'] === 0, `STOP is scored ${String(reply['lead_score'])}`);
  expectThat(reply['lead_temperature'] === 'cold', 'a lead that said STOP is not cold');
  await sendAndAwaitWrite(system, 'ana-4', HOT_TEXT);
  const contact = await system.viewContact('contact-ana');
  expectThat(
    contact.sentTexts.length === 2,
    `texts after STOP: ${contact.sentTexts.slice(2).join()}`,
  );
  expectThat(contact.doNotDisturb, 'the CRM was not told to leave the contact alone');
}

/** One more message of the same contact, until its fields, the last but one of its effects, are written. */
async function sendAndAwaitWrite(system: CheckedSystem, name: string, text: string) {
  const sentAt = new Date().toISOString();
  const body = leadBody(name, text, 'contact-ana');
  const reply = expectStatus(await system.connect().sendWebhook(body), 200);
  await eventually(
    () => system.viewContact('contact-ana'),
    ({ fields }) => String(fields['last_ai_analysis']) >= sentAt,
    { withinMs: DELIVERED_WITHIN_MS, otherwise: `"${text}" was not written to the CRM` },
  );
  return reply;
}
