import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxCrm } from '../testing/sandbox-crm.js';
import type { GhlClient } from './ghl.client.js';

let crm: SandboxCrm;
let client: GhlClient;

beforeEach(async () => {
  crm = await SandboxCrm.start({ autoCreateContacts: false });
  client = crm.client();
  await crm.control('PUT', 'contacts/c1', { locationId: 'loc-a', firstName: 'Ann' });
});

afterEach(() => crm.stop());

const held = () => crm.control('GET', 'contacts/c1');
const OK = { ok: true, value: undefined };
const TEXT = { contactId: 'c1', channel: 'SMS', text: 'Hi Ann' };
const JUST_NOW = () => new Date(Date.now() - 1_000);

describe('GhlClient', () => {
  it('reads a contact', async () => {
    await crm.control('PUT', 'contacts/c1', {
      timezone: 'America/Denver',
      tags: ['A'],
      dndSettings: { SMS: { status: 'active' } },
    });
    const result = await client.getContact('loc-a', 'c1');
    expect(result).toMatchObject({
      ok: true,
      value: { id: 'c1', firstName: 'Ann', timezone: 'America/Denver', tags: ['a'] },
    });
    expect(result.ok && result.value.isBlocked('SMS')).toBe(true);
    expect(result.ok && result.value.isBlocked('Email')).toBe(false);
  });

  it('does not find an unknown contact', async () => {
    expect(await client.getContact('loc-a', 'nobody')).toMatchObject({
      failure: { kind: 'not_found', status: 404 },
    });
  });

  it('is not let into another location', async () => {
    expect(await client.getContact('loc-b', 'c1')).toMatchObject({
      failure: { kind: 'unauthorized', status: 403 },
    });
  });

  it('does not take an empty reply for a contact', async () => {
    await crm.control('POST', 'faults', { operation: 'getContact', kind: 'status', status: 200 });
    expect(await client.getContact('loc-a', 'c1')).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
  });

  it('adds and removes tags without touching others', async () => {
    await crm.control('PUT', 'contacts/c1', { tags: ['theirs'] });
    expect(await client.addContactTags('loc-a', 'c1', ['Hot-Lead', 'Qualified'])).toEqual(OK);
    expect(await client.removeContactTags('loc-a', 'c1', ['HOT-LEAD', 'never-had'])).toEqual(OK);
    expect(await held()).toMatchObject({ tags: ['theirs', 'qualified'] });
  });

  it('makes no call for no tags', async () => {
    expect(await client.addContactTags('loc-a', 'c1', [])).toEqual(OK);
    expect(await client.removeContactTags('loc-a', 'c1', [])).toEqual(OK);
    expect(crm.calls).toEqual([]);
  });

  it('blocks texting, and the CRM then refuses to text', async () => {
    expect(await client.setDoNotDisturb('loc-a', 'c1')).toEqual(OK);
    expect(await held()).toMatchObject({ dnd: true, dndSettings: { SMS: { status: 'active' } } });
    expect(await client.sendMessage('loc-a', TEXT)).toMatchObject({
      failure: { kind: 'do_not_disturb', status: 400 },
    });
    expect(await held()).toMatchObject({ messages: [] });
  });

  it('assigns a contact', async () => {
    expect(await client.assignContact('loc-a', 'c1', 'u1')).toEqual(OK);
    expect(await held()).toMatchObject({ assignedTo: 'u1' });
  });

  it('sends a text', async () => {
    const result = await client.sendMessage('loc-a', TEXT);
    expect(result).toEqual({
      ok: true,
      value: { messageId: expect.any(String), conversationId: expect.any(String) },
    });
    expect(await held()).toMatchObject({
      messages: [{ type: 'SMS', direction: 'outbound', body: 'Hi Ann' }],
    });
  });

  it('sends an e-mail', async () => {
    await client.sendMessage('loc-a', { ...TEXT, channel: 'Email' });
    expect(await held()).toMatchObject({
      messages: [{ type: 'Email', body: '<p>Hi Ann</p>', subject: expect.any(String) }],
    });
  });

  it('is told of a contact that was merged away', async () => {
    expect(await client.sendMessage('loc-a', { ...TEXT, contactId: 'gone' })).toMatchObject({
      failure: { kind: 'not_found', status: 400 },
    });
  });

  it('finds a message whose reply was lost', async () => {
    await crm.control('POST', 'faults', { operation: 'sendMessage', kind: 'apply_then_drop' });
    expect(await client.sendMessage('loc-a', TEXT)).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
    const found = await client.findSentMessage('loc-a', TEXT, JUST_NOW());
    const { messages, conversationId } = await held();
    const [message] = messages as readonly { id: string }[];
    expect(found).toEqual({ ok: true, value: { messageId: message?.id, conversationId } });
  });

  it('finds no message that never arrived', async () => {
    await crm.control('POST', 'faults', { operation: 'sendMessage', kind: 'down' });
    await client.sendMessage('loc-a', TEXT);
    expect(await client.findSentMessage('loc-a', TEXT, JUST_NOW())).toEqual(OK);
  });

  it("does not take the lead's own words for its message", async () => {
    await client.sendMessage('loc-a', { ...TEXT, text: 'Something else' });
    await fetch(`${crm.url}/conversations/messages/inbound`, {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-secret-of-the-tests', version: '2021-04-15' },
      body: JSON.stringify({ contactId: 'c1', message: TEXT.text }),
    });
    expect(await held()).toMatchObject({ messages: [{}, { direction: 'inbound' }] });
    expect(await client.findSentMessage('loc-a', TEXT, JUST_NOW())).toEqual(OK);
  });

  it('does not take an older message for this one', async () => {
    await client.sendMessage('loc-a', TEXT);
    const later = new Date(Date.now() + 60_000);
    expect(await client.findSentMessage('loc-a', TEXT, later)).toEqual(OK);
  });

  it.each(['searchConversations', 'listMessages'])(
    'reports a look-up that fails at %s',
    async (operation) => {
      await client.sendMessage('loc-a', TEXT);
      await crm.control('POST', 'faults', { operation, kind: 'status', status: 503 });
      expect(await client.findSentMessage('loc-a', TEXT, JUST_NOW())).toMatchObject({
        failure: { kind: 'unknown_outcome', status: 503 },
      });
    },
  );

  it('creates a task', async () => {
    const dueAt = new Date('2026-06-01T12:00:00Z');
    const task = { contactId: 'c1', title: 'Call Ann', body: 'Budget 450k', dueAt };
    expect(await client.createTask('loc-a', { ...task, assignedTo: 'u1' })).toMatchObject({
      ok: true,
      value: { taskId: expect.stringMatching(/^\w{20}$/) },
    });
    expect(await client.createTask('loc-a', task)).toMatchObject({ ok: true });
    const stored = {
      title: 'Call Ann',
      body: 'Budget 450k',
      dueDate: '2026-06-01T12:00:00.000Z',
      completed: false,
    };
    expect(await held()).toMatchObject({ tasks: [{ ...stored, assignedTo: 'u1' }, stored] });
  });

  it('adds a note', async () => {
    expect(await client.addNote('loc-a', 'c1', 'A human should look')).toMatchObject({
      ok: true,
      value: { noteId: expect.stringMatching(/^\w{20}$/) },
    });
    expect(await held()).toMatchObject({ notes: [{ body: 'A human should look' }] });
  });

  it('adds to a workflow', async () => {
    expect(await client.addToWorkflow('loc-a', 'c1', 'w1')).toEqual(OK);
    expect(await held()).toMatchObject({ workflows: ['w1'] });
  });

  it('succeeds without an id when the CRM tells none', async () => {
    await crm.control('POST', 'faults', { kind: 'status', status: 200, times: 3 });
    const task = { contactId: 'c1', title: 't', body: '', dueAt: new Date() };
    expect(await client.createTask('loc-a', task)).toMatchObject({ value: { taskId: '' } });
    expect(await client.addNote('loc-a', 'c1', 'x')).toMatchObject({ value: { noteId: '' } });
    expect(await client.sendMessage('loc-a', TEXT)).toMatchObject({ value: { messageId: '' } });
  });

  it('warns when the CRM did not keep the fields', async () => {
    const warning = { event: 'crm.fields_not_confirmed', location_id: 'loc-a', count: 1 };
    await client.updateContactCustomFields('loc-a', 'c1', { a: '1' });
    expect(crm.logLines).not.toContainEqual(warning);
    const body = { contact: { id: 'c1', customFields: [] } };
    await crm.control('POST', 'faults', {
      operation: 'updateContact',
      kind: 'status',
      status: 200,
      body,
    });
    expect(await client.updateContactCustomFields('loc-a', 'c1', { a: '2' })).toEqual(OK);
    expect(crm.logLines).toContainEqual(warning);
  });

  it('passes failures of every write on', async () => {
    const task = { contactId: 'c1', title: 't', body: '', dueAt: new Date() };
    const writes = [
      () => client.addContactTags('loc-a', 'c1', ['x']),
      () => client.removeContactTags('loc-a', 'c1', ['x']),
      () => client.setDoNotDisturb('loc-a', 'c1'),
      () => client.assignContact('loc-a', 'c1', 'u'),
      () => client.sendMessage('loc-a', TEXT),
      () => client.createTask('loc-a', task),
      () => client.addNote('loc-a', 'c1', 'x'),
      () => client.addToWorkflow('loc-a', 'c1', 'w'),
      () => client.updateContactCustomFields('loc-a', 'c1', { a: '1' }),
    ];
    for (const write of writes) {
      await crm.control('POST', 'faults', { kind: 'status', status: 502 });
      expect(await write()).toMatchObject({ failure: { kind: 'unknown_outcome', status: 502 } });
    }
  });

  it('does not know of a call that takes too long, though it happens', async () => {
    await crm.stop();
    crm = await SandboxCrm.start({ timeoutMs: 300 });
    await crm.control('POST', 'faults', { operation: 'addNote', kind: 'slow', delayMs: 320 });
    expect(await crm.client().addNote('loc-a', 'c1', 'x')).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
    const calls = async () => (await crm.control('GET', 'calls')).calls as readonly unknown[];
    while ((await calls()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await held()).toMatchObject({ notes: [{ body: 'x' }] });
  });
});

describe('the health of the CRM', () => {
  async function withHealthOf(locationId?: string): Promise<SandboxCrm> {
    await crm.stop();
    crm = await SandboxCrm.start(locationId === undefined ? {} : { locationId });
    return crm;
  }

  it.each(['loc-a', undefined])('is well when it answers, for the location %s', async (id) => {
    expect(await (await withHealthOf(id)).client().checkHealth()).toEqual(OK);
    expect(crm.operations()).toEqual(['checkHealth']);
  });

  it.each([
    [401, 'unauthorized'],
    [404, 'not_found'],
    [503, 'unknown_outcome'],
  ])('is not well when the configured location answers %i', async (status, kind) => {
    await withHealthOf('loc-a');
    await crm.control('POST', 'faults', { operation: 'getLocation', kind: 'status', status });
    expect(await crm.client().checkHealth()).toMatchObject({ failure: { kind, status } });
  });

  it('is not well when it is away', async () => {
    await crm.stop();
    expect(await client.checkHealth()).toMatchObject({ failure: { kind: 'unreachable' } });
  });
});
