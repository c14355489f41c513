import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpCode,
  Module,
  Post,
  UseGuards,
  type INestApplication,
} from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { App } from 'supertest/types.js';
import { currentRequestContext } from './request-context.js';
import { Telemetry } from './telemetry.js';
import { FakeClock } from './testing/fake-clock.js';
import { useRequestTelemetry } from './use-request-telemetry.js';

class ClosedGuard {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Controller()
class ProbeController {
  @Post('webhook/ghl')
  @HttpCode(200)
  accept(@Body() body: unknown): unknown {
    return { body, ...currentRequestContext() };
  }

  @Post('admin/closed')
  @UseGuards(ClosedGuard)
  closed(): void {
    throw new Error('never reached');
  }

  @Get('admin/fault')
  fault(): void {
    throw new Error('a fault');
  }

  @Get('health')
  health(): string {
    return 'ok';
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

describe('useRequestTelemetry', () => {
  let app: INestApplication<App>;
  let telemetry: Telemetry;

  beforeEach(async () => {
    telemetry = new Telemetry(new FakeClock());
    const module = await Test.createTestingModule({
      imports: [ProbeModule],
      providers: [{ provide: Telemetry, useValue: telemetry }],
    }).compile();
    app = module.createNestApplication({ logger: false });
    useRequestTelemetry(app);
    await app.init();
  });

  afterEach(() => app.close());

  const counted = (): { requests: number; errors: number } => {
    const { requests_total: requests, errors_total: errors } = telemetry.snapshot().overall;
    return { requests, errors };
  };

  it('measures a request that is answered', async () => {
    await request(app.getHttpServer()).post('/webhook/ghl?source=x').send({ a: 1 }).expect(200);

    expect(counted()).toEqual({ requests: 1, errors: 0 });
    expect(telemetry.snapshot().overall.latency_ms_sum).toBeGreaterThan(0);
  });

  it('counts a guard rejection and a malformed body as requests, not as errors', async () => {
    await request(app.getHttpServer()).post('/admin/closed').expect(403);
    await request(app.getHttpServer()).post('/webhook/ghl').type('json').send('{"a":').expect(400);

    expect(counted()).toEqual({ requests: 2, errors: 0 });
  });

  it('counts a 5xx reply as an error', async () => {
    await request(app.getHttpServer()).get('/admin/fault').expect(500);

    expect(counted()).toEqual({ requests: 1, errors: 1 });
  });

  it.each(['/health', '/metrics', '/docs', '/administrator', '/'])(
    'leaves %s out',
    async (path) => {
      await request(app.getHttpServer()).get(path);

      expect(counted()).toEqual({ requests: 0, errors: 0 });
    },
  );

  it('takes a sane request id, echoes it and hands it to the work', async () => {
    const reply = await request(app.getHttpServer())
      .post('/webhook/ghl')
      .set('x-request-id', 'ghl-42')
      .send({});

    expect(reply.headers['x-request-id']).toBe('ghl-42');
    expect(reply.body).toMatchObject({ correlationId: 'ghl-42' });
  });

  it.each([['a b'], ['x'.repeat(129)], ['<script>']])(
    'replaces the request id "%s"',
    async (offered) => {
      const reply = await request(app.getHttpServer())
        .post('/webhook/ghl')
        .set('x-request-id', offered)
        .send({});

      expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(reply.body).toMatchObject({ correlationId: reply.headers['x-request-id'] });
    },
  );

  it('makes an id for a request that has none, also when it is refused', async () => {
    const reply = await request(app.getHttpServer()).post('/admin/closed');

    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
