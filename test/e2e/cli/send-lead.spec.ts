import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GrowthGateClient } from '../../../src/cli/client/growthgate-client.js';
import { leadReport } from '../../../src/cli/lead/lead-report.js';
import { sendOneLead, type OutgoingLead } from '../../../src/cli/lead/send-one-lead.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { CEILING_MS } from '../../support/until.js';

let product: TestApp;

beforeAll(async () => {
  product = await startTestApp();
});
afterAll(() => product.close());

function clientWith(access: { webhookSecret?: string; adminKey?: string; url?: string } = {}) {
  const { url, secret: webhookSecret, adminKey } = product;
  return new GrowthGateClient({ url, webhookSecret, adminKey, ...access });
}

function leadOf(contactId: string, text: string): OutgoingLead {
  return { text, contactId, locationId: 'loc-1', source: 'Facebook Ads', firstName: 'Ana' };
}

const PATIENCE = { waitMs: CEILING_MS, pollMs: 150 };
const HOT_TEXT = 'Pre-approved for $450k, need to buy in Frisco within 30 days';

describe('sendOneLead', () => {
  it('shows the reply, the message, the CRM writes and the next follow-up', async () => {
    const result = await sendOneLead(leadOf('contact-1', HOT_TEXT), clientWith(), PATIENCE);
    expect(result.reply).toMatchObject({ status: 'processed', priority: 'high' });
    const report = leadReport(result, new Date());
    expect(report).toMatch(/message +"Hi Ana, .*\[delivered as /);
    expect(report).toMatch(/CRM fields +.*lead_priority=high.*\[delivered\]/);
    expect(report).toMatch(/CRM tags +Priority-High, Hot-Lead, Qualified \[delivered\]/);
    expect(report).toMatch(/follow-up +immediate_call at .* \(in 60 min\)/);
  });

  it('shows only what came of this message, not of the ones before', async () => {
    await sendOneLead(leadOf('contact-2', HOT_TEXT), clientWith(), PATIENCE);
    const result = await sendOneLead(leadOf('contact-2', 'STOP'), clientWith(), PATIENCE);
    const { aftermath } = result;
    const kinds = aftermath.kind === 'known' ? aftermath.effects.map(({ kind }) => kind) : [];
    expect(kinds).toContain('set_do_not_disturb');
    expect(kinds).not.toContain('send_message');
    expect(leadReport(result, new Date())).toMatch(/no message +suppressed/);
  });

  it('says so when the signature is refused', async () => {
    const sending = sendOneLead(leadOf('contact-3', 'Hi'), clientWith({ webhookSecret: 'other' }));
    await expect(sending).rejects.toThrow(/Invalid webhook signature.*DATA_DIR/);
  });

  it('says so when the admin key is refused; the lead is taken all the same', async () => {
    const client = clientWith({ adminKey: 'gg_wrong' });
    const { reply, aftermath } = await sendOneLead(leadOf('contact-4', 'Hi'), client);
    expect(reply['status']).toBe('processed');
    expect(aftermath.kind === 'unknown' && aftermath.reason).toMatch(/401.*ADMIN_API_KEY/);
  });

  it('says so when no server runs', async () => {
    const nowhere = clientWith({ url: 'http://127.0.0.1:9' });
    await expect(sendOneLead(leadOf('contact-5', 'Hi'), nowhere)).rejects.toThrow(
      /does not answer.*npm start/,
    );
  });
});
