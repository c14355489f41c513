import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Database } from '../../../src/database/database.js';
import { GrowthGateService } from '../../../src/growth/growth-gate.service.js';
import { FeatureRegistry } from '../../../src/growth/rollout/feature-registry.js';
import { ApiKeys } from '../../../src/http/api-keys/api-keys.service.js';
import { DecisionInputReadModel } from '../../../src/intake/verify/decision-input.read-model.js';
import {
  verifyDecisions,
  type VerificationDto,
} from '../../../src/intake/verify/verify-decisions.js';
import { ErasedPersons } from '../../../src/privacy/erased-persons.js';
import { readStoredEvent } from '../../../src/webhook/deliveries/stored-delivery.js';
import { readPages } from '../../support/pages.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import {
  COLD_TEXT,
  HOT_TEXT,
  humanMessage,
  LOCATION,
  message,
  opportunityStatus,
} from '../growth/support/lead-bodies.js';
import { EVERYTHING_ON } from '../growth/support/rollout-in-force.js';

const PHONE = '+19725550143';
const EMAIL = 'Dana.Reyes@example.com';
/** Whom the tests erase: no other test's lead has the same addresses. */
const ERASED = 'erased-dana-0001';
const EVER = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') };

interface Item {
  readonly at: string;
  readonly kind: string;
  readonly text?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly sentence: string;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { ...EVERYTHING_ON, HANDOFF_BUSINESS_HOURS: 'always' } });
});
afterAll(() => app.close());

const pathOf = (contact: string, part = ''): string => `/admin/leads/${LOCATION}/${contact}${part}`;

/** A message with all by which a person can be recognised. */
function personalMessage(contactId: string, text = HOT_TEXT) {
  const sent = message(contactId, { text, source: 'Zillow' });
  const addresses =
    contactId === ERASED
      ? { phone: PHONE, email: EMAIL }
      : { phone: `+1214555${numberOf(contactId)}`, email: `${contactId}@example.com` };
  return { ...sent, contact: { ...sent.contact, ...addresses } };
}

/** Four digits of its own for each contact: who shares a number shares what was refused. */
function numberOf(contactId: string): string {
  return String(
    1_000 +
      ([...contactId].reduce(
        (sum, { length }, at) => sum + length * contactId.charCodeAt(at) * (at + 1),
        0,
      ) %
        9_000),
  );
}

async function play(contactId: string): Promise<void> {
  for (const body of [
    personalMessage(contactId),
    humanMessage(contactId, 'user-ann'),
    personalMessage(contactId, COLD_TEXT),
    opportunityStatus(contactId, 'won'),
    personalMessage(contactId, 'STOP'),
  ]) {
    await app.postSigned(body).expect(200);
    await app.settle();
  }
}

async function verify(): Promise<VerificationDto> {
  const { counts } = await verifyDecisions(EVER, {
    inputs: new DecisionInputReadModel(app.app.get(Database)),
    gate: app.app.get(GrowthGateService),
    features: Array.from(app.app.get(FeatureRegistry).list(), ({ key }) => key),
    readEvent: readStoredEvent,
  });
  return counts;
}

/** Tables in which a text stands, in whatever column. */
async function tablesWith(text: string): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I', relname) as name from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
    order by 1`.execute(app.database);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`
      select 1 from ${sql.raw(name)} as stored
      where position(lower(${text}) in lower(stored::text)) > 0 limit 1`.execute(app.database);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('the timeline of a lead', () => {
  const CONTACT = 'timeline-of-dana';

  beforeAll(() => play(CONTACT));

  it('tells messages, decisions and what came of them, oldest first', async () => {
    const { body } = await app.admin.get(pathOf(CONTACT, '/timeline?limit=200')).expect(200);
    const { items } = body as { items: readonly Item[] };

    const times = items.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(items[0]).toMatchObject({ kind: 'message_in', text: HOT_TEXT, sentence: 'Lead wrote' });
    expect(new Set(items.map(({ kind }) => kind))).toEqual(
      new Set(['message_in', 'message_out', 'decision', 'effect', 'handoff', 'consent']),
    );
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'message_out', sentence: 'We wrote', state: 'delivered' }),
        expect.objectContaining({
          kind: 'message_out',
          text: 'Hi, it is Ann. When can I call you?',
          sentence: 'A person of the team wrote',
        }),
        expect.objectContaining({
          kind: 'decision',
          reason: 'suppressed',
          sentence: 'Reply withheld: suppressed',
        }),
        expect.objectContaining({ kind: 'handoff', state: 'opened' }),
        expect.objectContaining({
          kind: 'consent',
          text: 'STOP',
          sentence: 'No more messages wanted (Call, RCS, SMS, WhatsApp; by lead)',
        }),
      ]),
    );
    expect(items.filter(({ kind }) => kind === 'message_in').map(({ text }) => text)).toEqual([
      HOT_TEXT,
      COLD_TEXT,
      'STOP',
    ]);
  });

  it.each([1, 4])('shows each item once, %i to a page', async (limit) => {
    const get = (page: object) => app.admin.get(pathOf(CONTACT, '/timeline')).query(page);
    const [all = []] = await readPages(get, 200);
    const pages = await readPages(get, limit);
    expect(all.length).toBeGreaterThan(10);
    expect(pages.flat()).toEqual(all);
  });

  it('goes on telling what was said when the bodies are gone', async () => {
    await app.database
      .deleteFrom('decided_delivery')
      .where('contact_id', '=', CONTACT)
      .where('event_type', '=', 'message.received')
      .execute();
    const { body } = await app.admin.get(pathOf(CONTACT, '/timeline?limit=200')).expect(200);
    const { items } = body as { items: readonly Item[] };
    expect(items.filter(({ kind }) => kind === 'message_in').map(({ text }) => text)).toEqual([
      HOT_TEXT,
      COLD_TEXT,
      'STOP',
    ]);
  });

  it.each(['/timeline?cursor=made-up', '/timeline?limit=0'])('refuses %s', async (query) => {
    await app.admin.get(pathOf(CONTACT, query)).expect(400);
  });

  it.each(['/timeline', '/export'])('is none of a lead that nobody knows: %s', async (part) => {
    const { body } = await app.admin.get(pathOf('nobody', part)).expect(404);
    expect(body).toMatchObject({ status: 404, detail: 'No such lead' });
  });
});

describe('the export of a person', () => {
  it('is one document with all that is held, to be saved as a file', async () => {
    await play('export-of-dana');
    const { body, headers } = await app.admin.get(pathOf('export-of-dana', '/export')).expect(200);
    expect(headers).toMatchObject({
      'content-disposition': expect.stringContaining('attachment'),
      'cache-control': 'no-store',
    });
    expect(body).toMatchObject({
      location_id: LOCATION,
      contact_id: 'export-of-dana',
      context: { contact: { phone: expect.stringMatching(/^\+1214555/) } },
      facts: { budget_max: 450_000 },
      feature_states: { ab_response_style_testing: expect.anything() },
      outcome: { outcome: expect.any(String) },
      exposures: [{ experiment: 'ab_response_style_testing' }],
      handoffs: [{ contact_id: 'export-of-dana' }],
      consent: expect.any(Array),
    });
    const { deliveries, decisions, effects } = body as Record<string, readonly object[]>;
    expect(deliveries).toHaveLength(5);
    expect(deliveries?.[0]).toMatchObject({ body: expect.stringContaining(HOT_TEXT) });
    expect(decisions).toHaveLength(3);
    expect(effects?.length).toBeGreaterThan(5);
  });
});

describe('an erasure', () => {
  const CONTACT = ERASED;
  const REPORT = '/admin/experiments/ab_response_style_testing/report';

  it('is for the operator alone', async () => {
    const { text: key } = await app.app
      .get(ApiKeys)
      .create('other', ['leads', 'admin:read', 'admin:write']);
    const { body } = await app.http
      .delete(pathOf(CONTACT))
      .set('Authorization', `Bearer ${key}`)
      .expect(403);
    expect(body).toMatchObject({ status: 403 });
    await app.http.delete(pathOf(CONTACT)).expect(401);
  });

  it('leaves nothing that tells the person, and every count as it was', async () => {
    await play(CONTACT);
    await app.database
      .insertInto('delivery')
      .values({
        ...{ location_id: LOCATION, delivery_id: 'odd', contact_id: null, event_type: 'odd' },
        ...{ state: 'unrecognised', scheme: 'hmac', body: `{"who":"${CONTACT}"}`, error: null },
        ...{ occurred_at: new Date(), received_at: new Date() },
      })
      .execute();
    const rowsOf = async () => {
      const counted = ['decided_delivery', 'decision', 'any_effect', 'exposure'] as const;
      const more = ['lead_milestone', 'lead_outcome', 'handoff', 'growth_counter'] as const;
      const counts = [...counted, ...more].map(async (table) => {
        const rows = await app.database.selectFrom(table).selectAll().execute();
        return [table, rows.length] as const;
      });
      return Object.fromEntries(await Promise.all(counts));
    };
    const before = { rows: await rowsOf(), verified: await verify() };
    const { body: report } = await app.admin.get(REPORT).expect(200);
    expect(await tablesWith(CONTACT)).toEqual(
      expect.arrayContaining(['lead', 'decided_delivery', 'finished_effect', 'handoff', 'lane']),
    );

    const { body, headers } = await app.admin.delete(pathOf(CONTACT)).expect(200);

    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(body).toMatchObject({
      contact_id: CONTACT,
      refusal_kept: true,
      erased: {
        ...{ contexts: 1, deliveries: 6, decisions: 3, exposures: 1, handoffs: 1, outcomes: 1 },
        ...{ effects: expect.any(Number), milestones: expect.any(Number) },
      },
    });
    for (const trace of [CONTACT, EMAIL, PHONE]) expect(await tablesWith(trace)).toEqual([]);
    expect(await rowsOf()).toEqual(before.rows);
    const { body: reportAfter } = await app.admin.get(REPORT).expect(200);
    expect({ ...(reportAfter as object), generated_at: null }).toEqual({
      ...(report as object),
      generated_at: null,
    });
    const erasedDecisions = 5;
    expect(await verify()).toEqual({
      ...before.verified,
      compared: before.verified.compared - erasedDecisions,
      erased: before.verified.erased + erasedDecisions,
    });
  });

  it('finds nothing again, and says so', async () => {
    const { body } = await app.admin.delete(pathOf(CONTACT)).expect(200);
    const { erased } = body as { erased: Readonly<Record<string, number>> };
    expect(Object.values(erased).every((count) => count === 0)).toBe(true);
    for (const part of ['', '/timeline', '/export', '/decisions']) {
      await app.admin.get(pathOf(CONTACT, part)).expect(404);
    }
  });

  it('keeps the refusal, to be found by whoever has contact, phone or e-mail', async () => {
    const persons = app.app.get(ErasedPersons);
    const kept = { refusedAt: expect.any(Date) };
    const ask = (addresses: Parameters<ErasedPersons['refusalKept']>[1]) =>
      persons.refusalKept(LOCATION, addresses);
    const keptBy = (by: string) =>
      ['Call', 'RCS', 'SMS', 'WhatsApp'].map((channel) => ({ ...kept, channel, by }));
    expect(await ask({ contactId: CONTACT })).toEqual(keptBy('contact'));
    expect(await ask({ phone: '(972) 555-0143' })).toEqual(keptBy('phone'));
    expect(await ask({ email: ' dana.reyes@EXAMPLE.com' })).toEqual(keptBy('email'));
    expect(await ask({ contactId: 'other', phone: '+19725550144' })).toEqual([]);
    expect(await persons.refusalKept('elsewhere', { contactId: CONTACT })).toEqual([]);
  });

  it('is not undone by what happened before it and arrives late', async () => {
    const late = { ...personalMessage(CONTACT), timestamp: '2026-01-01T12:00:00.000Z' };
    const { body } = await app.postSigned(late).expect(200);
    expect(body).toEqual({ status: 'acknowledged', webhook_id: late.id, duplicate: false });
    expect(await tablesWith(CONTACT)).toEqual([]);
  });

  it('does not keep the person from coming back, with nothing known', async () => {
    const body = message(CONTACT, { text: COLD_TEXT, at: new Date(Date.now() + 1) });
    const { body: reply } = await app.postSigned(body).expect(200);
    expect(reply).toMatchObject({ status: 'processed' });
    const { body: lead } = await app.admin.get(pathOf(CONTACT)).expect(200);
    expect(lead).toMatchObject({ context: { facts: { budget_max: null }, suppression: null } });
    await app.settle();
  });

  it('ends what was planned and the open handoff, which nobody has taken', async () => {
    const contact = 'erased-while-waiting';
    await app.postSigned(personalMessage(contact)).expect(200);
    await app.settle();
    const { body } = await app.admin.delete(pathOf(contact)).expect(200);
    const { erased } = body as { erased: Readonly<Record<string, number>> };
    expect(erased['effects_cancelled']).toBeGreaterThanOrEqual(1);
    expect(await tablesWith(contact)).toEqual([]);
    const { body: handoffs } = await app.admin.get('/admin/handoffs?limit=1').expect(200);
    expect(handoffs).toMatchObject({
      items: [{ state: 'resolved', resolved_by: 'erasure', acknowledged_at: null }],
    });
  });
});

describe('answers with people in them', () => {
  it.each(['/admin/leads/x/y', '/admin/deliveries', '/admin/handoffs'])(
    'are stored nowhere: %s',
    async (path) => {
      const { headers } = await app.admin.get(path);
      expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    },
  );

  it('are stored nowhere: /analyze-lead', async () => {
    const { headers } = await app.admin.post('/analyze-lead').send({ message: 'hello' });
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
  });
});
