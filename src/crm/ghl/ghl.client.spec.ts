import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxCrm } from '../testing/sandbox-crm.js';
import type { Announce, RecordSearch } from '../crm.port.js';
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
const NOTE = { contactId: 'c1', body: 'A human should look' };
const AT_ONCE: Announce = () => Promise.resolve(() => true);
const NONE: ReadonlySet<string> = new Set();
const JUST_NOW = (): RecordSearch => ({ since: new Date(Date.now() - 1_000), taken: NONE });

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
    const change = { channels: ['SMS', 'RCS'], on: true };
    const switched = { ok: true, value: ['SMS'] };
    expect(await client.switchDoNotDisturb('loc-a', 'c1', change)).toEqual(switched);
    expect(await held()).toMatchObject({ dnd: false, dndSettings: { SMS: { status: 'active' } } });
    expect(await client.sendMessage('loc-a', TEXT, AT_ONCE)).toMatchObject({
      failure: { kind: 'do_not_disturb', status: 400 },
    });
    expect(await held()).toMatchObject({ messages: [] });
  });

  it('switches no channel that stands so already, and lifts what it is told', async () => {
    await crm.control('PUT', 'contacts/c1', { dndSettings: { Email: { status: 'permanent' } } });
    const block = { channels: ['SMS', 'Email'], on: true };
    expect(await client.switchDoNotDisturb('loc-a', 'c1', block)).toMatchObject({ value: ['SMS'] });
    expect(await client.switchDoNotDisturb('loc-a', 'c1', block)).toMatchObject({ value: [] });
    const lift = { channels: ['SMS'], on: false };
    expect(await client.switchDoNotDisturb('loc-a', 'c1', lift)).toMatchObject({ value: ['SMS'] });
    expect(await held()).toMatchObject({
      dndSettings: { SMS: { status: 'inactive' }, Email: { status: 'permanent' } },
    });
  });

  it('assigns a contact', async () => {
    expect(await client.assignContact('loc-a', 'c1', 'u1')).toEqual(OK);
    expect(await held()).toMatchObject({ assignedTo: 'u1' });
  });

  it('sends a text', async () => {
    const result = await client.sendMessage('loc-a', TEXT, AT_ONCE);
    expect(result).toEqual({
      ok: true,
      value: { messageId: expect.any(String), conversationId: expect.any(String) },
    });
    expect(await held()).toMatchObject({
      messages: [{ type: 'SMS', direction: 'outbound', body: 'Hi Ann' }],
    });
  });

  it('sends an e-mail', async () => {
    await client.sendMessage('loc-a', { ...TEXT, channel: 'Email' }, AT_ONCE);
    expect(await held()).toMatchObject({
      messages: [{ type: 'Email', body: '<p>Hi Ann</p>', subject: expect.any(String) }],
    });
  });

  it('is told of a contact that was merged away', async () => {
    expect(
      await client.sendMessage('loc-a', { ...TEXT, contactId: 'gone' }, AT_ONCE),
    ).toMatchObject({
      failure: { kind: 'not_found', status: 400 },
    });
  });

  it('finds a message whose reply was lost', async () => {
    await crm.control('POST', 'faults', { operation: 'sendMessage', kind: 'apply_then_drop' });
    expect(await client.sendMessage('loc-a', TEXT, AT_ONCE)).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
    const found = await client.findSentMessage('loc-a', TEXT, JUST_NOW());
    const { messages, conversationId } = await held();
    const [message] = messages as readonly { id: string }[];
    expect(found).toEqual({ ok: true, value: { messageId: message?.id, conversationId } });
  });

  it('finds no message that never arrived', async () => {
    await crm.control('POST', 'faults', { operation: 'sendMessage', kind: 'down' });
    await client.sendMessage('loc-a', TEXT, AT_ONCE);
    expect(await client.findSentMessage('loc-a', TEXT, JUST_NOW())).toEqual(OK);
  });

  it("does not take the lead's own words for its message", async () => {
    await client.sendMessage('loc-a', { ...TEXT, text: 'Something else' }, AT_ONCE);
    await fetch(`${crm.url}/conversations/messages/inbound`, {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-secret-of-the-tests', version: '2021-04-15' },
      body: JSON.stringify({ contactId: 'c1', message: TEXT.text }),
    });
    expect(await held()).toMatchObject({ messages: [{}, { direction: 'inbound' }] });
    expect(await client.findSentMessage('loc-a', TEXT, JUST_NOW())).toEqual(OK);
  });

  it('does not take an older message for this one', async () => {
    await client.sendMessage('loc-a', TEXT, AT_ONCE);
    const later = new Date(Date.now() + 60_000);
    expect(await client.findSentMessage('loc-a', TEXT, { since: later, taken: NONE })).toEqual(OK);
  });

  it.each(['searchConversations', 'listMessages'])(
    'reports a look-up that fails at %s',
    async (operation) => {
      await client.sendMessage('loc-a', TEXT, AT_ONCE);
      await crm.control('POST', 'faults', { operation, kind: 'status', status: 503 });
      expect(await client.findSentMessage('loc-a', TEXT, JUST_NOW())).toMatchObject({
        failure: { kind: 'unknown_outcome', status: 503 },
      });
    },
  );

  it('does not take a message that is known to be another one', async () => {
    const first = await client.sendMessage('loc-a', TEXT, AT_ONCE);
    const id = first.ok ? first.value.messageId : '';
    const search = { ...JUST_NOW(), taken: new Set([id]) };
    expect(await client.findSentMessage('loc-a', TEXT, search)).toEqual(OK);
    const second = await client.sendMessage('loc-a', TEXT, AT_ONCE);
    expect(await client.findSentMessage('loc-a', TEXT, search)).toMatchObject(second);
  });

  it('finds a task and a note of which nobody knows whether they were kept', async () => {
    const task = { contactId: 'c1', title: 'Call Ann', body: 'Budget 450k', dueAt: new Date() };
    const find = async (search: RecordSearch) => [
      await client.findTask('loc-a', task, search),
      await client.findNote('loc-a', NOTE, search),
    ];
    expect(await find(JUST_NOW())).toEqual([OK, OK]);
    const made = await client.createTask('loc-a', { ...task, assignedTo: 'u1' }, AT_ONCE);
    const added = await client.addNote('loc-a', NOTE, AT_ONCE);
    expect(await find(JUST_NOW())).toEqual([made, added]);
    const taken = new Set([made.ok ? made.value.taskId : '', added.ok ? added.value.noteId : '']);
    expect(await find({ ...JUST_NOW(), taken })).toEqual([OK, OK]);
    const later = { ...task, dueAt: new Date(task.dueAt.getTime() + 60_000) };
    expect(await client.findTask('loc-a', later, JUST_NOW())).toEqual(OK);
  });

  it.each(['searchConversations', 'listTasks', 'listNotes'])(
    'does not read a reply to %s without a list as "there is none"',
    async (operation) => {
      const task = { contactId: 'c1', title: 't', body: '', dueAt: new Date() };
      const find = {
        searchConversations: () => client.findSentMessage('loc-a', TEXT, JUST_NOW()),
        listTasks: () => client.findTask('loc-a', task, JUST_NOW()),
        listNotes: () => client.findNote('loc-a', NOTE, JUST_NOW()),
      }[operation];
      await crm.control('POST', 'faults', { operation, kind: 'status', status: 200, body: {} });
      expect(await find?.()).toMatchObject({ failure: { kind: 'rejected' } });
    },
  );

  it('creates a task', async () => {
    const dueAt = new Date('2026-06-01T12:00:00Z');
    const task = { contactId: 'c1', title: 'Call Ann', body: 'Budget 450k', dueAt };
    expect(await client.createTask('loc-a', { ...task, assignedTo: 'u1' }, AT_ONCE)).toMatchObject({
      ok: true,
      value: { taskId: expect.stringMatching(/^\w{20}$/) },
    });
    expect(await client.createTask('loc-a', task, AT_ONCE)).toMatchObject({ ok: true });
    const stored = {
      title: 'Call Ann',
      body: 'Budget 450k',
      dueDate: '2026-06-01T12:00:00.000Z',
      completed: false,
    };
    expect(await held()).toMatchObject({ tasks: [{ ...stored, assignedTo: 'u1' }, stored] });
  });

  it('adds a note', async () => {
    expect(await client.addNote('loc-a', NOTE, AT_ONCE)).toMatchObject({
      ok: true,
      value: { noteId: expect.stringMatching(/^\w{20}$/) },
    });
    expect(await held()).toMatchObject({ notes: [{ body: NOTE.body }] });
  });

  it('adds to a workflow', async () => {
    expect(await client.addToWorkflow('loc-a', 'c1', 'w1', AT_ONCE)).toEqual(OK);
    expect(await held()).toMatchObject({ workflows: ['w1'] });
    expect(await client.removeFromWorkflow('loc-a', 'c1', 'w1')).toEqual(OK);
    expect(await client.removeFromWorkflow('loc-a', 'c1', 'w1')).toEqual(OK);
    expect(await held()).toMatchObject({ workflows: [] });
  });

  it('succeeds without an id when the CRM tells none', async () => {
    await crm.control('POST', 'faults', { kind: 'status', status: 200, times: 3 });
    const task = { contactId: 'c1', title: 't', body: '', dueAt: new Date() };
    expect(await client.createTask('loc-a', task, AT_ONCE)).toMatchObject({
      value: { taskId: '' },
    });
    expect(await client.addNote('loc-a', NOTE, AT_ONCE)).toMatchObject({ value: { noteId: '' } });
    expect(await client.sendMessage('loc-a', TEXT, AT_ONCE)).toMatchObject({
      value: { messageId: '' },
    });
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
      () => client.switchDoNotDisturb('loc-a', 'c1', { channels: ['SMS'], on: true }),
      () => client.assignContact('loc-a', 'c1', 'u'),
      () => client.sendMessage('loc-a', TEXT, AT_ONCE),
      () => client.createTask('loc-a', task, AT_ONCE),
      () => client.addNote('loc-a', NOTE, AT_ONCE),
      () => client.addToWorkflow('loc-a', 'c1', 'w', AT_ONCE),
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
    expect(await crm.client().addNote('loc-a', NOTE, AT_ONCE)).toMatchObject({
      failure: { kind: 'unknown_outcome' },
    });
    const calls = async () => (await crm.control('GET', 'calls')).calls as readonly unknown[];
    while ((await calls()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await held()).toMatchObject({ notes: [{ body: NOTE.body }] });
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
