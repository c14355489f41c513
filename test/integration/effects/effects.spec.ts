import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { LocationSettings } from '../../../src/settings/location-settings.js';
import { readConfiguration } from '../../../src/config/configuration.js';
import type { Announce } from '../../../src/crm/crm.port.js';
import { SandboxCrm } from '../../../src/crm/testing/sandbox-crm.js';
import { Database } from '../../../src/database/database.js';
import { openDatabase } from '../../../src/database/open-database.js';
import { Retention } from '../../../src/database/retention.js';
import { Transactions } from '../../../src/database/transactions.js';
import type { EffectDraft, EffectPayload } from '../../../src/effects/effect.js';
import type { ClaimedLane, LaneProgress } from '../../../src/effects/claimed-lane.js';
import { CrmCredentials } from '../../../src/crm/crm-connection.js';
import { AnnouncedCalls } from '../../../src/effects/announced-calls.js';
import { AnnouncementRepository } from '../../../src/effects/announcement.repository.js';
import { CrmRecords } from '../../../src/effects/crm-records.js';
import { CrmWriteHandler } from '../../../src/effects/crm-write.handler.js';
import { EffectRegistry, type EffectHandler } from '../../../src/effects/effect-registry.js';
import { EffectRepository } from '../../../src/effects/effect.repository.js';
import { EffectsRecovery } from '../../../src/effects/effects-recovery.js';
import { LaneRepository } from '../../../src/effects/lane.repository.js';
import { LaneLeases } from '../../../src/effects/lane-leases.js';
import { LaneRunner } from '../../../src/effects/lane-runner.js';
import { ConsentRepository } from '../../../src/consent/consent.repository.js';
import { MessageHandler } from '../../../src/effects/sending/message.handler.js';
import { SendingDoor } from '../../../src/effects/sending/sending-door.js';
import { SendingRepository } from '../../../src/effects/sending/sending.repository.js';
import { WaitingEffectRepository } from '../../../src/effects/waiting-effect.repository.js';
import { HandoffHold } from '../../../src/handoffs/handoff-hold.js';
import { HandoffRepository } from '../../../src/handoffs/handoff.repository.js';
import { LeadRepository } from '../../../src/leads/lead.repository.js';
import type { ErasedPersons } from '../../../src/privacy/erased-persons.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const LEASE_MS = 45_000;
const AT_ONCE: Announce = () => Promise.resolve(() => true);
/** None of the leads here. */
const NOBODY_ERASED = { refusalKept: () => Promise.resolve([]) } as unknown as ErasedPersons;
const LEAD = { locationId: 'loc', contactId: 'contact' };

/** Due and done: what it does is told by the specs of handoffs. */
const TIMER: EffectHandler<'handoff_deadline'> = {
  kinds: ['handoff_deadline'],
  lane: 'timer:',
  deliver: () => Promise.resolve({ kind: 'delivered' }),
};

/** One worker's parts; a second set is a second replica. */
function worker(
  database: Database,
  sandbox: SandboxCrm,
  clock: FakeClock,
  environment: Record<string, string> = {},
) {
  const configuration = readConfiguration(environment);
  const crm = sandbox.client();
  const registry = new EffectRegistry();
  const lanes = new LaneRepository(database, registry);
  const leads = new LeadRepository(database);
  const transactions = new Transactions(database);
  const effects = new EffectRepository(registry);
  const consent = new ConsentRepository(new Retention(database, clock), transactions);
  const known = new SendingRepository(database, leads, consent, NOBODY_ERASED, effects);
  const settings = new LocationSettings(configuration);
  const door = new SendingDoor(known, registry, settings, crm, clock);
  const calls = new AnnouncedCalls(new AnnouncementRepository(database), clock);
  const records = new CrmRecords(crm, calls);
  registry.register(new CrmWriteHandler(crm, records));
  registry.register(new MessageHandler(crm, calls, records, door, clock));
  registry.register(TIMER);
  registry.addHold(new HandoffHold(new HandoffRepository(), database));
  const runner = new LaneRunner(registry, clock);
  const leases = new LaneLeases(lanes, registry, transactions, effects, clock);
  const leaseUntil = (): Date => new Date(clock.now().getTime() + LEASE_MS);
  return {
    lanes,
    claim: (limit = 10, busyLocations: readonly string[] = []) =>
      lanes.claim({ limit, now: clock.now(), leaseUntil: leaseUntil(), busyLocations }),
    finish: (progress: LaneProgress) => leases.complete(progress),
    async workOnce(): Promise<number> {
      const claimed = await this.claim();
      for (const lane of claimed) await this.finish(await runner.run(lane, () => false));
      return claimed.length;
    },
    run: (lane: ClaimedLane) => runner.run(lane, () => false),
  };
}

describe('effects on a real database and a real CRM', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let sandbox: SandboxCrm;
  let clock: FakeClock;
  const registry = new EffectRegistry();
  const effects = new EffectRepository(registry);

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase({
      databaseUrl: testDatabase.url,
      dataDir: '/nowhere',
      poolSize: 6,
    });
    sandbox = await SandboxCrm.start({ limitPer10s: 100_000 });
    registry.register(TIMER);
  });

  afterAll(async () => {
    await sandbox.stop();
    await database.close();
    await testDatabase.drop();
  });

  beforeEach(async () => {
    clock = new FakeClock(new Date('2026-03-02T18:00:00Z'));
    await sql`truncate effect, finished_effect, lane, lead, consent_entry restart identity`.execute(
      database.kysely,
    );
    await sandbox.control('POST', 'reset');
  });

  function draft(step: string, payload: EffectPayload, dueAt = clock.now()): EffectDraft {
    return { step, dueAt, payload };
  }

  const note = (body: string, dueAt?: Date): EffectDraft =>
    draft(body, { kind: 'add_note', body }, dueAt);
  const text = (body: string): EffectDraft =>
    draft(body, { kind: 'send_message', channel: 'SMS', text: body });

  async function store(drafts: readonly EffectDraft[], lead = LEAD, origin = 'd1'): Promise<void> {
    const transactions = new Transactions(database);
    await transactions.inTransaction((trx) =>
      effects.enqueue(
        trx,
        drafts.map((one) => ({ ...lead, origin, draft: one })),
        clock.now(),
      ),
    );
  }

  async function rows() {
    return database.kysely.selectFrom('any_effect').selectAll().orderBy('effect_id').execute();
  }

  /** Every value of a custom field that was written, in order. */
  async function writtenValues(): Promise<unknown[]> {
    const { calls } = await sandbox.control('GET', `calls?contactId=${LEAD.contactId}`);
    const bodies = (calls as { operation: string; body: object }[])
      .filter(({ operation }) => operation === 'updateContact')
      .map(({ body }) => body as { customFields: { field_value: unknown }[] });
    return bodies.flatMap(({ customFields }) => customFields.map((field) => field.field_value));
  }

  async function bodies(kind: 'notes' | 'messages'): Promise<unknown[]> {
    const contact = await sandbox.control('GET', `contacts/${LEAD.contactId}`);
    const list = (contact[kind] ?? []) as { body: string }[];
    return list.map(({ body }) => body);
  }

  it('delivers a contact’s effects in the order in which they were stored', async () => {
    await store([note('1'), note('2'), note('3')]);
    const one = worker(database, sandbox, clock);
    await one.workOnce();
    expect(await bodies('notes')).toEqual(['1', '2', '3']);
    expect((await rows()).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
    expect(await one.workOnce()).toBe(0);
  });

  it('stores an effect once per decision, whatever happens', async () => {
    await store([note('1')]);
    await store([note('1')]);
    expect(await rows()).toHaveLength(1);
  });

  it('gives a lane to one worker at a time, and skips it for the other', async () => {
    await store([note('1')]);
    await store([note('2')], { ...LEAD, contactId: 'other' }, 'd2');
    const [first, second] = [worker(database, sandbox, clock), worker(database, sandbox, clock)];
    const [left, right] = await Promise.all([first.claim(1), second.claim(1)]);
    const claimed = [...left, ...right].map(({ contactId }) => contactId);
    expect(claimed.sort()).toEqual(['contact', 'other']);
    expect(await first.claim()).toEqual([]);
  });

  it('knows the delivery that an effect goes back to', async () => {
    await store([note('1')], LEAD, 'evt/1@x@1772474400000');
    await store([note('2')], LEAD, 'evt/1@x@handoff:7:breach');
    await store([note('3')], LEAD, 'handoff:7');
    const [lane] = await worker(database, sandbox, clock).claim();
    const deliveries = lane?.effects.map(({ deliveryId }) => deliveryId);
    expect(deliveries).toEqual(['evt/1@x', 'evt/1@x', null]);
  });

  it('does not look at an effect before it is due', async () => {
    const dueAt = new Date(clock.now().getTime() + 60_000);
    await store([note('later', dueAt)]);
    const one = worker(database, sandbox, clock);
    expect(await one.workOnce()).toBe(0);
    clock.advance(60_000);
    expect(await one.workOnce()).toBe(1);
    expect(await bodies('notes')).toEqual(['later']);
  });

  it('re-arms a lane for an effect that came while it was held', async () => {
    await store([note('1')]);
    const one = worker(database, sandbox, clock);
    const [held] = await one.claim();
    if (held === undefined) throw new Error('the lane was not claimed');
    await store([note('2')], LEAD, 'd2');
    expect(await one.claim()).toEqual([]);
    await one.finish(await one.run(held));
    await one.workOnce();
    expect(await bodies('notes')).toEqual(['1', '2']);
  });

  it('takes a dead worker’s lane over when its lease ends, and ignores what the dead one finishes later', async () => {
    await store([note('1')]);
    const [dead, heir] = [worker(database, sandbox, clock), worker(database, sandbox, clock)];
    const [zombie] = await dead.claim();
    if (zombie === undefined) throw new Error('the lane was not claimed');
    expect(await heir.workOnce()).toBe(0);
    clock.advance(LEASE_MS);
    expect(await heir.workOnce()).toBe(1);
    const effectId = zombie.effects[0]?.effectId ?? 0;
    await dead.finish({
      lane: zombie,
      effects: [
        {
          effectId,
          state: 'dead',
          attempts: 9,
          unsent: false,
          firstFailedAt: null,
          lastError: 'zombie',
          remoteId: null,
          dueAt: clock.now(),
          doubt: null,
          instead: null,
        },
      ],
      failures: 9,
      retryAt: null,
      limitedUntil: null,
    });
    expect((await rows())[0]).toMatchObject({ state: 'delivered', last_error: null });
  });

  it('holds the order while the CRM is down, and delivers everything when it is back', async () => {
    const one = worker(database, sandbox, clock);
    await sandbox.control('POST', 'faults', { kind: 'status', status: 503, times: 3 });
    await store([note('1'), text('hello'), note('2')]);
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await one.workOnce();
      clock.advance(31_000);
    }
    expect(await bodies('notes')).toEqual(['1', '2']);
    expect(await bodies('messages')).toEqual(['hello']);
    expect((await rows()).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  });

  it('keeps a refused effect as dead with the reason, and the rest goes out', async () => {
    await sandbox.control('POST', 'faults', {
      kind: 'status',
      status: 422,
      message: 'no such thing',
      times: 1,
    });
    await store([note('1'), note('2')]);
    await worker(database, sandbox, clock).workOnce();
    const [first, second] = await rows();
    expect(first).toMatchObject({ state: 'dead' });
    expect(first?.last_error).toContain('422');
    expect(second).toMatchObject({ state: 'delivered' });
  });

  it('never sends a message twice when the CRM took it and the reply was lost', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('once')]);
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'apply_then_drop',
      times: 1,
    });
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ state: 'sending' });
    clock.advance(6_000);
    await one.workOnce();
    expect(await bodies('messages')).toEqual(['once']);
    expect((await rows())[0]).toMatchObject({ state: 'delivered' });
  });

  it('sends again, once, a message that the thread does not show after the grace', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('again')]);
    await sandbox.control('POST', 'faults', { operation: 'sendMessage', kind: 'down', times: 1 });
    await one.workOnce();
    clock.advance(6_000);
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ state: 'sending' });
    clock.advance(100_000);
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ state: 'sending', sends: 1 });
    clock.advance(20_000);
    await one.workOnce();
    expect(await bodies('messages')).toEqual(['again']);
    expect((await rows())[0]).toMatchObject({ state: 'delivered', sends: 2 });
  });

  it('does not send again what left and was not answered: a person is asked within a minute', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('late'), note('record'), text('later text')]);
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'status',
      status: 504,
      times: 1,
    });
    await one.workOnce();
    const stateOf = async () => (await rows()).map(({ kind, state }) => [kind, state]);
    expect(await stateOf()).toEqual([
      ['send_message', 'sending'],
      ['add_note', 'delivered'],
      ['send_message', 'pending'],
    ]);
    for (let round = 0; round < 8; round += 1) {
      clock.advance(5_000);
      await one.workOnce();
    }
    expect((await stateOf())[0]).toEqual(['send_message', 'sending']);
    clock.advance(5_000);
    await one.workOnce();
    await one.workOnce();
    expect(await stateOf()).toEqual([
      ['send_message', 'uncertain'],
      ['add_note', 'delivered'],
      ['send_message', 'delivered'],
      ['create_task', 'delivered'],
    ]);
    expect(await bodies('messages')).toEqual(['later text']);
    const contact = await sandbox.control('GET', `contacts/${LEAD.contactId}`);
    expect(contact['tasks']).toMatchObject([
      {
        title: 'Answer this lead: our text may not have left',
        body: expect.stringContaining('late'),
      },
    ]);
  });

  it('finds a message that the CRM records half a minute late', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('slow')]);
    const slow = { contactId: LEAD.contactId, channel: 'SMS', text: 'slow' };
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'status',
      status: 504,
      times: 1,
    });
    await one.workOnce();
    for (let second = 0; second < 40; second += 5) {
      if (second === 30) await sandbox.client().sendMessage(LEAD.locationId, slow, AT_ONCE);
      await one.workOnce();
      clock.advance(5_000);
    }
    expect(await bodies('messages')).toEqual(['slow']);
    expect(await rows()).toMatchObject([{ state: 'delivered', sends: 1 }]);
  });

  it('does not take an earlier identical text for the one in doubt', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('same words')]);
    await one.workOnce();
    await store([text('same words')], LEAD, 'd2');
    await sandbox.control('POST', 'faults', { operation: 'sendMessage', kind: 'down', times: 1 });
    for (let round = 0; round < 16; round += 1) {
      await one.workOnce();
      clock.advance(10_000);
    }
    expect(await bodies('messages')).toEqual(['same words', 'same words']);
    const [first, second] = await rows();
    expect(second).toMatchObject({ state: 'delivered', sends: 2 });
    expect(second?.remote_id).not.toBe(first?.remote_id);
  });

  it('looks for a task and a note that a worker may have made before it died', async () => {
    const task: EffectPayload = {
      kind: 'create_task',
      title: 'Call',
      body: 'hot',
      dueAt: '2026-03-02T19:00:00.000Z',
      assignedTo: null,
    };
    await store([note('n'), draft('task', task)]);
    const dead = worker(database, sandbox, clock);
    const [lane] = await dead.claim();
    if (lane === undefined) throw new Error('the lane was not claimed');
    await dead.run(lane);
    clock.advance(LEASE_MS + 20_000);
    await worker(database, sandbox, clock).workOnce();
    const contact = await sandbox.control('GET', `contacts/${LEAD.contactId}`);
    expect(contact['tasks']).toHaveLength(1);
    expect(contact['notes']).toHaveLength(1);
    const ended = await rows();
    expect(ended).toMatchObject([
      { state: 'delivered', sends: 1 },
      { state: 'delivered', sends: 1 },
    ]);
    expect(ended.every(({ remote_id: id }) => id !== null && id !== '')).toBe(true);
  });

  it('writes no older value of a field after a newer one when a worker died in between', async () => {
    const fields = (value: string, other: Record<string, string> = {}): EffectPayload => ({
      kind: 'update_fields',
      fields: { lead_priority: value, ...other },
    });
    await store([
      draft('1', fields('low', { lead_source: 'zillow' })),
      draft('2', fields('medium')),
      draft('3', fields('high')),
    ]);
    const dead = worker(database, sandbox, clock);
    const [lane] = await dead.claim();
    if (lane === undefined) throw new Error('the lane was not claimed');
    await dead.run(lane);
    const before = await writtenValues();
    clock.advance(LEASE_MS);
    await worker(database, sandbox, clock).workOnce();
    expect(before).toEqual(['zillow', 'low', 'medium', 'high']);
    expect((await writtenValues()).slice(before.length)).toEqual(['zillow', 'high']);
    expect((await rows()).map(({ state }) => state)).toEqual(Array(3).fill('delivered'));
  });

  it('shows a message as uncertain when two tries ended in silence', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('silent'), note('after')]);
    await sandbox.control('POST', 'faults', { operation: 'sendMessage', kind: 'down', times: 9 });
    for (let round = 0; round < 16; round += 1) {
      await one.workOnce();
      clock.advance(20_000);
    }
    const [message, next, task] = await rows();
    expect(message).toMatchObject({ state: 'uncertain', sends: 2 });
    expect(message?.last_error).toContain('twice');
    expect(next).toMatchObject({ state: 'delivered' });
    expect(task).toMatchObject({ kind: 'create_task', state: 'delivered' });
  });

  it('takes the CRM’s refusal to text a contact for good: suppressed, and its follow-ups end', async () => {
    const refusal = { statusCode: 400, message: 'Cannot send message as DND is active for SMS.' };
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'status',
      status: 400,
      body: refusal,
      times: 1,
    });
    const later = new Date(clock.now().getTime() + 60_000);
    const payload: EffectPayload = {
      kind: 'follow_up',
      action: 'same_day_follow_up',
      channel: 'SMS',
      text: 'x',
      task: { title: '', body: '' },
    };
    await store([text('no'), draft('follow_up', payload, later)]);
    await worker(database, sandbox, clock).workOnce();
    expect((await rows()).map(({ state }) => state)).toEqual(['suppressed', 'cancelled']);
    const journal = await database.kysely.selectFrom('consent_entry').selectAll().execute();
    expect(journal).toMatchObject([{ kind: 'dnd_on', channel: 'SMS', said_by: 'crm' }]);
  });

  it('does not text a contact whom the CRM blocks', async () => {
    await sandbox.control('PUT', `contacts/${LEAD.contactId}`, {
      locationId: LEAD.locationId,
      dnd: true,
    });
    await store([text('no'), note('yes')]);
    await worker(database, sandbox, clock).workOnce();
    expect((await rows()).map(({ state }) => state)).toEqual(['suppressed', 'delivered']);
    expect(await bodies('messages')).toEqual([]);
  });

  it('tries again while the CRM’s conversations do not know a contact that was just created', async () => {
    const body = {
      statusCode: 400,
      message: 'Contact not found',
      canonicalCode: 'CONVERSATIONS_CONTACT_NOT_FOUND',
    };
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'status',
      status: 400,
      body,
      times: 2,
    });
    await store([text('welcome')]);
    const one = worker(database, sandbox, clock);
    for (let round = 0; round < 3; round += 1) {
      await one.workOnce();
      clock.advance(3_000);
    }
    expect(await bodies('messages')).toEqual(['welcome']);
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'status',
      status: 400,
      body,
      times: 1,
    });
    await store([text('too late')], LEAD, 'd2');
    clock.advance(15_000);
    await one.workOnce();
    expect((await rows()).map(({ state }) => state)).toEqual(['delivered', 'dead']);
  });

  it('turns an immediate call into a task, and other follow-ups into a text by day', async () => {
    const followUp = (action: 'immediate_call' | 'same_day_follow_up'): EffectPayload => ({
      kind: 'follow_up',
      action,
      channel: 'SMS',
      text: 'still looking?',
      task: { title: 'Call', body: 'hot' },
    });
    clock = new FakeClock(new Date('2026-03-03T05:00:00Z'));
    await store([
      draft('call', followUp('immediate_call')),
      draft('text', followUp('same_day_follow_up')),
    ]);
    const one = worker(database, sandbox, clock);
    await one.workOnce();
    const [call, later] = await rows();
    expect(call).toMatchObject({ state: 'delivered' });
    expect(later).toMatchObject({
      state: 'pending',
      last_error: 'quiet_hours',
      due_at: new Date('2026-03-03T14:00:00Z'),
    });
    const contact = await sandbox.control('GET', `contacts/${LEAD.contactId}`);
    expect(contact['tasks']).toMatchObject([{ title: 'Call' }]);
    clock.advance(9 * 3_600_000);
    await one.workOnce();
    expect(await bodies('messages')).toEqual(['still looking?']);
  });

  it.each(['off', 'suggest'])(
    'makes a task of a text follow-up where REPLY_MODE is %s',
    async (mode) => {
      const payload: EffectPayload = {
        kind: 'follow_up',
        action: 'same_day_follow_up',
        channel: 'SMS',
        text: 'still looking?',
        task: { title: 'Call', body: 'warm' },
      };
      await store([draft('follow_up', payload)]);
      await worker(database, sandbox, clock, { REPLY_MODE: mode }).workOnce();
      const contact = await sandbox.control('GET', `contacts/${LEAD.contactId}`);
      expect(contact['messages']).toEqual([]);
      expect(contact['tasks']).toMatchObject([{ body: 'warm. Suggested text: still looking?' }]);
    },
  );

  it('cancels follow-ups that nobody has started on, and nothing else', async () => {
    const later = new Date(clock.now().getTime() + 60_000);
    const payload: EffectPayload = {
      kind: 'follow_up',
      action: 'nurture_sequence',
      channel: 'SMS',
      text: 'x',
      task: { title: '', body: '' },
    };
    await store([draft('follow_up', payload, later), note('stays', later)]);
    await new Transactions(database).inTransaction((trx) =>
      effects.replan(
        trx,
        { requests: [], cancellations: [{ ...LEAD, kind: 'follow_up', reason: 'lead_answered' }] },
        clock.now(),
      ),
    );
    expect((await rows()).map(({ state, last_error }) => [state, last_error])).toEqual([
      ['cancelled', 'lead_answered'],
      ['pending', null],
    ]);
    clock.advance(60_000);
    await worker(database, sandbox, clock).workOnce();
    expect(await bodies('messages')).toEqual([]);
    expect(await bodies('notes')).toEqual(['stays']);
  });

  it('resumes effects that waited for a token once their location has one', async () => {
    await store([note('1')]);
    await store([note('2')], { ...LEAD, locationId: 'elsewhere' });
    await sql`update effect set state = 'no_credentials'`.execute(database.kysely);
    await sql`update lane set ready_at = null`.execute(database.kysely);
    const one = worker(database, sandbox, clock);
    expect(await one.workOnce()).toBe(0);
    const credentials = new CrmCredentials(
      new LocationSettings(readConfiguration({ GHL_ACCESS_TOKEN: 't', GHL_LOCATION_ID: 'loc' })),
      { sandbox: false, locationId: 'loc' },
    );
    const waiting = new WaitingEffectRepository(database, new Transactions(database));
    await new EffectsRecovery(waiting, credentials, clock).recover();
    expect(await one.workOnce()).toBe(1);
    expect(await bodies('notes')).toEqual(['1']);
    expect((await rows()).map(({ state }) => state)).toEqual(['delivered', 'no_credentials']);
  });

  it('does not let new effects shorten the wait after a failure', async () => {
    const one = worker(database, sandbox, clock);
    await sandbox.control('POST', 'faults', { kind: 'status', status: 503, times: 1 });
    await store([note('1')]);
    await one.workOnce();
    await store([note('2')], LEAD, 'd2');
    expect(await one.workOnce()).toBe(0);
    clock.advance(2_000);
    expect(await one.workOnce()).toBe(1);
    expect(await bodies('notes')).toEqual(['1', '2']);
  });

  it('passes over a location that has its share, and takes the others', async () => {
    await store([note('1')]);
    await store([note('2')], { locationId: 'quiet', contactId: 'c' }, 'd2');
    await store([draft('timer', { kind: 'handoff_deadline', handoffId: 1 })], LEAD, 'd3');
    const claimed = await worker(database, sandbox, clock).claim(10, ['loc']);
    const lanes = claimed.map(({ locationId, contactId }) => `${locationId} ${contactId}`);
    expect(lanes.sort()).toEqual(['loc timer:contact', 'quiet c']);
  });

  it('lets a worker that lost its lease announce nothing', async () => {
    await store([text('hello')]);
    const [late, heir] = [worker(database, sandbox, clock), worker(database, sandbox, clock)];
    const [lost] = await late.claim();
    clock.advance(LEASE_MS);
    expect(await heir.workOnce()).toBe(1);
    if (lost === undefined) throw new Error('the lane was not claimed');
    await late.finish(await late.run(lost));
    expect(await bodies('messages')).toEqual(['hello']);
    expect((await rows())[0]).toMatchObject({ state: 'delivered' });
  });

  it('does not send a follow-up again that was cancelled while it was in doubt', async () => {
    const payload: EffectPayload = {
      kind: 'follow_up',
      action: 'same_day_follow_up',
      channel: 'SMS',
      text: 'still looking?',
      task: { title: '', body: '' },
    };
    await store([draft('follow_up', payload)]);
    await sandbox.control('POST', 'faults', { operation: 'sendMessage', kind: 'down', times: 1 });
    const one = worker(database, sandbox, clock);
    await one.workOnce();
    await new Transactions(database).inTransaction((trx) =>
      effects.replan(
        trx,
        { requests: [], cancellations: [{ ...LEAD, kind: 'follow_up', reason: 'lead_answered' }] },
        clock.now(),
      ),
    );
    clock.advance(120_000);
    await one.workOnce();
    expect(await bodies('messages')).toEqual([]);
    expect((await rows())[0]).toMatchObject({ state: 'suppressed', last_error: 'cancelled' });
  });

  it('keeps a cancelled follow-up cancelled when its refused send would have been tried again', async () => {
    const payload: EffectPayload = {
      kind: 'follow_up',
      action: 'same_day_follow_up',
      channel: 'SMS',
      text: 'x',
      task: { title: '', body: '' },
    };
    await store([draft('follow_up', payload)]);
    const one = worker(database, sandbox, clock);
    const [held] = await one.claim();
    if (held === undefined) throw new Error('the lane was not claimed');
    await sandbox.control('POST', 'faults', { kind: 'status', status: 503, times: 1 });
    const progress = await one.run(held);
    await sql`update effect set cancelled_at = now()`.execute(database.kysely);
    await one.finish(progress);
    expect((await rows())[0]).toMatchObject({ state: 'cancelled' });
  });

  it('forgets earlier failures when an effect is postponed', async () => {
    const payload: EffectPayload = {
      kind: 'follow_up',
      action: 'same_day_follow_up',
      channel: 'SMS',
      text: 'x',
      task: { title: '', body: '' },
    };
    clock = new FakeClock(new Date('2026-03-03T02:50:00Z'));
    await store([draft('follow_up', payload)]);
    await sandbox.control('POST', 'faults', { kind: 'status', status: 503, times: 1 });
    const one = worker(database, sandbox, clock);
    await one.workOnce();
    clock.advance(20 * 60_000);
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ last_error: 'quiet_hours', first_failed_at: null });
    clock.advance(11 * 3_600_000);
    await sandbox.control('POST', 'faults', { kind: 'status', status: 503, times: 1 });
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ state: 'pending' });
  });

  it('does not repeat a note for ever whose answers are lost', async () => {
    await sandbox.control('POST', 'faults', {
      operation: 'addNote',
      kind: 'apply_then_drop',
      times: 9,
    });
    await store([note('copy')]);
    const one = worker(database, sandbox, clock);
    for (let round = 0; round < 8; round += 1) {
      await one.workOnce();
      clock.advance(31_000);
    }
    expect(await bodies('notes')).toEqual(['copy']);
    expect((await rows())[0]).toMatchObject({ state: 'delivered' });
  });

  it('writes nothing of a lost hold that shares its batch with the current one', async () => {
    await store([note('1')]);
    const one = worker(database, sandbox, clock);
    const [stale] = await one.claim();
    clock.advance(LEASE_MS);
    const [current] = await one.claim();
    if (stale === undefined || current === undefined) throw new Error('the lane was not claimed');
    const later = await one.run(current);
    const earlier = {
      ...later,
      lane: stale,
      effects: later.effects.map((effect) => ({ ...effect, state: 'dead' as const })),
    };
    await new Transactions(database).inPipeline((transaction) =>
      one.lanes.finish(transaction, [earlier, later], clock.now()),
    );
    expect((await rows())[0]).toMatchObject({ state: 'delivered' });
  });

  it('counts a send that certainly did not happen as none', async () => {
    const one = worker(database, sandbox, clock);
    await store([text('hello')]);
    await sandbox.control('POST', 'faults', {
      operation: 'sendMessage',
      kind: 'status',
      status: 429,
      times: 2,
    });
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ state: 'pending', sends: 0 });
    clock.advance(60_000);
    await one.workOnce();
    clock.advance(60_000);
    await one.workOnce();
    expect((await rows())[0]).toMatchObject({ state: 'delivered', sends: 1 });
  });

  it('recognises an outbound message as its own by id, and by text while the id is unknown', async () => {
    await store([text('mine')]);
    await worker(database, sandbox, clock).workOnce();
    const [sent] = await rows();
    const event = (changes: object) => ({
      kind: 'outbound' as const,
      type: 'OutboundMessage',
      ...LEAD,
      occurredAt: clock.now(),
      receivedAt: clock.now(),
      text: 'mine',
      messageId: null,
      sentBy: 'app',
      userId: 'u',
      status: null,
      ...changes,
    });
    const byId = event({ messageId: sent?.remote_id, text: 'edited by the carrier' });
    const byText = event({});
    const old = event({ receivedAt: new Date(clock.now().getTime() + 91_000) });
    const human = event({ text: 'hello, this is Kim' });
    const own = await new Transactions(database).inTransaction((trx) =>
      effects.findOwnMessages([byId, byText, old, human]).on(trx),
    );
    expect([byId, byText, old, human].map((message) => own.has(message))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
