import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { decisionsOf, nextFollowUpOf } from '../growth/support/lead-view.js';
import { countedDuring } from '../growth/support/growth-counters.js';
import { message } from '../growth/support/lead-bodies.js';
import {
  WORKFLOW_BODIES,
  type WorkflowBody,
} from '../../../src/webhook/normalise/testing/workflow-bodies.js';

const SECRET = 'workflow-secret-of-the-tests';
const LOCATION = 'loc-growth';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { GHL_WORKFLOW_SECRET: SECRET, GHL_LOCATION_ID: LOCATION } });
});

afterAll(() => app.close());

function post(body: object): request.Test {
  return request(app.url).post('/webhook/ghl').set('Authorization', `Bearer ${SECRET}`).send(body);
}

/** In the words of the file, as far as a sender is told. */
function statusFor({ expect: expected }: WorkflowBody): string {
  if (expected === '400') return 'Invalid webhook payload';
  return expected.startsWith('lead') ? 'processed' : 'acknowledged';
}

describe('a workflow', () => {
  it.each(
    WORKFLOW_BODIES.filter(({ sent_with }) => sent_with === 'workflow secret').map(
      (one) => [one.case, one] as const,
    ),
  )('%s is told what came of it', async (_name, one) => {
    const { body } = await post(one.body);
    const told = body as { readonly status: string | number; readonly detail?: string };
    expect(told.detail ?? told.status).toBe(statusFor(one));
  });

  it('that reports a sale ends the follow-up, and is no lead', async () => {
    await app.postSigned(message('buyer-1')).expect(200);
    await app.settle();
    expect(await nextFollowUpOf(app, 'buyer-1')).not.toBeNull();

    const counted = await countedDuring(app, async () => {
      await post({
        contact_id: 'buyer-1',
        location: { id: LOCATION },
        workflow: { id: 'w' },
        payment: { payment_status: 'succeeded', total_amount: 500 },
      }).expect(200);
      await app.settle();
    });

    expect(await nextFollowUpOf(app, 'buyer-1')).toBeNull();
    expect(await decisionsOf(app, 'buyer-1')).toHaveLength(1);
    expect(counted.growth_feature_events_total).toMatchObject({
      'lead_source_attribution:conversion_feedback_observed_converted': 1,
    });
  });

  it('whose template pasted a line break and a quotation mark raw loses no lead', async () => {
    const sent = `{"contact_id":"raw-1","message":"He said "call me"\nFrisco, 450 max"}`;
    const { body } = await request(app.url)
      .post('/webhook/ghl')
      .set({ Authorization: `Bearer ${SECRET}`, 'Content-Type': 'application/json' })
      .send(sent)
      .expect(200);

    expect(body).toMatchObject({ status: 'processed', priority: 'high' });
  });

  it('whose body nobody can read is kept for the operator', async () => {
    const { body } = await request(app.url)
      .post('/webhook/ghl')
      .set({ Authorization: `Bearer ${SECRET}`, 'Content-Type': 'application/json' })
      .send('{"contact_id": {{contact.id}}, "message": "Looking in Plano"}')
      .expect(200);

    expect(body).toMatchObject({ status: 'acknowledged', duplicate: false });
    const kept = await app.admin.get('/admin/deliveries?state=unrecognised').expect(200);
    expect(JSON.stringify(kept.body)).toContain((body as { webhook_id: string }).webhook_id);
  });

  it('without a location is of the account that is connected', async () => {
    await post({ contact_id: 'nowhere-1', message: 'Looking in Plano' }).expect(200);

    await app.admin.get(`/admin/leads/${LOCATION}/nowhere-1`).expect(200);
  });
});
