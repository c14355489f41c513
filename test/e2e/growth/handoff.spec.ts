import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfiguration } from '../../../src/config/configuration.js';
import { rolloutFromEnvironment, RolloutService } from '../../../src/growth/rollout/rollout.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact, sentTexts } from './support/crm-view.js';
import { armOf, readReport } from './support/experiment-view.js';
import { readGrowthCounters } from './support/growth-counters.js';
import { handoffsOf, onlyHandoffOf } from './support/handoff-view.js';
import { contactIn } from './support/known-variant.js';
import { HOT_TEXT, humanMessage, message, REVIEW_TEXT } from './support/lead-bodies.js';
import { lastDecisionOf } from './support/lead-view.js';
import { MovedClock } from './support/moved-clock.js';

const MINUTE_MS = 60_000;
const DEADLINE_MS = 5 * MINUTE_MS;
const USERS = ['user-ann', 'user-ben'];
const BREACHED = 'sla_handoff_thresholds:handoff_breached';

/** Variant A for the lead that is taken, B for the one that nobody takes: each arm tells of one. */
const TAKEN = contactIn('taken', { zillow: 'A' });
const MISSED = contactIn('missed', { zillow: 'B' });

let app: TestApp;
let clock: MovedClock;

beforeAll(async () => {
  app = await startTestApp({
    env: {
      FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
      FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED: 'true',
      HANDOFF_USER_IDS: USERS.join(','),
      HANDOFF_BUSINESS_HOURS: 'always',
    },
  });
  clock = new MovedClock(app);
});

afterAll(() => app.close());

async function hotLead(contactId: string): Promise<void> {
  await app.postSigned(message(contactId, { source: 'Zillow' })).expect(200);
  await clock.settle();
}

async function breachesCounted(): Promise<number> {
  const { growth_feature_events_total: events } = await readGrowthCounters(app);
  return events[BREACHED] ?? 0;
}

/** Each step goes on from where the one before left the leads. */
describe('a hot lead', () => {
  it('opens a handoff with its reason, a deadline and a user', async () => {
    const lead = message(TAKEN, { source: 'Zillow' });
    await app.postSigned(lead).expect(200);
    await clock.settle();

    const handoff = await onlyHandoffOf(app, TAKEN);
    expect(handoff).toMatchObject({
      state: 'open',
      breached: false,
      risk_level: 'high',
      reason_code: 'sla_high_risk_contact_now',
      delivery_id: lead.id,
      acknowledged_by: null,
    });
    expect(USERS).toContain(handoff.assigned_to);
    expect(Date.parse(handoff.deadline_at) - Date.parse(handoff.opened_at)).toBe(DEADLINE_MS);
  });

  it('is tagged and explained in the CRM, with a task for that user', async () => {
    const { assigned_to: assignedTo } = await onlyHandoffOf(app, TAKEN);
    const { tags, tasks, notes } = await crmContact(app, TAKEN);
    expect(tags).toContain('needs_handoff');
    expect(tasks).toMatchObject([
      { title: 'Contact Dana now (score 94.3)', assignedTo, completed: false },
    ]);
    expect(notes).toHaveLength(1);
    for (const part of ['HANDOFF: contact now', 'Frisco', '$450,000', '94.3', HOT_TEXT]) {
      expect(notes[0]?.body).toContain(part);
    }
  });

  it('gets the reply to the message that opened it, and no later one', async () => {
    const [openingReply, ...others] = await sentTexts(app, TAKEN);
    expect(openingReply).toContain('Dana');
    expect(others).toEqual([]);

    await app.postSigned(message(TAKEN, { text: 'Can I see one in Frisco today?' })).expect(200);
    await clock.settle();
    const { document } = await lastDecisionOf(app, TAKEN);
    expect(document.reply).toMatchObject({ send: false, withheld: 'handoff_open' });
    expect(await sentTexts(app, TAKEN)).toEqual([openingReply]);
    expect(await handoffsOf(app, TAKEN)).toHaveLength(1);
  });

  it('is acknowledged by what a user writes, and stays silent', async () => {
    await app.postSigned(humanMessage(TAKEN, 'user-ann')).expect(200);

    expect(await onlyHandoffOf(app, TAKEN)).toMatchObject({
      state: 'acknowledged',
      acknowledged_by: 'user-ann',
      breached: false,
    });
    await app.postSigned(message(TAKEN, { text: 'Thank you, call me at noon' })).expect(200);
    await clock.settle();
    expect(await sentTexts(app, TAKEN)).toHaveLength(1);
  });
});

describe('a lead that nobody takes in time', () => {
  it('is told to everybody, given to the next user and counted, once', async () => {
    await hotLead(MISSED);
    const { assigned_to: first } = await onlyHandoffOf(app, MISSED);
    const second = USERS.find((user) => user !== first);

    await clock.advance(DEADLINE_MS - MINUTE_MS);
    expect(await onlyHandoffOf(app, MISSED)).toMatchObject({ breached: false });

    await clock.advance(2 * MINUTE_MS);
    expect(await onlyHandoffOf(app, MISSED)).toMatchObject({
      state: 'open',
      breached: true,
      assigned_to: second,
    });
    const contact = await crmContact(app, MISSED);
    expect(contact.tags).toEqual(expect.arrayContaining(['needs_handoff', 'handoff_breached']));
    expect(contact.assignedTo).toBe(second);
    expect(contact.tasks).toMatchObject([{ assignedTo: first }, { assignedTo: second }]);
    expect(contact.notes.map(({ body }) => body.split('\n')[0])).toEqual([
      expect.stringContaining('HANDOFF: contact now'),
      expect.stringContaining('HANDOFF OVERDUE'),
    ]);
    expect(await breachesCounted()).toBe(1);

    await clock.advance(2 * DEADLINE_MS);
    expect(await breachesCounted()).toBe(1);
    expect(await crmContact(app, MISSED)).toEqual(contact);
  });

  it('is found by the filter, and the lead that was taken is not', async () => {
    expect(await handoffsOf(app, MISSED, { breached: 'true' })).toHaveLength(1);
    expect(await handoffsOf(app, TAKEN, { breached: 'true' })).toHaveLength(0);
    expect(await handoffsOf(app, TAKEN, { state: 'acknowledged' })).toHaveLength(1);
  });
});

describe('both', () => {
  it('are in the report, each in its arm', async () => {
    const report = await readReport(app);
    expect(armOf(report, 'A')).toMatchObject({
      exposures: 1,
      handoffs_opened: 1,
      handoffs_acknowledged: 1,
      handoffs_breached: 0,
      median_seconds_to_handoff_acknowledged: expect.any(Number),
    });
    expect(armOf(report, 'B')).toMatchObject({
      exposures: 1,
      handoffs_opened: 1,
      handoffs_acknowledged: 0,
      handoffs_breached: 1,
      median_seconds_to_handoff_acknowledged: null,
    });
  });
});

describe('a follow-up that falls due while a handoff is open', () => {
  const CONTACT = 'waiting';
  const FOLLOW_UP_MS = 240 * MINUTE_MS;
  const RECHECK_MS = 15 * MINUTE_MS;

  it('is held, and goes out when a person has finished', async () => {
    // Seen two minutes late: a review then needs a person, while its follow-up stays a text.
    const at = new Date(clock.now().getTime() - 3 * MINUTE_MS);
    await app.postSigned(message(CONTACT, { text: REVIEW_TEXT, at })).expect(200);
    await clock.settle();
    const { handoff_id: id } = await onlyHandoffOf(app, CONTACT);
    const said = (await crmContact(app, CONTACT)).messages.length;

    await clock.advance(FOLLOW_UP_MS + MINUTE_MS);
    const held = await app.database
      .selectFrom('any_effect')
      .select(['state', 'last_error'])
      .where('contact_id', '=', CONTACT)
      .where('kind', '=', 'follow_up')
      .execute();
    expect(held).toEqual([{ state: 'pending', last_error: 'handoff_open' }]);
    expect((await crmContact(app, CONTACT)).messages).toHaveLength(said);

    await app.admin.post(`/admin/handoffs/${id}/acknowledge`).send({ by: 'ann' }).expect(200);
    await app.admin.post(`/admin/handoffs/${id}/resolve`).send({ by: 'ann' }).expect(200);
    await clock.advance(RECHECK_MS + MINUTE_MS);
    const contact = await crmContact(app, CONTACT);
    expect(contact.messages).toHaveLength(said + 1);
    expect(contact.tags).not.toContain('needs_handoff');
  });
});

describe('the tag of a handoff', () => {
  let renamed: TestApp;

  beforeAll(async () => {
    renamed = await startTestApp({ env: { HANDOFF_TAG: 'call_now', REPLY_MODE: 'off' } });
  });

  afterAll(() => renamed.close());

  it('is the configured one whatever rollout is in force, and the same that a resolution takes off', async () => {
    // As one that was stored: it carries flags, and nothing of this process's environment.
    const { growth } = readConfiguration({ FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true' });
    const stored = { ...rolloutFromEnvironment(growth, new Date()), version: 7 };
    expect(renamed.app.get(RolloutService).replace(stored)).toBe(true);

    await renamed.postSigned(message('renamed', { source: 'Zillow' })).expect(200);
    await renamed.settle();
    expect((await crmContact(renamed, 'renamed')).tags).toContain('call_now');

    const { handoff_id: id } = await onlyHandoffOf(renamed, 'renamed');
    await renamed.admin.post(`/admin/handoffs/${id}/resolve`).send({ by: 'ann' }).expect(200);
    await renamed.settle();
    const { tags } = await crmContact(renamed, 'renamed');
    expect(tags).not.toContain('call_now');
    expect(tags).not.toContain('needs_handoff');
  });
});
