import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EffectKind } from '../../../src/effects/effect.js';
import { EffectRegistry, type EffectLane } from '../../../src/effects/effect-registry.js';
import { sql } from 'kysely';
import { EFFECT_COLUMNS } from '../../../src/effects/finished-effect.repository.js';
import type { EffectState } from '../../../src/effects/effect.tables.js';
import { ApiKeys } from '../../../src/http/api-keys/api-keys.service.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

interface Effect {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
}

let product: TestApp;

beforeAll(async () => {
  product = await startTestApp({ env: { REPLY_MODE: 'all' } });
});
afterAll(() => product.close());

async function sendLead(contactId: string): Promise<void> {
  await product
    .postSigned({
      type: 'message.received',
      id: `evt-${contactId}`,
      location_id: 'loc-1',
      contact_id: contactId,
      message: 'Pre-approved for $450k, need to buy in Frisco',
    })
    .expect(200);
  await product.settle();
}

/** The CRM refuses the next calls of this kind for good. */
async function refuse(operation: string, times: number): Promise<void> {
  const body = JSON.stringify({ kind: 'status', status: 422, operation, times, message: 'no' });
  await fetch(`${product.sandboxUrl}/_sandbox/faults`, { method: 'POST', body });
}

async function list(query: string): Promise<readonly Effect[]> {
  const { body } = await product.admin.get(`/admin/effects?${query}`).expect(200);
  return (body as { items: Effect[] }).items;
}

async function effectOf(contactId: string, kind: string): Promise<Effect> {
  const [effect] = await list(`contact_id=${contactId}&kind=${kind}`);
  if (effect === undefined) throw new Error(`${contactId} has no ${kind}`);
  return effect;
}

/** Also of what has finished, and then lies elsewhere. */
async function setState(effectId: number, state: EffectState): Promise<void> {
  await sql`
    with taken as (delete from finished_effect where effect_id = ${effectId} returning *)
    insert into effect (${EFFECT_COLUMNS}) overriding system value
    select ${EFFECT_COLUMNS} from taken`.execute(product.database);
  await product.database
    .updateTable('effect')
    .set({ state, attempts: 2, finished_at: new Date() })
    .where('effect_id', '=', effectId)
    .execute();
}

async function callsOf(operation: string, contactId: string): Promise<number> {
  const response = await fetch(`${product.sandboxUrl}/_sandbox/calls?contactId=${contactId}`);
  const { calls } = (await response.json()) as { calls: { operation: string; status: number }[] };
  return calls.filter((call) => call.operation === operation && call.status < 300).length;
}

/** Of every kind that the compiler knows. */
const LANES: Readonly<Record<EffectKind, EffectLane>> = {
  send_message: 'contact',
  update_fields: 'contact',
  add_tags: 'contact',
  remove_tags: 'contact',
  set_do_not_disturb: 'contact',
  lift_do_not_disturb: 'contact',
  leave_workflow: 'contact',
  add_note: 'contact',
  create_task: 'contact',
  assign_contact: 'contact',
  read_again: 'llm:',
  follow_up: 'contact',
  handoff_deadline: 'timer:',
  call_hook: 'hook:',
};

describe('the kinds of effects', () => {
  it('have registered themselves, each with its lane', () => {
    const registry = product.app.get(EffectRegistry);
    const lanes = registry.kinds.map((kind) => [kind, registry.handlerOf(kind)?.lane]);
    expect(Object.fromEntries(lanes)).toEqual(LANES);
  });

  it('are told apart from others by every filter, which names those that there are', async () => {
    const { body } = await product.admin.get('/admin/effects?kind=fax').expect(400);
    const [error] = (body as { errors: { field: string; message: string }[] }).errors;
    expect(error).toMatchObject({ field: 'kind' });
    for (const kind of Object.keys(LANES)) {
      expect(error?.message).toContain(kind);
      await product.admin.get(`/admin/effects?kind=${kind}`).expect(200);
    }
    const replay = await product.admin
      .post('/admin/effects/replay')
      .send({ state: 'dead', kind: 'fax' })
      .expect(400);
    expect(replay.body).toMatchObject({ errors: [{ field: 'kind' }] });
  });
});

describe('the list of effects', () => {
  it('shows the dead with their reason, and how many are in each state', async () => {
    await refuse('addContactTags', 1);
    await sendLead('listed');
    const { body } = await product.admin.get('/admin/effects?state=dead').expect(200);
    expect(body).toMatchObject({
      items: [{ kind: 'add_tags', state: 'dead', last_error: '422: no', contact_id: 'listed' }],
      counts: { dead: 1, pending: 1 },
      next_cursor: null,
    });
  });

  it('goes on where a page ended', async () => {
    const all = await list('contact_id=listed');
    const first = await product.admin.get('/admin/effects?contact_id=listed&limit=2').expect(200);
    const { items, next_cursor } = first.body as { items: Effect[]; next_cursor: string };
    const rest = await product.admin
      .get(`/admin/effects?contact_id=listed&cursor=${next_cursor}`)
      .expect(200);
    expect(rest.body).toMatchObject({ counts: null, next_cursor: null });
    expect([...items, ...(rest.body as { items: Effect[] }).items]).toEqual(all);
  });

  it.each([
    ['state=lost', 'state'],
    ['kind=fax', 'kind'],
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=99999999999999999999', 'cursor'],
    ['location_id=%00', 'location_id'],
    ['sort=id', 'sort'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const { body } = await product.admin.get(`/admin/effects?${query}`).expect(400);
    expect(body).toMatchObject({ status: 400, errors: [{ field }] });
  });
});

describe('the replay of one effect', () => {
  it('delivers a dead one', async () => {
    const { id } = await effectOf('listed', 'add_tags');
    const { body } = await product.admin.post(`/admin/effects/${id}/replay`).expect(200);
    expect(body).toMatchObject({ id, last_error: null, finished_at: null });
    await product.settle();
    expect(await effectOf('listed', 'add_tags')).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(await callsOf('addContactTags', 'listed')).toBe(1);
  });

  it('refuses one that was delivered, one that waits, and one that is not there', async () => {
    const { id } = await effectOf('listed', 'add_tags');
    const followUp = await effectOf('listed', 'follow_up');
    const { body } = await product.admin.post(`/admin/effects/${id}/replay`).expect(409);
    expect(body).toMatchObject({ detail: 'An effect that is delivered cannot be replayed' });
    await product.admin.post(`/admin/effects/${followUp.id}/replay`).expect(409);
    await product.admin.post('/admin/effects/999999/replay').expect(404);
    await product.admin.post('/admin/effects/x/replay').expect(400);
  });

  it('sends a message that may have arrived only when that is confirmed', async () => {
    await sendLead('unsure');
    const { id } = await effectOf('unsure', 'send_message');
    await setState(id, 'uncertain');
    const { body } = await product.admin.post(`/admin/effects/${id}/replay`).send({}).expect(409);
    expect((body as { detail: string }).detail).toContain('confirm_resend');
    await product.admin
      .post(`/admin/effects/${id}/replay`)
      .send({ confirm_resend: 'yes' })
      .expect(400);
    await product.admin
      .post(`/admin/effects/${id}/replay`)
      .send({ confirm_resend: true })
      .expect(200);
    await product.settle();
    expect(await effectOf('unsure', 'send_message')).toMatchObject({ state: 'delivered' });
    expect(await callsOf('sendMessage', 'unsure')).toBe(2);
  });

  it('asks the sending rules anew for a suppressed one', async () => {
    await sendLead('opted-out');
    await product
      .postSigned({
        type: 'message.received',
        id: 'evt-stop',
        location_id: 'loc-1',
        contact_id: 'opted-out',
        message: 'STOP',
      })
      .expect(200);
    await product.settle();
    const { id } = await effectOf('opted-out', 'send_message');
    await setState(id, 'suppressed');
    await product.admin.post(`/admin/effects/${id}/replay`).expect(200);
    await product.settle();
    expect(await effectOf('opted-out', 'send_message')).toMatchObject({
      state: 'suppressed',
      last_error: 'suppressed',
    });
    expect(await callsOf('sendMessage', 'opted-out')).toBe(1);
  });
});

describe('the replay of all dead effects', () => {
  it('keeps to location and kind', async () => {
    await refuse('addContactTags', 2);
    await refuse('updateContact', 1);
    await sendLead('bulk-1');
    await sendLead('bulk-2');
    const replay = async (body: object): Promise<unknown> =>
      (await product.admin.post('/admin/effects/replay').send(body).expect(200)).body;

    expect(await replay({ state: 'dead', location_id: 'loc-2' })).toEqual({
      replayed: 0,
      remaining: 0,
    });
    expect(await replay({ state: 'dead', location_id: 'loc-1', kind: 'add_tags' })).toEqual({
      replayed: 2,
      remaining: 0,
    });
    await product.settle();
    expect(await list('state=dead')).toMatchObject([{ kind: 'update_fields' }]);
    expect(await replay({ state: 'dead' })).toEqual({ replayed: 1, remaining: 0 });
    await product.settle();
    expect(await list('state=dead')).toEqual([]);
  });

  it('is for the dead only', async () => {
    const { body } = await product.admin
      .post('/admin/effects/replay')
      .send({ state: 'uncertain' })
      .expect(400);
    expect(body).toMatchObject({ errors: [{ field: 'state' }] });
    await product.admin.post('/admin/effects/replay').expect(400);
    await product.http.post('/admin/effects/replay').send({ state: 'dead' }).expect(401);
  });
});

describe('a key that may only read', () => {
  it('sees effects and replays none', async () => {
    const { text } = await product.app.get(ApiKeys).create('reader', ['admin:read']);
    const authorization = `Bearer ${text}`;
    await product.http.get('/admin/effects').set('Authorization', authorization).expect(200);
    await product.http
      .post('/admin/effects/replay')
      .set('Authorization', authorization)
      .send({ state: 'dead' })
      .expect(403);
  });
});
