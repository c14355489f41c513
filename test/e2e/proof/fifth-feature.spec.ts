import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import type {
  GrowthFeature,
  GrowthProposal,
  LeadSnapshot,
} from '../../../src/growth/growth-feature.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact, sentTexts } from '../growth/support/crm-view.js';
import { armOf, readReport } from '../growth/support/experiment-view.js';
import { countedDuring } from '../growth/support/growth-counters.js';
import { message } from '../growth/support/lead-bodies.js';
import { lastDecisionOf } from '../growth/support/lead-view.js';
import { switchOn } from '../growth/support/rollout-in-force.js';

const KEY = 'weekend_greeting';
const VARIANTS = [
  { key: 'A', weight: 50 },
  { key: 'B', weight: 50 },
];
const GREETING = ' Enjoy your weekend!';

/** A feature that the product has never heard of. */
@Injectable()
class WeekendGreetingFeature implements GrowthFeature<{ readonly variants: typeof VARIANTS }> {
  readonly key = KEY;
  readonly description = 'Wishes a good weekend.';
  readonly defaults = { variants: VARIANTS };

  observe(): readonly string[] {
    return ['looked_at'];
  }

  propose({ reply, source }: LeadSnapshot): GrowthProposal {
    return {
      events: ['greeted'],
      decision: { [KEY]: { variant: 'B' } },
      tags: ['greeted'],
      ...(reply === null ? {} : { reply: `${reply}${GREETING}` }),
      exposure: { experiment: KEY, variant: 'B', segment: 'everybody', source, bucket: 50 },
    };
  }

  explain(): Readonly<Record<string, unknown>> {
    return { greeting: GREETING.trim() };
  }
}

@Module({ providers: [WeekendGreetingFeature], exports: [WeekendGreetingFeature] })
class WeekendGreetingModule {
  static readonly feature = WeekendGreetingFeature;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ extraFeatures: [WeekendGreetingModule] });
});

afterAll(() => app.close());

/** Each step goes on from where the one before left the application. */
describe('a feature that is defined here and nowhere else', () => {
  it('is off, listed and gated, as any other', async () => {
    const { body } = await app.admin.get('/admin/growth/features').expect(200);
    const { items: features } = body as { items: readonly { readonly key: string }[] };
    expect(features.map(({ key }) => key)).toEqual([
      'lead_source_attribution',
      'adaptive_followup_timing',
      'ab_response_style_testing',
      'sla_handoff_thresholds',
      'llm_reading',
      KEY,
    ]);
    expect(features.at(-1)).toEqual({
      key: KEY,
      description: 'Wishes a good weekend.',
      flag: { enabled: false, killed: false, ramp_percent: 100 },
      settings: { variants: VARIANTS },
    });

    const counted = await countedDuring(app, () => app.postSigned(message('early')).expect(200));
    expect(counted.feature_flag_blocked_total).toMatchObject({
      [KEY]: 1,
      [`${KEY}:flag_disabled`]: 1,
    });
    expect(counted.growth_feature_events_total).toMatchObject({
      [`${KEY}:looked_at`]: 1,
      [`${KEY}:bypassed_flag_disabled`]: 1,
    });
  });

  it('explains itself in the preview', async () => {
    const { body } = await app.admin
      .post('/admin/growth/preview')
      .send({
        contact_id: 'anybody',
        source: 'zillow',
        analysis: { lead_score: 90, priority: 'high', lead_temperature: 'hot' },
        flags: { [KEY]: true },
      })
      .expect(200);
    expect(body).toMatchObject({
      features: { [KEY]: { enabled: true, reason: 'enabled' } },
      greeting: 'Enjoy your weekend!',
      tags: ['greeted'],
    });
    expect((body as { events: readonly string[] }).events).toEqual(
      expect.arrayContaining([`${KEY}:looked_at`, `${KEY}:greeted`]),
    );
  });

  it('acts once its flag is on: decision, message, tag and counters', async () => {
    switchOn(app, KEY);
    const counted = await countedDuring(app, async () => {
      await app.postSigned(message('greeted', { source: 'Zillow' })).expect(200);
      await app.settle();
    });

    expect(counted.feature_flag_evaluations_total).toMatchObject({ [KEY]: 1 });
    expect(counted.feature_flag_enabled_total).toEqual({ [KEY]: 1 });
    expect(counted.growth_feature_events_total).toMatchObject({
      [`${KEY}:looked_at`]: 1,
      [`${KEY}:greeted`]: 1,
    });
    const { document } = await lastDecisionOf(app, 'greeted');
    expect(document).toMatchObject({
      [KEY]: { variant: 'B' },
      growth_verdicts: { [KEY]: { enabled: true, reason: 'enabled' } },
    });
    expect((await crmContact(app, 'greeted')).tags).toContain('greeted');
    const [text] = await sentTexts(app, 'greeted');
    expect(text?.endsWith(GREETING)).toBe(true);
  });

  it('is among the metrics’ flags and in their text form', async () => {
    const { body } = await app.http.get('/metrics').expect(200);
    expect(body).toMatchObject({ growth_rollout: { flags: { [KEY]: true } } });
    const { text } = await app.http.get('/metrics').set('Accept', 'text/plain').expect(200);
    expect(text).toContain(`{feature="${KEY}",event="greeted"} 1`);
  });

  it('is an experiment, because its settings hold variants', async () => {
    const { body } = await app.admin.get('/admin/experiments').expect(200);
    const { items } = body as { items: readonly { readonly experiment: string }[] };
    expect(items.find(({ experiment }) => experiment === KEY)).toMatchObject({
      current: true,
      exposures: 1,
    });
    expect(armOf(await readReport(app, 'none', KEY), 'B')).toMatchObject({ exposures: 1 });
  });
});
