import { EventEmitter } from 'node:events';
import type { ExecutionContext } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { lastValueFrom, of, throwError, type Observable } from 'rxjs';
import type { HandledDelivery } from './request-telemetry.js';
import { TelemetryInterceptor } from './telemetry.interceptor.js';
import { Telemetry } from './telemetry.js';
import { FakeClock } from './testing/fake-clock.js';

const REPLY = { status: 'a reply' };

class FakeResponse extends EventEmitter {
  statusCode = 200;
}

interface RequestParts {
  readonly arrivedAtMs?: number;
  readonly route?: { readonly path: string };
  readonly handled?: HandledDelivery;
}

describe('TelemetryInterceptor', () => {
  let telemetry: Telemetry;
  let response: FakeResponse;

  beforeEach(() => {
    telemetry = new Telemetry(new FakeClock());
    response = new FakeResponse();
  });

  const handle = (request: RequestParts, reply: Observable<unknown> = of(REPLY)) => {
    const http = { getRequest: () => request, getResponse: () => response };
    const context = { switchToHttp: () => http } as unknown as ExecutionContext;
    return lastValueFrom(
      new TelemetryInterceptor(telemetry).intercept(context, { handle: () => reply }),
    );
  };
  const counters = () => telemetry.snapshot().counters;

  it.each([
    [200, 0],
    [404, 0],
    [500, 1],
    [503, 1],
  ])('measures a reply of status %i from arrival to its end', async (status, errors) => {
    await handle({ arrivedAtMs: performance.now() - 1_000 });
    expect(counters()).toMatchObject({ requests_total: 0 });

    response.statusCode = status;
    response.emit('close');

    expect(counters()).toMatchObject({ requests_total: 1, errors_total: errors });
    expect(counters().latency_ms_sum).toBeGreaterThanOrEqual(1_000);
  });

  it.each<[HandledDelivery, object]>([
    [{ status: 'acknowledged' }, {}],
    [{ status: 'duplicate' }, { duplicate_webhooks: 1 }],
    [{ status: 'failed' }, { errors_total: 1 }],
    [{ status: 'processed', respondedAfterMs: 299_999 }, {}],
    [{ status: 'processed', respondedAfterMs: 300_000 }, { five_minute_violations: 1 }],
  ])('counts what became of a delivery: %j', async (handled, counted) => {
    const before = counters();

    await expect(handle({ arrivedAtMs: 0, handled })).resolves.toBe(REPLY);

    expect(counters()).toEqual({ ...before, ...counted });
    const { compliance } = telemetry.snapshot();
    expect(compliance.status === 'no_data').toBe(handled.status !== 'processed');
  });

  it('lets a fault through, and counts it by the status of its reply', async () => {
    const fault = new Error('a fault');

    await expect(
      handle(
        { arrivedAtMs: 0 },
        throwError(() => fault),
      ),
    ).rejects.toBe(fault);
    response.statusCode = 500;
    response.emit('close');

    expect(counters()).toMatchObject({ requests_total: 1, errors_total: 1 });
  });

  it('counts what is not measured as a probe of its route', async () => {
    await handle({ route: { path: '/health' } });
    await handle({ route: { path: '/health' } });
    await handle({ route: { path: '/metrics' } });
    response.emit('close');

    expect(telemetry.probes()).toEqual(
      new Map([
        ['/health', 2],
        ['/metrics', 1],
      ]),
    );
    expect(counters()).toMatchObject({ requests_total: 0 });
  });
});
