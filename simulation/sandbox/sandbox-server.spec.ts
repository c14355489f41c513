import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxToken } from '#product/crm/crm-connection.js';
import { asRecord, type LooseRecord } from '#product/shared/loose-json.js';
import { SandboxServer, type SandboxServerOptions } from './sandbox-server.js';

const SECRET = 'secret';
const CONTACTS = '2021-07-28';
const CONVERSATIONS = '2021-04-15';

let server: SandboxServer;
let url: string;
let folder: string | undefined;

afterEach(async () => {
  jest.useRealTimers();
  await server.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
});

async function start(options: Partial<SandboxServerOptions> = {}): Promise<void> {
  server = new SandboxServer({ accessToken: SECRET, autoCreateContacts: true, ...options });
  ({ url } = await server.start());
}

interface Answer {
  readonly status: number;
  readonly body: LooseRecord;
  readonly headers: Headers;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const version = path.startsWith('/conversations') ? CONVERSATIONS : CONTACTS;
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${SECRET}`, version, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: asRecord(await response.json()),
    headers: response.headers,
  };
}

const as = (locationId: string) => ({
  authorization: `Bearer ${sandboxToken(SECRET, locationId)}`,
});

describe('the gate', () => {
  it.each([
    ['no token', ''],
    ['a wrong token', 'Bearer wrong'],
    ['no bearer', SECRET],
  ])('refuses %s as the CRM does', async (_, authorization) => {
    await start();
    const answer = await call('GET', '/contacts/c1', undefined, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      statusCode: 401,
      message: 'Invalid token: access token is invalid',
      error: 'Unauthorized',
    });
  });

  it.each([
    ['/contacts/c1', CONVERSATIONS],
    ['/conversations/search?locationId=loc-a', CONTACTS],
    ['/contacts/c1', ''],
  ])('refuses %s with the version "%s"', async (path, version) => {
    await start();
    const answer = await call('GET', path, undefined, { version });
    expect([answer.status, answer.body.message]).toEqual([400, 'Bad Request']);
  });

  it("keeps a location's token out of another", async () => {
    await start();
    await call('PUT', '/contacts/c1', { firstName: 'Ann' }, as('loc-a'));
    for (const path of ['/contacts/c1', '/locations/loc-a', '/locations/loc-a/customFields']) {
      expect((await call('GET', path, undefined, as('loc-b'))).status).toBe(403);
      expect((await call('GET', path, undefined, as('loc-a'))).status).toBe(200);
    }
  });

  it('answers 429 with headers beyond the limit, per location', async () => {
    await start({ limitPer10s: 2 });
    await call('GET', '/contacts/c1', undefined, as('loc-a'));
    const last = await call('GET', '/contacts/c1', undefined, as('loc-a'));
    expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([200, '0']);
    const over = await call('POST', '/contacts/c1/notes', { body: 'x' }, as('loc-a'));
    expect([over.status, over.headers.get('x-ratelimit-interval-milliseconds')]).toEqual([
      429,
      '10000',
    ]);
    expect((await call('GET', '/contacts/c2', undefined, as('loc-b'))).status).toBe(200);
    expect((await call('GET', '/_sandbox/contacts/c1')).body.notes).toEqual([]);
  });

  it('does not know other routes', async () => {
    await start();
    for (const path of ['/contacts/c1/nothing', '/unknown', '/contacts/%zz', '/']) {
      expect((await call('GET', path)).status).toBe(404);
    }
    expect((await call('GET', '/_sandbox/unknown')).status).toBe(404);
  });

  it('refuses a body that is no JSON or has no end', async () => {
    await start();
    expect((await call('PUT', '/contacts/c1', '{"cut":')).status).toBe(400);
    expect((await call('PUT', '/contacts/c1', 'x'.repeat(1_100_000))).status).toBe(413);
    expect((await call('POST', '/_sandbox/faults', '{"cut":')).status).toBe(400);
  });
});

describe('contacts', () => {
  it('come to be when first touched, if so told', async () => {
    await start();
    expect((await call('GET', '/contacts/c1', undefined, as('loc-a'))).body).toMatchObject({
      contact: { id: 'c1', locationId: 'loc-a', dnd: false, tags: [], customFields: [] },
    });
    expect((await call('GET', '/_sandbox/contacts/c1')).status).toBe(200);
  });

  it('are refused when unknown otherwise', async () => {
    await start({ autoCreateContacts: false });
    const calls = [
      ['GET', '/contacts/c1'],
      ['PUT', '/contacts/c1'],
      ['POST', '/contacts/c1/tags'],
      ['DELETE', '/contacts/c1/tags'],
      ['POST', '/contacts/c1/tasks'],
      ['POST', '/contacts/c1/notes'],
      ['POST', '/contacts/c1/workflow/w1'],
    ] as const;
    for (const [method, path] of calls) {
      const answer = await call(method, path, method === 'GET' ? undefined : {});
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const sent = await call('POST', '/conversations/messages', {
      type: 'SMS',
      contactId: 'c1',
      message: 'x',
    });
    expect([sent.status, sent.body.canonicalCode]).toEqual([
      400,
      'CONVERSATIONS_CONTACT_NOT_FOUND',
    ]);
  });

  it('have their tags overwritten by an update', async () => {
    await start();
    await call('POST', '/contacts/c1/tags', { tags: ['Keep', 'ME'] });
    await call('PUT', '/contacts/c1', { firstName: 'Ann' });
    expect((await call('GET', '/contacts/c1')).body).toMatchObject({
      contact: { firstName: 'Ann', tags: ['keep', 'me'] },
    });
    await call('PUT', '/contacts/c1', { tags: ['Only'] });
    expect((await call('GET', '/contacts/c1')).body).toMatchObject({ contact: { tags: ['only'] } });
  });

  it('hold a tag once, in lower case', async () => {
    await start();
    const added = await call('POST', '/contacts/c1/tags', { tags: ['Hot-Lead', 'hot-lead'] });
    expect([added.status, added.body]).toEqual([201, { tags: ['hot-lead'] }]);
    await call('POST', '/contacts/c1/tags', { tags: ['HOT-LEAD', 'b'] });
    const removed = await call('DELETE', '/contacts/c1/tags', { tags: ['Hot-Lead', 'c'] });
    expect([removed.status, removed.body]).toEqual([200, { tags: ['b'] }]);
  });

  it('merge custom fields by id, in either spelling', async () => {
    await start();
    const ids = await createFields('one', 'two', 'three');
    const [one, two, three] = ids;
    const first = {
      customFields: [
        { id: one, field_value: 1 },
        { id: two, value: 'b' },
      ],
    };
    await call('PUT', '/contacts/c1', first, as('loc-a'));
    const second = {
      customFields: [
        { id: two, field_value: 'B' },
        { id: three, fieldValue: 'c' },
      ],
    };
    const answer = await call('PUT', '/contacts/c1', second, as('loc-a'));
    expect(answer.body).toMatchObject({
      succeded: true,
      contact: {
        customFields: [
          { id: one, value: 1 },
          { id: two, value: 'B' },
          { id: three, value: 'c' },
        ],
      },
    });
    const held = await call('GET', '/_sandbox/contacts/c1');
    expect(held.body.fields).toEqual({ one: 1, two: 'B', three: 'c' });
  });

  it.each([
    [
      { gender: 'x', locationId: 'l' },
      ['property gender should not exist', 'property locationId should not exist'],
    ],
    [{ tags: 'a' }, ['tags must be an array']],
    [{ dnd: 'yes' }, ['dnd must be a boolean value']],
    [{ customFields: {} }, ['customFields must be an array']],
    [
      { customFields: [{ id: 'nope', field_value: 1 }] },
      ['custom field with id nope does not exist'],
    ],
  ])('refuse the update %j', async (body, message) => {
    await start();
    const answer = await call('PUT', '/contacts/c1', body);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({ statusCode: 422, message, error: 'Unprocessable Entity' });
  });

  it.each([
    ['POST', 'tags', {}],
    ['DELETE', 'tags', { tags: [1] }],
    ['POST', 'tasks', { title: 't', completed: false }],
    ['POST', 'tasks', { dueDate: '2026-06-01T12:00:00Z', completed: false }],
    ['POST', 'tasks', { title: 't', dueDate: '2026-06-01T12:00:00Z' }],
    ['POST', 'notes', {}],
  ])('refuse %s %s %j', async (method, what, body) => {
    await start();
    const answer = await call(method, `/contacts/c1/${what}`, body);
    expect([answer.status, Array.isArray(answer.body.message)]).toEqual([422, true]);
  });
});

async function createFields(...names: readonly string[]): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  for (const name of names) {
    const path = '/locations/loc-a/customFields';
    const answer = await call('POST', path, { name, dataType: 'TEXT', model: 'contact' });
    ids.push(asRecord(answer.body.customField).id);
  }
  return ids;
}

describe('locations', () => {
  it('have fields of their own from the start, always the same', async () => {
    await start();
    const path = '/locations/loc-a/customFields?model=contact';
    const first = await call('GET', path);
    expect(first.body.customFields).toMatchObject([
      { fieldKey: 'contact.preferred_contact_time', dataType: 'TEXT' },
      { fieldKey: 'contact.number_of_bedrooms', dataType: 'NUMERICAL' },
    ]);
    expect((await call('GET', path)).body).toEqual(first.body);
    const others = await call('GET', '/locations/loc-a/customFields?model=opportunity');
    expect(others.body.customFields).toEqual([]);
  });

  it('take a field once', async () => {
    await start();
    const path = '/locations/loc-a/customFields';
    const field = { name: 'AI Lead Score', dataType: 'NUMERICAL', model: 'contact' };
    const created = await call('POST', path, field);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ customField: { fieldKey: 'contact.ai_lead_score' } });
    expect((await call('POST', path, { ...field, name: 'ai_lead_score' })).status).toBe(400);
    expect((await call('POST', '/locations/loc-b/customFields', field)).status).toBe(201);
    expect((await call('POST', path, {})).status).toBe(422);
    expect((await call('POST', path, { ...field, model: 'x' })).status).toBe(422);
  });

  it('have a time zone and users', async () => {
    await start();
    expect((await call('GET', '/locations/loc-a')).body).toMatchObject({
      location: { id: 'loc-a', timezone: 'America/Chicago' },
    });
    expect((await call('GET', '/users/?locationId=loc-a')).body.users).toHaveLength(2);
    expect((await call('GET', '/users/')).status).toBe(422);
  });
});

describe('conversations', () => {
  const text = { type: 'SMS', contactId: 'c1', message: 'Hi' };

  it('are one per contact, newest message first, in pages', async () => {
    await start();
    const first = await call('POST', '/conversations/messages', text, as('loc-a'));
    const second = await call(
      'POST',
      '/conversations/messages',
      { ...text, message: 'Again' },
      as('loc-a'),
    );
    expect(first.status).toBe(201);
    expect(second.body.conversationId).toBe(first.body.conversationId);
    const found = await call('GET', '/conversations/search?locationId=loc-a&contactId=c1');
    expect(found.body).toMatchObject({
      total: 1,
      conversations: [{ id: first.body.conversationId, contactId: 'c1' }],
    });
    const path = `/conversations/${String(first.body.conversationId)}/messages?limit=1`;
    const page = asRecord((await call('GET', path)).body.messages);
    expect(page).toMatchObject({
      nextPage: true,
      messages: [{ id: second.body.messageId, body: 'Again', direction: 'outbound' }],
    });
    const next = await call('GET', `${path}&lastMessageId=${String(page.lastMessageId)}`);
    expect(next.body.messages).toMatchObject({
      nextPage: false,
      messages: [{ id: first.body.messageId, messageType: 'TYPE_SMS' }],
    });
  });

  it('are found in their own location only', async () => {
    await start();
    await call('POST', '/conversations/messages', text, as('loc-a'));
    const search = (locationId: string) =>
      call('GET', `/conversations/search?locationId=${locationId}&contactId=c1`);
    expect((await search('loc-a')).body.total).toBe(1);
    expect((await search('loc-b')).body.total).toBe(0);
    expect((await call('GET', '/conversations/search?contactId=c1')).status).toBe(422);
    const foreign = '/conversations/search?locationId=loc-b&contactId=c1';
    expect((await call('GET', foreign, undefined, as('loc-a'))).status).toBe(403);
    expect((await call('GET', '/conversations/unknown/messages')).status).toBe(404);
  });

  it.each([
    [{ dnd: true }, 'SMS', 400],
    [{ dndSettings: { SMS: { status: 'active' } } }, 'SMS', 400],
    [{ dndSettings: { SMS: { status: 'permanent' } } }, 'SMS', 400],
    [{ dndSettings: { SMS: { status: 'active' } } }, 'WhatsApp', 201],
    [{ dndSettings: { SMS: { status: 'inactive' } } }, 'SMS', 201],
  ])('of a contact with %j take %s with %i', async (update, type, status) => {
    await start();
    await call('PUT', '/contacts/c1', update);
    const answer = await call('POST', '/conversations/messages', { ...text, type });
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(answer.body.message).toBe(`Cannot send message as DND is active for ${type}.`);
    }
  });

  it.each([{ type: 'Pigeon' }, { contactId: '' }, { message: '' }])(
    'refuse a message with %j',
    async (change) => {
      await start();
      const answer = await call('POST', '/conversations/messages', { ...text, ...change });
      expect(answer.status).toBe(422);
    },
  );
});

describe('opportunities', () => {
  it('can be made, found and moved', async () => {
    await start();
    const wanted = { contactId: 'c1', locationId: 'loc-a', name: 'House', status: 'open' };
    const made = await call('POST', '/opportunities/', wanted);
    const { id } = asRecord(made.body.opportunity);
    expect(
      (await call('PUT', `/opportunities/${String(id)}/status`, { status: 'won' })).status,
    ).toBe(200);
    const found = await call('GET', '/opportunities/search?location_id=loc-a&contact_id=c1');
    expect(found.body.opportunities).toMatchObject([{ id, status: 'won', name: 'House' }]);
    expect((await call('POST', '/opportunities/', { ...wanted, status: 'x' })).status).toBe(422);
    expect((await call('PUT', `/opportunities/${String(id)}/status`, {})).status).toBe(422);
    expect((await call('PUT', '/opportunities/none/status', { status: 'won' })).status).toBe(404);
    expect((await call('GET', '/opportunities/search')).status).toBe(422);
  });
});

describe('faults', () => {
  const note = { body: 'x' };
  const notes = async () => (await call('GET', '/_sandbox/contacts/c1')).body.notes;

  it.each([
    ['down', 0],
    ['apply_then_drop', 1],
  ])('of the kind %s break the connection and leave %i notes', async (kind, count) => {
    await start();
    await call('GET', '/contacts/c1');
    await call('POST', '/_sandbox/faults', { kind, operation: 'addNote' });
    await expect(call('POST', '/contacts/c1/notes', note)).rejects.toThrow();
    expect(await notes()).toHaveLength(count);
    expect((await call('POST', '/contacts/c1/notes', note)).status).toBe(201);
  });

  it('answer with any status, and nothing happens', async () => {
    await start();
    await call('GET', '/contacts/c1');
    const fault = { kind: 'status', status: 429, headers: { 'retry-after': '3' }, times: 2 };
    await call('POST', '/_sandbox/faults', fault);
    const answer = await call('POST', '/contacts/c1/notes', note);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await call('GET', '/contacts/c1')).status).toBe(429);
    expect((await call('GET', '/contacts/c1')).status).toBe(200);
    expect(await notes()).toEqual([]);
  });

  it('never answer when they are a time-out', async () => {
    await start();
    await call('POST', '/_sandbox/faults', { kind: 'timeout' });
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${url}/contacts/c1`, { signal })).rejects.toThrow('timeout');
  });

  it('of no known kind are refused', async () => {
    await start();
    expect((await call('POST', '/_sandbox/faults', { kind: 'fire' })).status).toBe(422);
  });

  it('end when they are taken back', async () => {
    await start();
    await call('POST', '/_sandbox/faults', { kind: 'status', status: 503, times: 1_000 });
    expect((await call('GET', '/contacts/c1')).status).toBe(503);
    expect((await call('DELETE', '/_sandbox/faults')).status).toBe(200);
    expect((await call('GET', '/contacts/c1')).status).toBe(200);
  });

  it('close the port for a while', async () => {
    await start();
    expect((await call('POST', '/_sandbox/outage', { durationMs: -1 })).status).toBe(422);
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    expect((await call('POST', '/_sandbox/outage', { durationMs: 60 })).status).toBe(202);
    const refused = await reasonOf(() => call('GET', '/contacts/c1'));
    expect(refused).toBe('ECONNREFUSED');
    jest.advanceTimersByTime(60);
    while ((await reasonOf(() => call('GET', '/contacts/c1'))) !== undefined);
    expect((await call('GET', '/contacts/c1')).status).toBe(200);
  });
});

async function reasonOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return asRecord(asRecord(error).cause).code;
  }
}

describe('the journal of calls', () => {
  it('numbers write calls, over all and per contact', async () => {
    await start();
    await call('POST', '/contacts/c1/notes', { body: 'one' });
    await call('GET', '/contacts/c1');
    await call('POST', '/contacts/c2/notes', { body: 'two' });
    await call('POST', '/contacts/c1/notes', {});
    const { calls } = (await call('GET', '/_sandbox/calls')).body;
    expect(calls).toMatchObject([
      {
        seq: 1,
        contactId: 'c1',
        contactSeq: 1,
        operation: 'addNote',
        status: 201,
        body: { body: 'one' },
      },
      { seq: 2, contactId: 'c2', contactSeq: 1, status: 201 },
      { seq: 3, contactId: 'c1', contactSeq: 2, status: 422 },
    ]);
    const one = await call('GET', '/_sandbox/calls?contactId=c1&limit=1');
    expect(one.body.calls).toMatchObject([{ seq: 3 }]);
  });

  it('is empty after a reset, and so is everything', async () => {
    await start();
    await call('POST', '/contacts/c1/notes', { body: 'one' });
    await call('POST', '/_sandbox/faults', { kind: 'down' });
    await call('POST', '/_sandbox/reset');
    expect((await call('GET', '/_sandbox/calls')).body.calls).toEqual([]);
    expect((await call('GET', '/_sandbox/contacts/c1')).status).toBe(404);
    expect((await call('GET', '/contacts/c1')).status).toBe(200);
  });
});

describe('a restart', () => {
  it('finds everything that was acknowledged, without an orderly end', async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const journalPath = join(folder, 'sandbox.jsonl');
    await start({ journalPath });
    const [field] = await createFields('ai_lead_score');
    await call('PUT', '/contacts/c1', { customFields: [{ id: field, field_value: 9 }] });
    await call('POST', '/conversations/messages', { type: 'SMS', contactId: 'c1', message: 'Hi' });
    await call('POST', '/contacts/c1/tags', { tags: ['a'] });
    const before = await call('GET', '/_sandbox/contacts/c1');
    const calls = await call('GET', '/_sandbox/calls');
    // The first server is not asked to stop: what it has not written by now would be lost.
    const killed = server;
    await start({ journalPath });
    expect((await call('GET', '/_sandbox/contacts/c1')).body).toEqual(before.body);
    expect((await call('GET', '/_sandbox/calls')).body).toEqual(calls.body);
    await call('POST', '/contacts/c1/notes', { body: 'x' });
    const after = await call('GET', '/_sandbox/calls?limit=1');
    expect(after.body.calls).toMatchObject([{ seq: 5, contactSeq: 4 }]);
    await killed.stop();
  });

  it('forgets everything without a file', async () => {
    await start();
    await call('POST', '/contacts/c1/notes', { body: 'x' });
    await server.stop();
    await start();
    expect((await call('GET', '/_sandbox/contacts/c1')).status).toBe(404);
  });
});
