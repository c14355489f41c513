import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';

let product: TestApp;

beforeAll(async () => {
  product = await startTestApp();
  await product
    .postSigned({
      type: 'message.received',
      id: 'evt-1',
      location_id: 'loc-1',
      contact_id: 'contact/1',
      message: 'Pre-approved for $450k, need to buy in Frisco within 30 days',
      contact: { source: 'Zillow' },
    })
    .expect(200);
  await product.settle();
});
afterAll(() => product.close());

const LEAD = '/admin/leads/loc-1/contact%2F1';

describe('one lead', () => {
  it('is shown with what is remembered, what was done and what comes next', async () => {
    const { body } = await product.admin.get(LEAD).expect(200);
    expect(body).toMatchObject({
      context: { priority: 'high', last_source: 'zillow', facts: { budget_max: 450_000 } },
      next_follow_up: { action: 'immediate_call' },
    });
    const { effects, next_follow_up } = body as {
      effects: { id: number; kind: string; state: string }[];
      next_follow_up: { effect_id: number };
    };
    const states = Object.fromEntries(effects.map(({ kind, state }) => [kind, state]));
    expect(states).toMatchObject({ update_fields: 'delivered', follow_up: 'pending' });
    expect(effects.map(({ id }) => id)).toEqual(effects.map(({ id }) => id).sort((a, b) => b - a));
    expect(effects.find(({ kind }) => kind === 'follow_up')?.id).toBe(next_follow_up.effect_id);
  });

  it('has its decisions as they were stored', async () => {
    const { body } = await product.admin.get(`${LEAD}/decisions?limit=1`).expect(200);
    expect(body).toMatchObject({
      items: [
        {
          delivery_id: 'evt-1',
          document: {
            priority: 'high',
            source: 'zillow',
            growth_verdicts: { sla_handoff_thresholds: { reason: 'flag_disabled' } },
          },
        },
      ],
      next_cursor: null,
    });
  });

  it.each(['/admin/leads/loc-1/nobody', '/admin/leads/loc-1/nobody/decisions'])(
    'that nobody knows is a problem: %s',
    async (path) => {
      const { body } = await product.admin.get(path).expect(404);
      expect(body).toMatchObject({ status: 404, detail: 'No such lead' });
    },
  );

  it.each(['/admin/leads/loc-1/a%00b', `/admin/leads/loc-1/${'x'.repeat(257)}`])(
    'with an id that cannot be stored is refused',
    async (path) => {
      const { body } = await product.admin.get(path).expect(400);
      expect(body).toMatchObject({ errors: [{ field: 'contact' }] });
    },
  );

  it('is for keys with the scope only', async () => {
    await product.http.get(LEAD).expect(401);
  });
});

describe('the features', () => {
  it('are listed with flag and settings in force', async () => {
    const { body } = await product.admin.get('/admin/growth/features').expect(200);
    expect(body).toMatchObject({
      rollout_version: 0,
      items: expect.arrayContaining([
        expect.objectContaining({
          key: 'ab_response_style_testing',
          flag: { enabled: false, killed: false, ramp_percent: 100 },
          settings: expect.objectContaining({ holdoutPercent: 0 }),
        }),
      ]),
    });
  });
});

describe('the summary', () => {
  it('counts actions and webhook requests by state', async () => {
    const { body } = await product.admin.get('/admin/summary').expect(200);
    expect(body).toMatchObject({
      effects_by_state: { pending: 1 },
      deliveries_24h_by_state: { processed: 1 },
    });
  });
});
