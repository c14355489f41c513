import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleHandoff } from '../../../src/handoffs/testing/sample-handoffs.js';
import { HandoffRepository } from '../../../src/handoffs/handoff.repository.js';
import { execute } from '../../../src/database/reading.js';
import { Transactions } from '../../../src/database/transactions.js';
import { readPages } from '../../support/pages.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

let product: TestApp;

const AT = new Date('2026-03-02T15:00:00.000Z');
/** Rows enough for three pages of two. */
const IDS = ['1', '2', '3', '4', '5'];

beforeAll(async () => {
  product = await startTestApp();
  for (const id of IDS) await sendMessage(`evt-${id}`);
  await product.settle();
  await openHandoffs();
  await seeStatuses();
  const mappings = IDS.map((id) => ({ status: `stage ${id}`, outcome: 'active' }));
  await product.admin.put('/admin/outcome-mappings').send({ mappings }).expect(200);
  await exposeLeads();
  // Two of each moment: the order must not hang on the time alone.
  await product.database.updateTable('decided_delivery').set({ received_at: AT }).execute();
  await product.database.updateTable('decision').set({ decided_at: AT }).execute();
});
afterAll(() => product.close());

function sendMessage(id: string) {
  const body = { type: 'message.received', id, location_id: 'loc-1', contact_id: 'lead' };
  return product.postSigned({ ...body, message: `Need a house in Frisco, ${id}` }).expect(200);
}

async function openHandoffs(): Promise<void> {
  const handoffs = IDS.map((id) => sampleHandoff({ handoffId: Number(id), contactId: id }));
  await product.app
    .get(Transactions)
    .inTransaction((trx) => execute(trx, product.app.get(HandoffRepository).open(handoffs)));
}

async function seeStatuses(): Promise<void> {
  const status = { location_id: 'loc-1', field: 'stage', seen_count: 1 };
  const values = IDS.map((id) => ({ ...status, status_key: id, value: `Stage ${id}` }));
  await product.database
    .insertInto('unmapped_status')
    .values(values.map((value) => ({ ...value, first_seen: AT, last_seen: AT })))
    .execute();
}

async function exposeLeads(): Promise<void> {
  const lead = { location_id: 'loc-1', contact_id: 'lead', variant: 'A', segment: 'all' };
  const exposure = { ...lead, source: 'zillow', bucket: 0, epoch: 0, effect_id: 1, decided_at: AT };
  await product.database
    .insertInto('exposure')
    .values(IDS.map((id) => ({ ...exposure, experiment: `experiment_${id}`, exposed_at: AT })))
    .execute();
}

describe.each([
  '/admin/deliveries',
  '/admin/effects',
  '/admin/handoffs',
  '/admin/leads/loc-1/lead/decisions',
  '/admin/leads/loc-1/lead/timeline',
  '/admin/growth/features',
  '/admin/outcome-mappings',
  '/admin/outcome-mappings/unmapped',
  '/admin/experiments',
])('the list at %s', (path) => {
  it.each([1, 2, 3])('shows each row once, %i to a page', async (limit) => {
    const [all = []] = await readPages((page) => product.admin.get(path).query(page), 200);
    const pages = await readPages((page) => product.admin.get(path).query(page), limit);

    expect(all.length).toBeGreaterThanOrEqual(4);
    expect(pages.flat()).toEqual(all);
    expect(pages.slice(0, -1).map((page) => page.length)).toEqual(
      Array.from({ length: Math.ceil(all.length / limit) - 1 }, () => limit),
    );
  });

  it('is whole on one page that is as large as the list, and says that no other follows', async () => {
    const { body: whole } = await product.admin.get(path).query({ limit: 200 }).expect(200);
    const { items } = whole as { items: readonly unknown[] };
    const { body } = await product.admin.get(path).query({ limit: items.length }).expect(200);
    expect(body).toMatchObject({ items, next_cursor: null });
  });

  it.each([
    ['cursor', 'made-up'],
    ['cursor', '17'],
    ['cursor', ''],
    ['limit', '0'],
    ['limit', '201'],
    ['limit', 'all'],
    ['offset', '2'],
  ])('refuses %s=%s and names it', async (field, value) => {
    const { body } = await product.admin
      .get(path)
      .query({ [field]: value })
      .expect(400);
    expect(body).toMatchObject({ status: 400, errors: [{ field }] });
  });
});
