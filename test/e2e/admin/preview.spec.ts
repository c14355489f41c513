import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';

type Case = Readonly<Record<string, unknown>>;

function vectors<T = readonly Case[]>(name: string): T {
  const file = new URL(`../../fixtures/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

const HOT = { lead_score: 90, priority: 'high', lead_temperature: 'hot' };
const COLD = { lead_score: 40, priority: 'normal', lead_temperature: 'cold' };
const EVERY_FEATURE = {
  lead_source_attribution: true,
  adaptive_followup_timing: true,
  ab_response_style_testing: true,
  sla_handoff_thresholds: true,
  llm_reading: true,
};

let product: TestApp;

beforeAll(async () => {
  product = await startTestApp();
});
afterAll(() => product.close());

async function preview(body: object): Promise<Record<string, unknown>> {
  const { body: reply } = await product.admin.post('/admin/growth/preview').send(body).expect(200);
  return reply as Record<string, unknown>;
}

describe('the known answers', () => {
  it.each(vectors('buckets'))('assigns $contact_id from "$source" to $variant', async (known) => {
    const { contact_id, source, bucket, variant } = known;
    const { ab } = await preview({ contact_id, source, analysis: COLD });
    expect(ab).toEqual({ bucket, variant, segment: 'standard' });
  });

  it.each(vectors('adaptive-timing'))(
    'times a $priority $temperature lead of $lead_score, engagement $engagement_score_in',
    async ({ engagement_score_in, lead_score, priority, temperature, ...expected }) => {
      const { adaptive } = await preview({
        contact_id: 'c',
        source: 'zillow',
        analysis: { lead_score, priority, lead_temperature: temperature },
        follow_up: { engagement_score: engagement_score_in },
      });
      expect(adaptive).toEqual(expected);
    },
  );

  it.each(vectors('sla-handoff'))(
    'rates a $priority lead of $lead_score, bucket $timing_bucket, after $elapsed_processing_ms ms',
    async ({ lead_score, priority, timing_bucket, elapsed_processing_ms, ...expected }) => {
      const lead = {
        contact_id: 'c',
        source: '',
        analysis: { lead_score, priority },
        elapsed_ms: elapsed_processing_ms,
      };
      expect((await preview({ ...lead, follow_up: { timing_bucket } })).sla).toEqual(expected);
      if (timing_bucket === null) expect((await preview(lead)).sla).toEqual(expected);
    },
  );

  it.each(vectors('outcomes'))('reads "$status" as $outcome', async ({ status, outcome }) => {
    expect((await preview({ status })).outcome).toBe(outcome);
  });

  it.each(vectors<{ cases: readonly Case[] }>('text-facts').cases)(
    'reads the facts of "$text"',
    async ({ text, ...expected }) => {
      expect((await preview({ text })).facts).toMatchObject(expected);
    },
  );
});

describe('the gate', () => {
  it('says of every feature whether it applies, and why', async () => {
    const { features, events } = await preview({
      contact_id: 'c',
      source: 'zillow',
      analysis: HOT,
    });
    expect(features).toEqual(
      Object.fromEntries(
        Object.keys(EVERY_FEATURE).map((key) => [key, { enabled: false, reason: 'flag_disabled' }]),
      ),
    );
    expect(events).toContain('sla_handoff_thresholds:bypassed_flag_disabled');
  });

  it('takes flags for this call only', async () => {
    const lead = { contact_id: 'c', source: 'zillow', analysis: HOT, follow_up: {} };
    const on = await preview({ ...lead, flags: EVERY_FEATURE });
    expect(on).toMatchObject({
      features: { sla_handoff_thresholds: { enabled: true, reason: 'enabled' } },
      follow_up: { timing_bucket: 'immediate', recommended_delay_minutes: 5, needs_handoff: true },
      decision: {
        sla_handoff: { reason_code: 'sla_high_risk_contact_now' },
        response_style_experiment: { segment: 'hot_priority' },
        lead_source_attribution: { source: 'zillow', model: 'last_touch' },
      },
      actions: ['human_handoff'],
      tags: ['needs_handoff'],
    });
    expect(await preview(lead)).toMatchObject({ follow_up: {}, decision: {}, actions: [] });
  });

  it('names a feature among the flags that nobody knows', async () => {
    const { features } = await preview({ flags: { sla_handoff: true } });
    expect(features).toMatchObject({ sla_handoff: { enabled: false, reason: 'unknown_feature' } });
  });

  it('lets the handoff see the timing of the adaptive feature only when that is on', async () => {
    const engaged = { analysis: COLD, follow_up: { engagement_score: 95 } };
    expect((await preview(engaged)).sla).toMatchObject({ risk_level: 'low' });
    const adaptiveOn = { flags: { adaptive_followup_timing: true } };
    expect((await preview({ ...engaged, ...adaptiveOn })).sla).toMatchObject({
      risk_level: 'high',
    });
    expect((await preview({ analysis: HOT, ...adaptiveOn })).events).toContain(
      'adaptive_followup_timing:no_follow_up_payload',
    );
  });

  it('explains the timing of a lead without a follow-up from its analysis', async () => {
    const cold = { analysis: COLD, flags: { adaptive_followup_timing: true } };
    expect(await preview(cold)).toMatchObject({
      adaptive: { engagement_score: 40, timing_bucket: 'nurture', recommended_delay_minutes: 720 },
      sla: { risk_level: 'low' },
      follow_up: null,
    });
  });
});

describe('canary mode', () => {
  let canary: TestApp;
  beforeAll(async () => {
    canary = await startTestApp({
      env: { FF_GROWTH_CANARY_MODE_ENABLED: 'true', FF_GROWTH_CANARY_SOURCE: 'Facebook Ads' },
    });
  });
  afterAll(() => canary.close());

  it.each([
    ['facebook_ads', 'enabled'],
    ['zillow', 'canary_source_mismatch'],
    [' ', 'canary_source_missing'],
  ])('stays in force: the source "%s" is %s', async (source, reason) => {
    const { body } = await canary.admin
      .post('/admin/growth/preview')
      .send({ source, flags: EVERY_FEATURE });
    expect(body).toMatchObject({ features: { sla_handoff_thresholds: { reason } } });
  });
});

describe('a body that no lead could have', () => {
  it.each([[null], ['hot'], [[]], [{}], [{ lead_score: 'x' }], [{ lead_score: 1, priority: 'p' }]])(
    'counts the analysis %j as malformed',
    async (analysis) => {
      const reply = await preview({ contact_id: 'c', source: '', analysis, flags: EVERY_FEATURE });
      expect(reply).toMatchObject({ adaptive: null, sla: null, ab: { segment: null } });
      expect(reply['events']).toEqual(
        expect.arrayContaining([
          'lead_source_attribution:invalid_analysis_payload',
          'ab_response_style_testing:invalid_analysis_payload',
          'sla_handoff_thresholds:invalid_analysis_payload',
        ]),
      );
    },
  );

  it.each([['soon'], [[]], [5], [true]])(
    'counts the follow-up %j as malformed',
    async (followUp) => {
      const reply = await preview({ analysis: HOT, follow_up: followUp, flags: EVERY_FEATURE });
      expect(reply).toMatchObject({ adaptive: null, sla: { risk_level: 'high' }, follow_up: null });
      expect(reply['events']).toContain('adaptive_followup_timing:invalid_payload');
    },
  );

  it('answers an empty object and parts of the wrong kind', async () => {
    const strange = JSON.parse(
      '{"contact_id":{},"source":[],"location_id":7,"status":1,"text":{},"elapsed_ms":"x","flags":[true],"__proto__":{"analysis":1},"more":"\\u0000\\ud83d"}',
    ) as object;
    for (const body of [{}, strange]) {
      expect(await preview(body)).toMatchObject({
        outcome: 'unknown',
        facts: { budget_max: null, timeline: 'unknown', financing: 'unknown', areas: [] },
      });
    }
  });

  it.each([['[]'], ['"text"'], ['null']])('refuses %s, which is no object', async (body) => {
    await product.admin
      .post('/admin/growth/preview')
      .set('Content-Type', 'application/json')
      .send(body)
      .expect(400)
      .expect('Content-Type', /problem\+json/);
  });
});

interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

describe('the example in the API document', () => {
  it('works when it is pasted', async () => {
    const { body } = await product.http.get('/docs-json').expect(200);
    const { schemas } = (body as { components: { schemas: Record<string, Schema> } }).components;
    const exampleOf = ({ $ref, example, properties }: Schema): unknown => {
      if ($ref !== undefined) return exampleOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {});
      if (properties === undefined) return example;
      const entries = Object.entries(properties).map(([key, part]) => [key, exampleOf(part)]);
      return Object.fromEntries(entries);
    };
    const example = exampleOf({ $ref: 'PreviewRequest' });
    expect(await preview(example as object)).toMatchObject({
      features: {
        adaptive_followup_timing: { enabled: true },
        ab_response_style_testing: { enabled: false },
      },
      sla: { needs_handoff: true },
      outcome: 'converted',
      facts: { budget_max: 450_000, timeline: '1_month', financing: 'cash', areas: ['Frisco'] },
    });
  });
});

describe('access and consequences', () => {
  it('is for keys with the scope only', async () => {
    await product.http.post('/admin/growth/preview').send({}).expect(401);
  });

  it('counts and stores nothing', async () => {
    await preview({ contact_id: 'c', source: 's', analysis: HOT, flags: EVERY_FEATURE });
    const { body } = await product.http.get('/metrics').expect(200);
    expect(body).toMatchObject({
      runtime_metrics: { counters: { growth_feature_events_total: {} } },
    });
    for (const table of [
      'lead',
      'any_effect',
      'decision',
      'decided_delivery',
      'delivery',
    ] as const) {
      expect(await product.database.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });
});
