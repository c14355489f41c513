import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPages } from '../../support/pages.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

let product: TestApp;

beforeAll(async () => {
  product = await startTestApp();
});
afterAll(() => product.close());

const RECEIVED_AT = '2026-02-10T10:00:00.000Z';

function leadBody(deliveryId: string): string {
  const contact_id = `contact-of-${deliveryId}`;
  const message = 'Pre-approved for $450k, need to buy in Frisco';
  return JSON.stringify({
    type: 'message.received',
    id: deliveryId,
    location_id: 'loc-1',
    contact_id,
    message,
  });
}

async function keepFailed(deliveryId: string, body = leadBody(deliveryId)): Promise<void> {
  await product.database
    .insertInto('delivery')
    .values({
      location_id: 'loc-1',
      delivery_id: deliveryId,
      contact_id: `contact-of-${deliveryId}`,
      event_type: 'message.received',
      state: 'failed',
      scheme: 'hmac',
      body,
      error: 'TypeError: a fault of ours',
      occurred_at: new Date(RECEIVED_AT),
      received_at: new Date(RECEIVED_AT),
    })
    .execute();
}

describe('the list of deliveries', () => {
  it('shows the failed with their error, and one of them with its body', async () => {
    await keepFailed('shown');
    const { body } = await product.admin.get('/admin/deliveries?state=failed').expect(200);
    expect(body).toEqual({
      items: [
        {
          location_id: 'loc-1',
          delivery_id: 'shown',
          contact_id: 'contact-of-shown',
          event_type: 'message.received',
          state: 'failed',
          scheme: 'hmac',
          error: 'TypeError: a fault of ours',
          occurred_at: RECEIVED_AT,
          received_at: RECEIVED_AT,
        },
      ],
      next_cursor: null,
    });
    const one = await product.admin.get('/admin/deliveries/loc-1/shown').expect(200);
    expect(one.body).toMatchObject({ delivery_id: 'shown', body: leadBody('shown') });
    await product.admin.get('/admin/deliveries/loc-2/shown').expect(404);
  });

  it('goes on where a page ended, also among deliveries of one moment', async () => {
    for (const id of ['page-1', 'page-2', 'page-3']) await keepFailed(id);
    const pages = await readPages<{ delivery_id: string }>(
      (page) => product.admin.get('/admin/deliveries').query({ location_id: 'loc-1', ...page }),
      1,
    );
    expect(pages.flat().map(({ delivery_id }) => delivery_id)).toEqual([
      'shown',
      'page-3',
      'page-2',
      'page-1',
    ]);
  });

  it.each([
    ['state=lost', 'state'],
    ['cursor=abc', 'cursor'],
    ['limit=1000', 'limit'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const { body } = await product.admin.get(`/admin/deliveries?${query}`).expect(400);
    expect(body).toMatchObject({ errors: [{ field }] });
  });
});

describe('the replay of a delivery', () => {
  it('decides it, with the lead waiting since it first came', async () => {
    await keepFailed('failed-1');
    const { body } = await product.admin
      .post('/admin/deliveries/loc-1/failed-1/replay')
      .expect(200);
    expect(body).toEqual({ status: 'processed', error: null });
    await product.settle();

    const delivery = await product.admin.get('/admin/deliveries/loc-1/failed-1').expect(200);
    expect(delivery.body).toMatchObject({ state: 'processed', received_at: RECEIVED_AT });
    const lead = await product.admin.get('/admin/leads/loc-1/contact-of-failed-1').expect(200);
    expect(lead.body).toMatchObject({
      context: { priority: 'high', turns: [{ at: RECEIVED_AT, from: 'lead' }, { from: 'bot' }] },
    });
  });

  it('makes a later repeat by the sender a duplicate', async () => {
    const { body } = await product.postSigned(leadBody('failed-1')).expect(200);
    expect(body).toMatchObject({ status: 'duplicate_ignored', webhook_id: 'failed-1' });
  });

  it('does nothing when the sender has repeated it meanwhile', async () => {
    await keepFailed('repeated');
    await product.postSigned(leadBody('repeated')).expect(200);
    await product.admin.post('/admin/deliveries/loc-1/repeated/replay').expect(409);
  });

  it('keeps the id under which it was stored', async () => {
    await keepFailed('stored-id', leadBody('other-id'));
    await product.admin.post('/admin/deliveries/loc-1/stored-id/replay').expect(200);
    const { body } = await product.admin.get('/admin/deliveries/loc-1/stored-id').expect(200);
    expect(body).toMatchObject({ state: 'processed' });
  });

  it('says why when the stored body cannot be read', async () => {
    await keepFailed('unreadable', '{"type":"message.received","location_id":"loc-1"}');
    const { body } = await product.admin
      .post('/admin/deliveries/loc-1/unreadable/replay')
      .expect(409);
    expect(body).toMatchObject({ errors: [{ field: expect.any(String) }] });
  });

  it('is for deliveries that failed, and for keys with the scope', async () => {
    await product.postSigned(leadBody('fine')).expect(200);
    const { body } = await product.admin.post('/admin/deliveries/loc-1/fine/replay').expect(409);
    expect(body).toMatchObject({ detail: 'A delivery that is processed cannot be replayed' });
    await product.admin.post('/admin/deliveries/loc-1/nothing/replay').expect(404);
    await product.http.post('/admin/deliveries/loc-1/fine/replay').expect(401);
  });
});
