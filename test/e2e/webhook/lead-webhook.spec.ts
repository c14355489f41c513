import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';

const REPLY_KEYS = [
  'estimated_commission',
  'five_minute_compliant',
  'lead_score',
  'lead_temperature',
  'priority',
  'process_time_ms',
  'status',
  'webhook_id',
];

describe('POST /webhook/ghl', () => {
  let app: TestApp;
  let serial = 0;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(async () => {
    await app.close();
  });

  function lead(message: string, changes: object = {}) {
    serial += 1;
    return {
      type: 'message.received',
      id: `evt-${serial}`,
      location_id: 'loc',
      contact_id: `contact-${serial}`,
      timestamp: new Date().toISOString(),
      message,
      ...changes,
    };
  }

  async function sandboxContact(id: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${app.sandboxUrl}/_sandbox/contacts/${encodeURIComponent(id)}`);
    return (await response.json()) as Record<string, unknown>;
  }

  async function count(
    table: 'decided_delivery' | 'delivery' | 'decision' | 'any_effect' | 'lead' | 'delivery_claim',
  ): Promise<number> {
    const { total } = await app.database
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return total;
  }

  /** Of whatever a delivery leaves behind, decided or not. */
  function countAll(): Promise<number[]> {
    const tables = ['decided_delivery', 'delivery', 'delivery_claim', 'lead'] as const;
    return Promise.all(tables.map(count));
  }

  it('scores, answers, records and follows up a hot lead', async () => {
    const body = lead('Pre-approved for $450k, need to buy in Frisco within 30 days', {
      contact: { firstName: 'Dana', source: 'Facebook Ads' },
    });
    const reply = await app.postSigned(body).expect(200);
    expect(Object.keys(reply.body).sort()).toEqual(REPLY_KEYS);
    expect(reply.body).toMatchObject({
      status: 'processed',
      webhook_id: body.id,
      lead_score: 94.3,
      lead_temperature: 'hot',
      priority: 'high',
      estimated_commission: 27_000,
      five_minute_compliant: true,
    });
    await app.settle();
    const contact = await sandboxContact(body.contact_id);
    expect(contact['fields']).toMatchObject({
      ai_lead_score: 94.3,
      lead_temperature: 'hot',
      lead_priority: 'high',
      estimated_commission: 27_000,
      meets_criteria: 'true',
      service_area_match: 'true',
    });
    expect(contact['tags']).toEqual(
      expect.arrayContaining(['priority-high', 'hot-lead', 'qualified']),
    );
    expect(contact['messages']).toMatchObject([{ body: expect.stringContaining('Dana') }]);
    const followUps = await app.database
      .selectFrom('any_effect')
      .select(['state', 'due_at', 'created_at'])
      .where('contact_id', '=', body.contact_id)
      .where('kind', '=', 'follow_up')
      .execute();
    expect(followUps).toHaveLength(1);
    const [followUp] = followUps;
    expect(followUp?.state).toBe('pending');
    expect((followUp?.due_at.getTime() ?? 0) - (followUp?.created_at.getTime() ?? 0)).toBe(
      3_600_000,
    );
  });

  it('ignores a repeat, and writes nothing more', async () => {
    const body = lead('cash, $300k in Plano, asap');
    await app.postSigned(body).expect(200);
    await app.settle();
    const before = await Promise.all([
      count('decision'),
      count('any_effect'),
      sandboxContact(body.contact_id),
    ]);
    const repeat = await app.postSigned(body).expect(200);
    expect(repeat.body).toEqual({
      status: 'duplicate_ignored',
      webhook_id: body.id,
      duplicate: true,
    });
    await app.settle();
    expect(
      await Promise.all([count('decision'), count('any_effect'), sandboxContact(body.contact_id)]),
    ).toEqual(before);
  });

  it('decides a delivery once when copies of it arrive at the same moment', async () => {
    const body = lead('looking in Allen');
    const replies = await Promise.all(Array.from({ length: 12 }, () => app.postSigned(body)));
    const statuses = replies.map(({ body: reply }) => (reply as { status: string }).status);
    expect(statuses.filter((status) => status === 'processed')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'duplicate_ignored')).toHaveLength(11);
  });

  it('knows a message by its id whichever way it came', async () => {
    const contactId = 'twice-told';
    const message = {
      type: 'InboundMessage',
      locationId: 'loc',
      contactId,
      messageId: 'm-77',
      direction: 'inbound',
      messageType: 'SMS',
      body: 'hello',
    };
    await app.postSigned({ ...message, webhookId: 'w-1' }).expect(200);
    const again = await app.postSigned({ ...message, webhookId: 'w-2' }).expect(200);
    expect(again.body).toEqual({ status: 'duplicate_ignored', webhook_id: 'w-2', duplicate: true });
  });

  it('keeps deliveries of different locations apart', async () => {
    const body = lead('hello');
    await app.postSigned(body).expect(200);
    const elsewhere = await app.postSigned({ ...body, location_id: 'loc-2' }).expect(200);
    expect(elsewhere.body).toMatchObject({ status: 'processed' });
  });

  it('makes one lead of what is said over several messages', async () => {
    const first = lead('my budget is $450k');
    await app.postSigned(first);
    const second = lead('Frisco would be great', { contact_id: first.contact_id });
    const reply = await app.postSigned(second);
    expect(reply.body).toMatchObject({ priority: 'high', estimated_commission: 27_000 });
  });

  it('serialises messages of one contact that arrive at the same moment', async () => {
    const contactId = 'chatty';
    const texts = ['budget $450k', 'Plano', 'cash', 'asap', 'call me'];
    await Promise.all(texts.map((text) => app.postSigned(lead(text, { contact_id: contactId }))));
    const stored = await app.database
      .selectFrom('lead')
      .select('context')
      .where('contact_id', '=', contactId)
      .executeTakeFirstOrThrow();
    expect(
      stored.context.turns
        .filter(({ from }) => from === 'lead')
        .map(({ text }) => text)
        .sort(),
    ).toEqual([...texts].sort());
    expect(stored.context.facts).toMatchObject({
      budget_max: 450_000,
      areas: ['Plano'],
      financing: 'cash',
      timeline: 'immediate',
    });
    const pending = await app.database
      .selectFrom('any_effect')
      .select('effect_id')
      .where('contact_id', '=', contactId)
      .where('kind', '=', 'follow_up')
      .where('state', '=', 'pending')
      .execute();
    expect(pending).toHaveLength(1);
  });

  it('stops for a lead that says STOP: no reply, no follow-up, blocked in the CRM', async () => {
    const first = lead('Pre-approved, $450k, Frisco');
    await app.postSigned(first);
    await app.settle();
    const stop = await app.postSigned(lead('STOP', { contact_id: first.contact_id }));
    expect(stop.body).toMatchObject({
      status: 'processed',
      lead_score: 0,
      lead_temperature: 'cold',
      priority: 'normal',
    });
    const more = await app.postSigned(
      lead('cash for a house in Plano, $500k', { contact_id: first.contact_id }),
    );
    expect(more.body).toMatchObject({ priority: 'high' });
    await app.settle();
    const contact = await sandboxContact(first.contact_id);
    expect(contact['messages']).toHaveLength(1);
    expect(contact['dndSettings']).toMatchObject({ SMS: { status: 'active' } });
    const followUps = await app.database
      .selectFrom('any_effect')
      .select(['state', 'payload'])
      .where('contact_id', '=', first.contact_id)
      .where('kind', '=', 'follow_up')
      .orderBy('effect_id')
      .execute();
    expect(followUps[0]?.state).toBe('cancelled');
    expect(
      followUps.filter(({ state }) => state === 'pending').map(({ payload }) => payload['action']),
    ).not.toContain('same_day_follow_up');
  });

  it('removes the tags that a lead no longer earns', async () => {
    const first = lead('Pre-approved, $450k, Frisco, asap');
    await app.postSigned(first);
    await app.settle();
    expect((await sandboxContact(first.contact_id))['tags']).toContain('hot-lead');
    await app.postSigned(lead('stop', { contact_id: first.contact_id }));
    await app.settle();
    const tags = (await sandboxContact(first.contact_id))['tags'];
    expect(tags).not.toContain('hot-lead');
    expect(tags).not.toContain('qualified');
  });

  it('cancels what was planned when the deal is won', async () => {
    const first = lead('cash, $300k in Plano');
    await app.postSigned(first);
    const won = {
      type: 'OpportunityStatusUpdate',
      locationId: 'loc',
      contactId: first.contact_id,
      id: 'opp',
      status: 'won',
      webhookId: 'won-1',
    };
    const reply = await app.postSigned(won).expect(200);
    expect(reply.body).toEqual({ status: 'acknowledged', webhook_id: 'won-1', duplicate: false });
    const followUp = await app.database
      .selectFrom('any_effect')
      .select(['state', 'last_error'])
      .where('contact_id', '=', first.contact_id)
      .where('kind', '=', 'follow_up')
      .executeTakeFirstOrThrow();
    expect(followUp.state).toBe('cancelled');
  });

  it('leaves the lead to a person who wrote to it', async () => {
    const first = lead('cash, $300k in Plano');
    await app.postSigned(first);
    await app.settle();
    await app.postSigned({
      type: 'OutboundMessage',
      locationId: 'loc',
      contactId: first.contact_id,
      body: 'Hi, this is Kim',
      direction: 'outbound',
      source: 'app',
      userId: 'kim',
      messageId: 'out-1',
      webhookId: 'out-1',
    });
    await app.postSigned(lead('great, call me asap', { contact_id: first.contact_id }));
    await app.settle();
    expect((await sandboxContact(first.contact_id))['messages']).toHaveLength(1);
  });

  it('does not take its own message for a person’s', async () => {
    const first = lead('cash, $300k in Plano');
    await app.postSigned(first);
    await app.settle();
    const [sent] = (await sandboxContact(first.contact_id))['messages'] as {
      id: string;
      body: string;
    }[];
    await app.postSigned({
      type: 'OutboundMessage',
      locationId: 'loc',
      contactId: first.contact_id,
      body: sent?.body,
      source: 'app',
      userId: 'u',
      messageId: sent?.id,
      webhookId: 'echo-1',
    });
    const stored = await app.database
      .selectFrom('lead')
      .select('context')
      .where('contact_id', '=', first.contact_id)
      .executeTakeFirstOrThrow();
    expect(stored.context.human_takeover_at).toBeNull();
  });

  it.each([
    ['an empty body', '', 400, 'Malformed JSON payload'],
    ['what is not JSON', '{"type":', 400, 'Malformed JSON payload'],
    ['a list', '[]', 400, 'Invalid webhook payload'],
    [
      'a body without a type',
      '{"location_id":"l","contact_id":"c"}',
      400,
      'Invalid webhook payload',
    ],
    [
      'a lead without a contact',
      '{"type":"contact.created","location_id":"l","id":"x"}',
      400,
      'Invalid webhook payload',
    ],
    [
      'an id of 10,000 characters',
      JSON.stringify({ type: 'contact.created', location_id: 'l', contact_id: 'c'.repeat(10_000) }),
      400,
      'Invalid webhook payload',
    ],
    [
      'an id with NUL',
      JSON.stringify({ type: 'contact.created', location_id: 'l', contact_id: 'c\0' }),
      400,
      'Invalid webhook payload',
    ],
  ])(
    'refuses %s with one clear problem document and keeps nothing',
    async (_name, body, status, detail) => {
      const before = await countAll();
      const reply = await app.postSigned(body).expect(status);
      expect(reply.type).toBe('application/problem+json');
      expect(JSON.parse(reply.text)).toMatchObject({ status, detail, instance: '/webhook/ghl' });
      expect(await countAll()).toEqual(before);
    },
  );

  it.each([
    ['a NUL and half an emoji in the text', { message: 'budget $450k \0 \ud83d' }],
    ['a date in the year 10000', { timestamp: '+010000-01-01T00:00:00Z' }],
    ['a message that is a number', { message: 42 }],
    ['a message that is a list', { message: [['x']] }],
    ['a contact that is a text', { contact: 'Dana' }],
    [
      'keys that would pollute a prototype',
      JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}') as object,
    ],
    [
      'a body nested 5,000 deep',
      { extra: JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown },
    ],
  ])('takes a lead with %s', async (_name, changes) => {
    const body = { ...lead('hello'), ...changes };
    const text =
      'extra' in body
        ? `{"type":"message.received","id":"deep","location_id":"loc","contact_id":"deep","extra":${'['.repeat(5_000)}${']'.repeat(5_000)}}`
        : body;
    const reply = await app.postSigned(text);
    expect([reply.status, (reply.body as { status: string }).status]).toEqual([200, 'processed']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('refuses a body over 256 KiB', async () => {
    const reply = await app.postSigned(lead('x'.repeat(300_000))).expect(413);
    expect(reply.type).toBe('application/problem+json');
  });

  it('refuses what is not signed, and keeps nothing', async () => {
    const before = await countAll();
    const reply = await app.http
      .post('/webhook/ghl')
      .set('X-GHL-Signature', 'N/A')
      .send(lead('hi'))
      .expect(403);
    expect(JSON.parse(reply.text)).toMatchObject({
      status: 403,
      detail: 'Invalid webhook signature',
    });
    expect(await countAll()).toEqual(before);
  });

  it('acknowledges an unknown event of an authentic sender', async () => {
    const reply = await app
      .postSigned({ type: 'SomethingNew', locationId: 'loc', webhookId: 'new-1' })
      .expect(200);
    expect(reply.body).toEqual({ status: 'acknowledged', webhook_id: 'new-1', duplicate: false });
  });
});
