import { type INestApplication } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { App } from 'supertest/types.js';
import { Clock } from '../shared/clock.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import { degraded, down, up, type CheckResult } from './check-result.js';
import { HealthChecks } from './health-checks.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import type { HealthIndicator } from './health-indicator.js';
import { CrmIndicator } from './indicators/crm.indicator.js';
import { DatabaseIndicator } from './indicators/database.indicator.js';
import { EffectsIndicator } from './indicators/effects.indicator.js';
import { RolloutIndicator } from './indicators/rollout.indicator.js';
import { Readiness } from './readiness.js';

class FakeIndicator implements HealthIndicator {
  result = up();

  check(): Promise<CheckResult> {
    return Promise.resolve(this.result);
  }
}

describe('the health routes', () => {
  let app: INestApplication<App>;
  let indicators: Record<'database' | 'crm' | 'effects' | 'rollout', FakeIndicator>;
  let telemetry: Telemetry;
  let readiness: Readiness;
  const clock = new FakeClock();

  beforeEach(async () => {
    indicators = {
      database: new FakeIndicator(),
      crm: new FakeIndicator(),
      effects: new FakeIndicator(),
      rollout: new FakeIndicator(),
    };
    telemetry = new Telemetry(clock);
    const module = await Test.createTestingModule({
      controllers: [HealthController],
      providers: [
        HealthChecks,
        HealthService,
        Readiness,
        { provide: Clock, useValue: clock },
        { provide: Telemetry, useValue: telemetry },
        { provide: DatabaseIndicator, useValue: indicators.database },
        { provide: CrmIndicator, useValue: indicators.crm },
        { provide: EffectsIndicator, useValue: indicators.effects },
        { provide: RolloutIndicator, useValue: indicators.rollout },
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    await app.init();
    readiness = app.get(Readiness);
  });

  afterEach(() => app.close());

  it('call a fresh server healthy', async () => {
    const reply = await request(app.getHttpServer()).get('/health').expect(200);

    expect(reply.body).toEqual({
      status: 'healthy',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      timestamp: clock.now().toISOString(),
      checks: {
        database: { status: 'up' },
        crm: { status: 'up' },
        effects: { status: 'up' },
        rollout: { status: 'up' },
      },
      performance: { avg_response_time_ms: 0, p95_response_time_ms: 0, five_minute_violations: 0 },
    });
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('tell how fast the service answers', async () => {
    telemetry.recordRequest(20, false);
    telemetry.recordLeadResponse(300_001);

    const { body } = await request(app.getHttpServer()).get('/health');

    expect(body).toMatchObject({
      performance: { avg_response_time_ms: 20, five_minute_violations: 1 },
    });
  });

  it.each([
    { failing: { crm: degraded('unauthorized') }, status: 'degraded', code: 200 },
    { failing: { effects: degraded('overdue') }, status: 'degraded', code: 200 },
    { failing: { rollout: degraded('failed') }, status: 'degraded', code: 200 },
    { failing: { database: down('timed_out') }, status: 'unhealthy', code: 503 },
    {
      failing: { database: down('failed'), crm: degraded('timed_out') },
      status: 'unhealthy',
      code: 503,
    },
  ])('are $status ($code) with $failing', async ({ failing, status, code }) => {
    for (const [name, result] of Object.entries(failing))
      indicators[name as keyof typeof indicators].result = result;

    const reply = await request(app.getHttpServer()).get('/health').expect(code);

    expect(reply.body).toMatchObject({ status, checks: failing });
  });

  it('are live whatever else is wrong', async () => {
    indicators.database.result = down('failed');

    await request(app.getHttpServer()).get('/health/live').expect(200, { status: 'live' });
  });

  describe('readiness', () => {
    it('is refused while starting', async () => {
      await request(app.getHttpServer()).get('/health/ready').expect(503, { status: 'starting' });
    });

    it('is given once ready', async () => {
      readiness.markReady();

      await request(app.getHttpServer()).get('/health/ready').expect(200, { status: 'ready' });
    });

    it('is refused without database', async () => {
      readiness.markReady();
      indicators.database.result = down('failed');

      await request(app.getHttpServer())
        .get('/health/ready')
        .expect(503, { status: 'no_database' });
    });

    it('does not depend on the CRM', async () => {
      readiness.markReady();
      indicators.crm.result = degraded('unreachable');

      await request(app.getHttpServer()).get('/health/ready').expect(200);
    });

    it('is refused while draining, and not given again', async () => {
      readiness.markReady();
      readiness.onModuleDestroy();
      readiness.markReady();

      await request(app.getHttpServer()).get('/health/ready').expect(503, { status: 'draining' });
    });
  });
});
