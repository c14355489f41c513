import { get as httpGet } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpCode,
  Post,
  Req,
  UseGuards,
  UseInterceptors,
  type INestApplication,
} from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { App } from 'supertest/types.js';
import { useRequestTelemetry, type MeasuredRequest } from './request-telemetry.js';
import { currentRequestContext } from './structured-logger.js';
import { TelemetryInterceptor } from './telemetry.interceptor.js';
import { Telemetry } from './telemetry.js';
import { FakeClock } from './testing/fake-clock.js';

class ClosedGuard {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

class Signal {
  give: () => void = () => undefined;
  readonly given = new Promise<void>((resolve) => {
    this.give = resolve;
  });
}

/** Something that takes its time: entered, then held until it is let go. */
class Pause {
  readonly entered = new Signal();
  readonly letGo = new Signal();

  async hold(): Promise<void> {
    this.entered.give();
    await this.letGo.given;
  }
}

let pause: Pause;

class SlowGuard {
  async canActivate(): Promise<boolean> {
    await pause.hold();
    return true;
  }
}

@Controller()
@UseInterceptors(TelemetryInterceptor)
class ProbeController {
  readonly done = new Signal();

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

  @Get('webhook/slow')
  async slow(@Req() request: MeasuredRequest): Promise<void> {
    await pause.hold();
    request.handled = { status: 'duplicate' };
    this.done.give();
  }

  @Get('admin/slow-guard')
  @UseGuards(SlowGuard)
  afterSlowGuard(@Req() request: MeasuredRequest): void {
    request.handled = { status: 'duplicate' };
    this.done.give();
  }

  @Get('health')
  health(): string {
    return 'ok';
  }
}

@Controller('admin/uncounted')
class UncountedController {
  @Get()
  answer(): string {
    return 'ok';
  }

  @Get('fault')
  fault(): void {
    throw new Error('a fault');
  }
}

describe('useRequestTelemetry', () => {
  let app: INestApplication<App>;
  let telemetry: Telemetry;

  beforeEach(async () => {
    pause = new Pause();
    telemetry = new Telemetry(new FakeClock());
    const module = await Test.createTestingModule({
      controllers: [ProbeController, UncountedController],
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

  it.each([
    ['its guard thinks', '/admin/slow-guard'],
    ['its controller works', '/webhook/slow'],
  ])('counts a request once whose caller hangs up while %s', async (_case, path) => {
    await app.listen(0, '127.0.0.1');
    const call = httpGet(`${await app.getUrl()}${path}`).on('error', () => undefined);
    await pause.entered.given;

    call.destroy();
    while (counted().requests === 0) await nextTurn();
    pause.letGo.give();
    await app.get(ProbeController).done.given;
    await nextTurn();

    expect(counted()).toEqual({ requests: 1, errors: 0 });
    expect(telemetry.snapshot().counters.duplicate_webhooks).toBe(1);
  });

  it.each(['/admin/uncounted', '/admin/uncounted/fault'])(
    'does not take %s, whose controller counts nothing, for one that was refused',
    async (path) => {
      await request(app.getHttpServer()).get(path);

      expect(counted()).toEqual({ requests: 0, errors: 0 });
    },
  );

  it('counts a route that does not exist', async () => {
    await request(app.getHttpServer()).get('/admin/nowhere').expect(404);

    expect(counted()).toEqual({ requests: 1, errors: 0 });
  });

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
