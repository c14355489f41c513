import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact, sentTexts } from './support/crm-view.js';
import { humanMessage, LOCATION, message } from './support/lead-bodies.js';
import { leadPath } from './support/lead-view.js';
import { MovedClock } from './support/moved-clock.js';

/**
 * One lead from a form in the evening to START the next day: why each text went out, and why each did
 * not. `docs/evening.md` is this transcript; after a change run this spec with WRITE_FIXTURES=1.
 */

const PAGE = new URL('../../../docs/evening.md', import.meta.url);
const ZONE = 'America/Chicago';
const CONTACT = 'sam-of-the-evening';
const PHONE = '+12145550177';

interface Item {
  readonly at: string;
  readonly kind: string;
  readonly sentence: string;
  readonly text?: string;
}

let app: TestApp;
let clock: MovedClock;

beforeAll(async () => {
  app = await startTestApp({
    env: {
      REPLY_MODE: 'all',
      BUSINESS_NAME: 'Acme Homes',
      REPLY_DEBOUNCE_SECONDS: '8',
      QUIET_HOURS: '21-8',
      FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
      HANDOFF_BUSINESS_HOURS: 'always',
    },
  });
  clock = new MovedClock(app);
  await goTo(22, 40);
});

afterAll(() => app.close());

/** Forward to the next time that the clock of the lead shows this. */
async function goTo(hour: number, minute: number, second = 0): Promise<void> {
  const now = DateTime.fromJSDate(clock.now(), { zone: ZONE });
  const at = now.set({ hour, minute, second, millisecond: 0 });
  const next = at > now ? at : at.plus({ days: 1 });
  await clock.advance(next.toMillis() - now.toMillis());
}

async function write(text: string): Promise<void> {
  const sent = message(CONTACT, { text, at: clock.now() });
  await app.postSigned({ ...sent, contact: {} }).expect(200);
}

async function texts(): Promise<readonly string[]> {
  return sentTexts(app, CONTACT);
}

async function dndOf(): Promise<Readonly<Record<string, { readonly status: string }>>> {
  const { dndSettings } = (await crmContact(app, CONTACT)) as unknown as {
    dndSettings: Record<string, { readonly status: string }>;
  };
  return dndSettings;
}

it('is answered by day, once a burst, and never after a refusal', async () => {
  await app
    .postSigned({
      type: 'contact.created',
      id: 'form-of-sam',
      location_id: LOCATION,
      contact_id: CONTACT,
      timestamp: clock.now().toISOString(),
      message: 'Looking for a home in Plano',
      contact: { firstName: 'SAM', phone: PHONE, source: 'Website' },
    })
    .expect(200);
  await clock.advance(20_000);
  await goTo(7, 59);
  expect(await texts()).toEqual([]);
  await goTo(8, 1);
  expect(await texts()).toEqual([
    'Hi Sam, automated assistant of Acme Homes here. We noted your request in Plano. What budget do you have in mind? Reply STOP to unsubscribe',
  ]);

  await goTo(8, 5);
  for (const text of ['good morning', 'we are pre-approved', 'Plano or Frisco is fine']) {
    await write(text);
    await clock.advance(1_000);
  }
  await clock.advance(10_000);
  expect(await texts()).toHaveLength(2);

  await write('Loved “Thank you, Sam! We noted your request in Plano. When do you hope to move?”');
  await clock.advance(60_000);
  expect(await texts()).toHaveLength(2);

  await goTo(8, 20);
  await write('mid january, 450 max');
  await clock.advance(20_000);
  const { context } = await leadOf();
  expect(context).toMatchObject({
    lead_temperature: 'hot',
    facts: { budget_max: 450_000, timeline: '2_months', financing: 'pre_approved' },
  });
  expect(await texts()).toHaveLength(3);

  await goTo(8, 30);
  await app
    .postSigned({ ...humanMessage(CONTACT, 'user-ann'), dateAdded: clock.now().toISOString() })
    .expect(200);
  await write('great, can you send some?');
  await clock.advance(60_000);
  expect(await texts()).toHaveLength(3);

  await goTo(8, 45);
  await write('por favor ya no me escriban');
  await clock.advance(60_000);
  expect(await texts()).toHaveLength(3);
  expect(await dndOf()).toMatchObject({ SMS: { status: 'active' } });

  await goTo(9, 30);
  await write('START');
  await clock.advance(60_000);
  expect(await dndOf()).toMatchObject({ SMS: { status: 'inactive' }, Email: { status: 'active' } });
  expect(await texts()).toHaveLength(3);
});

it('is the transcript of docs/evening.md', async () => {
  const { body } = await app.admin.get(`${leadPath(CONTACT)}/timeline?limit=200`).expect(200);
  // The times of what was carried out depend on the machine, and so does the place of records.
  const transcript = (body as { items: readonly Item[] }).items
    .filter(({ sentence }) => !RECORDS.test(sentence))
    .map(({ at, kind, sentence, text }) => {
      const time = DateTime.fromISO(at, { zone: ZONE }).toFormat('HH:mm');
      return `| ${kind === 'message_in' ? time : ''} | ${sentence} | ${text ?? ''} |`;
    })
    .join('\n');
  if (process.env['WRITE_FIXTURES'] === '1') {
    mkdirSync(new URL('.', PAGE), { recursive: true });
    writeFileSync(PAGE, `${HEAD}${transcript}\n`);
  }
  expect(readFileSync(PAGE, 'utf8')).toBe(`${HEAD}${transcript}\n`);
});

const RECORDS = /^(?:Update of|Tagging|Removal of|CRM (?:task|note)|Deadline)/;

const HEAD = `# One lead, from a form in the evening to START

What \`GET /admin/leads/{location}/{contact}/timeline\` tells of a lead that fills in a form at 22:40, with \`REPLY_MODE=all\`, quiet hours from 21 to 8 and handoffs on. A test plays it on a moved clock and holds this page against it.

| time | what happened, and why | text |
|---|---|---|
`;

async function leadOf(): Promise<{ readonly context: Readonly<Record<string, unknown>> }> {
  const { body } = await app.admin.get(leadPath(CONTACT)).expect(200);
  return body as { readonly context: Readonly<Record<string, unknown>> };
}
