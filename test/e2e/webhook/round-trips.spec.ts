import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../../support/test-app.js';

/** Of a batch, or of what is sent alone. */
function textsOf(sent: unknown): readonly string[] {
  if (typeof sent === 'string') return [sent];
  const { statements = [] } = sent as { readonly statements?: readonly { text: string }[] };
  return statements.map(({ text }) => text);
}

describe('the flush of a lone delivery', () => {
  let app: TestApp;
  let serial = 0;

  beforeAll(async () => {
    app = await startTestApp({ env: { FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true' } });
    // The rollout and the settings are stored once, before the first.
    await send('hello');
  });
  beforeEach(() => app.settle());
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => app.close());

  function send(text: string, contactId = `contact-${serial}`) {
    serial += 1;
    const ids = { id: `evt-${serial}`, location_id: 'loc', contact_id: contactId };
    const body = { type: 'message.received', ...ids, message: text };
    return app.postSigned({ ...body, timestamp: new Date().toISOString() }).expect(200);
  }

  /** Of the first transaction, on its connection; others may be at work on effects meanwhile. */
  async function roundTripsOf(flush: () => Promise<unknown>): Promise<readonly boolean[]> {
    const query = jest.spyOn(pg.Client.prototype, 'query').mockClear();
    await flush();
    const calls = query.mock.calls.map(([sent], index) => ({
      client: query.mock.contexts[index],
      isBatch: (sent as unknown) instanceof pg.Query,
      texts: textsOf(sent),
    }));
    const first = calls.findIndex(({ texts }) => texts.includes('begin'));
    const own = calls.slice(first).filter(({ client }) => client === calls[first]?.client);
    const last = own.findIndex(({ texts }) => texts.includes('commit'));
    return own.slice(0, last + 1).map(({ isBatch }) => isBatch);
  }

  it('takes two round trips for a new lead, and for a known one', async () => {
    const contactId = 'comes-twice';
    expect(await roundTripsOf(() => send('hello', contactId))).toEqual([true, true]);
    expect(await roundTripsOf(() => send('hello again', contactId))).toEqual([true, true]);
  });

  it('takes a third to number a handoff', async () => {
    const wanted = 'Pre-approved for $450k, need to buy in Frisco within 30 days, please call me';
    expect(await roundTripsOf(() => send(wanted))).toEqual([true, true, true]);
    const handoffs = await app.database.selectFrom('handoff').selectAll().execute();
    expect(handoffs).toHaveLength(1);
  });

  it('makes no lane to cancel in when a person writes to a lead that has nothing planned', async () => {
    const contactId = 'taken-over';
    const event = { type: 'OutboundMessage', locationId: 'loc', contactId, body: 'I am Kim' };
    const ids = { webhookId: 'out-1', messageId: 'out-1', userId: 'kim', source: 'app' };
    await app.postSigned({ ...event, ...ids, direction: 'outbound' }).expect(200);
    const leads = app.database.selectFrom('lead').where('contact_id', '=', contactId);
    expect(await leads.select('contact_id').execute()).toHaveLength(1);
    const lanes = app.database.selectFrom('lane').where('contact_id', '=', contactId);
    expect(await lanes.select('contact_id').execute()).toEqual([]);
  });

  it('cancels the follow-up of a lead that has one', async () => {
    const contactId = 'writes-again';
    const followUps = () =>
      app.database
        .selectFrom('any_effect')
        .select('state')
        .where('contact_id', '=', contactId)
        .where('kind', '=', 'follow_up')
        .orderBy('effect_id')
        .execute();
    await send('hello', contactId);
    await send('STOP', contactId);
    expect(await followUps()).toEqual([{ state: 'cancelled' }]);
  });
});
