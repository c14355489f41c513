import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { App } from 'supertest/types.js';
import { Configuration } from '../config/configuration.js';
import { degraded, up, type CheckResult } from '../health/check-result.js';
import { HealthChecks, type HealthChecksReading } from '../health/health-checks.js';
import { GrowthCounters, type GrowthCountersReading } from '../growth/counters/growth-counters.js';
import { groupByMetric } from '../growth/growth-ledger.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { PerformanceReadModel } from './performance.read-model.js';
import { RolloutReader, type GrowthRollout } from '../growth/rollout/rollout-reader.js';

const ROLLOUT: GrowthRollout = {
  version: 2,
  last_updated: '2026-03-02T14:00:00.000Z',
  canary_mode_enabled: true,
  canary_source: 'facebook_ads',
  flags: {
    lead_source_attribution: true,
    adaptive_followup_timing: false,
    ab_response_style_testing: false,
    sla_handoff_thresholds: false,
  },
  writeback_toggles: { lead_source: true, conversion_feedback: false },
};

const EMPTY_WINDOW = {
  requests_total: 0,
  errors_total: 0,
  latency_ms_sum: 0,
  latency_ms_count: 0,
  latency_ms_avg: 0,
  latency_ms_p95: 0,
  five_minute_violations: 0,
};

const COUNTS = groupByMetric([
  { metric: 'feature_flag_evaluations_total', key: 'timing', value: 9 },
  { metric: 'feature_flag_blocked_total', key: 'timing', value: 4 },
  { metric: 'feature_flag_blocked_total', key: 'timing:flag_disabled', value: 4 },
  { metric: 'growth_feature_events_total', key: 'timing:applied_standard', value: 5 },
]);

describe('the metrics routes', () => {
  const clock = new FakeClock();
  const readCounts = jest.fn<() => Promise<GrowthCountersReading>>();
  let app: INestApplication<App>;
  let telemetry: Telemetry;
  let crm: CheckResult;

  beforeEach(async () => {
    telemetry = new Telemetry(clock);
    crm = up();
    readCounts.mockResolvedValue({ counts: groupByMetric([]), stale: false, readAt: clock.now() });
    const health = (): Promise<HealthChecksReading> =>
      Promise.resolve({
        status: 'healthy',
        checks: { database: up(), crm, effects: up(), rollout: up() },
      });
    const module = await Test.createTestingModule({
      controllers: [MetricsController],
      providers: [
        MetricsReadModel,
        PerformanceReadModel,
        { provide: Telemetry, useValue: telemetry },
        { provide: GrowthCounters, useValue: { read: readCounts } },
        { provide: RolloutReader, useValue: { read: () => ROLLOUT } },
        { provide: HealthChecks, useValue: { read: health } },
        { provide: Configuration, useValue: { metricsToken: undefined, production: false } },
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    await app.init();
  });

  afterEach(() => app.close());

  const getText = async (accept: string): Promise<string> =>
    (await request(app.getHttpServer()).get('/metrics').set('Accept', accept).expect(200)).text;

  it('have every key of the document on a fresh server', async () => {
    const { body } = await request(app.getHttpServer()).get('/metrics').expect(200);

    expect(body).toEqual({
      runtime_metrics: {
        generated_at: clock.now().toISOString(),
        overall: EMPTY_WINDOW,
        windows: { '1m': EMPTY_WINDOW, '5m': EMPTY_WINDOW, '24h': EMPTY_WINDOW },
        counters: {
          requests_total: 0,
          errors_total: 0,
          latency_ms_sum: 0,
          latency_ms_count: 0,
          latency_ms_p95: 0,
          ghl_calls_total: 0,
          ghl_calls_failed: 0,
          cache_hits: 0,
          cache_misses: 0,
          signature_failures: 0,
          duplicate_webhooks: 0,
          five_minute_violations: 0,
          feature_flag_evaluations_total: {},
          feature_flag_enabled_total: {},
          feature_flag_blocked_total: {},
          growth_feature_events_total: {},
        },
        rates: { avg_response_ms: 0, ghl_success_rate: 1, cache_hit_rate: 0 },
      },
      five_minute_compliance: { status: 'no_data' },
      growth_rollout: ROLLOUT,
    });
  });

  it('derive the rates from the counters', async () => {
    telemetry.recordRequest(10, false);
    telemetry.recordRequest(20, false);
    for (const ok of [true, true, true, false]) telemetry.recordCrmCall(ok, 50);
    telemetry.cacheHit();
    telemetry.cacheMiss();

    const { body } = await request(app.getHttpServer()).get('/metrics');

    expect(body).toMatchObject({
      runtime_metrics: {
        rates: { avg_response_ms: 15, ghl_success_rate: 0.75, cache_hit_rate: 0.5 },
      },
    });
  });

  it.each([
    [new Date('2026-03-02T14:59:00.000Z'), '2026-03-02T14:59:00.000Z'],
    [null, null],
  ])('say since when the growth counters are stale: %s', async (readAt, shown) => {
    readCounts.mockResolvedValue({ counts: COUNTS, stale: true, readAt });

    const { body } = await request(app.getHttpServer()).get('/metrics').expect(200);

    expect(body).toMatchObject({
      runtime_metrics: {
        growth_counters_as_of: shown,
        counters: { feature_flag_evaluations_total: { timing: 9 } },
      },
    });
    expect(await getText('text/plain')).toContain('growthgate_growth_counters_stale 1\n');
  });

  const JSON_TYPE = /^application\/json/;
  const OPEN_METRICS_TYPE = /^application\/openmetrics-text;.*version=1\.0\.0/;
  const TEXT_TYPE = /^text\/plain;.*version=0\.0\.4/;

  it.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    ['application/json, text/plain, */*', JSON_TYPE],
    ['text/html', JSON_TYPE],
    ['application/openmetrics-text', OPEN_METRICS_TYPE],
    ['application/openmetrics-text; version=1.0.0; charset=utf-8', OPEN_METRICS_TYPE],
    ['text/plain', TEXT_TYPE],
    ['text/*', TEXT_TYPE],
    ['TEXT/PLAIN;version=0.0.4', TEXT_TYPE],
    ['application/json;q=0.1, text/plain;q=0.9', TEXT_TYPE],
    ['text/plain;q=0.1, application/json;q=0.9', JSON_TYPE],
    ['application/openmetrics-text;q=0, text/plain;q=0.2', TEXT_TYPE],
    [
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      OPEN_METRICS_TYPE,
    ],
  ])('answer Accept: %s with %s', async (accept, type) => {
    const get = request(app.getHttpServer()).get('/metrics');
    const reply = await (accept === undefined ? get : get.set('Accept', accept)).expect(200);

    expect(reply.headers['content-type']).toMatch(type);
    expect(reply.headers['vary']).toContain('Accept');
  });

  it('show the same numbers as text', async () => {
    telemetry.recordRequest(10, true);
    telemetry.recordCrmCall(false, 50);
    telemetry.signatureFailed();
    telemetry.recordLeadResponse(400_000);
    readCounts.mockResolvedValue({ counts: COUNTS, stale: false, readAt: clock.now() });

    const lines = (await getText('application/openmetrics-text')).split('\n');

    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE growthgate_requests counter',
        'growthgate_requests_total 1',
        'growthgate_errors_total 1',
        'growthgate_latency_ms_sum 10',
        'growthgate_latency_ms_count 1',
        'growthgate_ghl_calls_total 1',
        'growthgate_ghl_calls_failed_total 1',
        'growthgate_ghl_success_rate 0',
        'growthgate_signature_failures_total 1',
        'growthgate_five_minute_violations_total 1',
        'growthgate_window_requests{window="1m"} 1',
        'growthgate_window_requests{window="24h"} 1',
        'growthgate_feature_flag_evaluations_total{feature="timing"} 9',
        'growthgate_feature_flag_blocked_total{feature="timing",reason=""} 4',
        'growthgate_feature_flag_blocked_total{feature="timing",reason="flag_disabled"} 4',
        'growthgate_growth_feature_events_total{feature="timing",event="applied_standard"} 5',
        'growthgate_compliance_rate 0',
        'growthgate_growth_counters_stale 0',
        'growthgate_rollout_version 2',
        'growthgate_rollout_flag{feature="lead_source_attribution"} 1',
        'growthgate_rollout_flag{feature="adaptive_followup_timing"} 0',
        'growthgate_rollout_writeback{toggle="lead_source"} 1',
      ]),
    );
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
  });

  it('count those who look, by route, in the text alone', async () => {
    for (let look = 0; look < 2; look += 1)
      await request(app.getHttpServer()).get('/performance').expect(200);

    expect(await getText('text/plain')).toContain(
      'growthgate_probes_total{route="/performance"} 2\n',
    );
    expect(await getText('text/plain')).toContain('growthgate_probes_total{route="/metrics"} 2\n');
  });

  it('give every number of the counters a series', async () => {
    const { body } = await request(app.getHttpServer()).get('/metrics');
    const text = await getText('text/plain');

    const { counters } = (body as { runtime_metrics: { counters: Record<string, unknown> } })
      .runtime_metrics;
    for (const key of Object.keys(counters)) expect(text).toContain(`growthgate_${key}`);
  });

  it('escape a label that holds quotes and line ends', async () => {
    const counts = groupByMetric([
      { metric: 'growth_feature_events_total', key: 'timing:a"b\n', value: 1 },
    ]);
    readCounts.mockResolvedValue({ counts, stale: false, readAt: clock.now() });

    expect(await getText('text/plain')).toContain('event="a\\"b\\n"} 1');
  });

  it('report the performance of a fresh server', async () => {
    const { body } = await request(app.getHttpServer()).get('/performance').expect(200);

    expect(body).toEqual({
      five_minute_compliance: { status: 'no_data' },
      current_performance: {
        avg_response_time_ms: 0,
        p95_response_time_ms: 0,
        total_requests: 0,
        total_errors: 0,
        compliance_rate: 1,
        violations_24h: 0,
        ghl_success_rate: 1,
        webhook_duplicate_count: 0,
        signature_failures: 0,
        five_minute_violations_5m: 0,
      },
      system_health: {
        status: 'healthy',
        ghl_connected: true,
        database_connected: true,
        ghl_call_p95_ms: 0,
      },
    });
  });

  it('report performance as it was', async () => {
    telemetry.recordRequest(12, true);
    telemetry.recordLeadResponse(1_000);
    telemetry.recordLeadResponse(301_000);
    telemetry.duplicateWebhook();
    telemetry.signatureFailed();
    telemetry.recordCrmCall(true, 80);
    crm = degraded('unreachable');
    clock.advance(2 * 60_000);

    const { body } = await request(app.getHttpServer()).get('/performance');

    expect(body).toMatchObject({
      five_minute_compliance: { total_responses: 2, status: 'needs_attention' },
      current_performance: {
        avg_response_time_ms: 12,
        total_requests: 1,
        total_errors: 1,
        compliance_rate: 0.5,
        violations_24h: 1,
        webhook_duplicate_count: 1,
        signature_failures: 1,
        five_minute_violations_5m: 1,
      },
      system_health: { ghl_connected: false },
    });
  });

  it('are documented with their formats and refusals', () => {
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());

    const responses = paths['/metrics']?.get?.responses ?? {};
    expect(Object.keys(responses).sort()).toEqual(['200', '401', '403']);
    expect(Object.keys((responses['200'] as { content: object }).content)).toEqual([
      'application/json',
      'application/openmetrics-text',
      'text/plain',
    ]);
    expect(Object.keys(paths['/performance']?.get?.responses ?? {}).sort()).toEqual([
      '200',
      '401',
      '403',
    ]);
  });
});
