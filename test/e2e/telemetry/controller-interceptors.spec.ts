import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { INTERCEPTORS_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { AnalyzeLeadController } from '../../../src/analyze-lead/analyze-lead.controller.js';
import { EffectsController } from '../../../src/effects/effects.controller.js';
import { HealthController } from '../../../src/health/health.controller.js';
import { IntakeService } from '../../../src/intake/intake.service.js';
import { MetricsController } from '../../../src/metrics/metrics.controller.js';
import { TelemetryInterceptor } from '../../../src/telemetry/telemetry.interceptor.js';
import { Telemetry } from '../../../src/telemetry/telemetry.js';
import { WebhookController } from '../../../src/webhook/webhook.controller.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

const TEN_MINUTES_MS = 600_000;

function handlersOf(controller: Type): readonly object[] {
  const members = Object.getOwnPropertyDescriptors(controller.prototype as object);
  return Object.values<{ value?: unknown }>(members)
    .map(({ value }) => value)
    .filter((member): member is object => typeof member === 'function' && member !== controller)
    .filter((handler) => Reflect.hasMetadata(PATH_METADATA, handler));
}

function interceptorsOf(carrier: object): readonly unknown[] {
  return (Reflect.getMetadata(INTERCEPTORS_METADATA, carrier) ?? []) as readonly unknown[];
}

/** @returns what puts them back */
function removeInterceptors(controllers: readonly Type[]): () => void {
  const removed = controllers
    .flatMap((controller) => [controller, ...handlersOf(controller)])
    .map((carrier) => [carrier, interceptorsOf(carrier)] as const)
    .filter(([, interceptors]) => interceptors.length > 0);
  for (const [carrier] of removed) Reflect.deleteMetadata(INTERCEPTORS_METADATA, carrier);
  return () => {
    for (const [carrier, interceptors] of removed)
      Reflect.defineMetadata(INTERCEPTORS_METADATA, interceptors, carrier);
  };
}

function lead(id: string, writtenAgoMs = 0) {
  return {
    type: 'message.received',
    id,
    location_id: 'loc',
    contact_id: `contact of ${id}`,
    timestamp: new Date(Date.now() - writtenAgoMs).toISOString(),
    message: 'cash, $300k in Plano',
  };
}

/** Five requests that the webhook's controller handles. */
async function sendWebhooks(product: TestApp): Promise<void> {
  const inTime = await product.postSigned(lead('in-time')).expect(200);
  expect(inTime.body).toMatchObject({ status: 'processed', five_minute_compliant: true });
  const repeat = await product.postSigned(lead('in-time')).expect(200);
  expect(repeat.body).toMatchObject({ status: 'duplicate_ignored' });
  const late = await product.postSigned(lead('late', TEN_MINUTES_MS)).expect(200);
  expect(late.body).toMatchObject({ status: 'processed', five_minute_compliant: false });
  jest.spyOn(product.app.get(IntakeService), 'take').mockResolvedValueOnce({ status: 'failed' });
  const failed = await product.postSigned(lead('failed')).expect(200);
  expect(failed.body).toMatchObject({ status: 'acknowledged' });
  await product.postSigned('{"type":').expect(400);
}

/** Two for the controller of analyze-lead, one for that of effects. */
async function useApi({ admin }: TestApp): Promise<void> {
  await admin.post('/analyze-lead').send({ message: 'cash' }).expect(200);
  await admin.post('/analyze-lead').send({ message: 5 }).expect(400);
  await admin.get('/admin/effects').expect(200);
}

/** Four that no controller gets to see. */
async function getRefused({ admin, http }: TestApp): Promise<void> {
  await http.post('/webhook/ghl').set('X-GHL-Signature', 'N/A').send(lead('forged')).expect(403);
  await http.get('/admin/effects').expect(401);
  await admin.get('/admin/nowhere').expect(404);
  await admin.post('/analyze-lead').type('json').send('{"message":').expect(400);
}

async function probe({ http }: TestApp): Promise<void> {
  await http.get('/health').expect(200);
  await http.get('/metrics').expect(200);
}

function counted(product: TestApp) {
  const telemetry = product.app.get(Telemetry);
  const { counters, compliance } = telemetry.snapshot();
  return {
    requests: counters.requests_total,
    measured: counters.latency_ms_count,
    errors: counters.errors_total,
    duplicates: counters.duplicate_webhooks,
    late: counters.five_minute_violations,
    answered: compliance.status === 'no_data' ? 0 : compliance.total_responses,
    forged: counters.signature_failures,
    probes: Object.fromEntries(telemetry.probes()),
  };
}

describe('the controllers’ interceptors', () => {
  let product: TestApp;
  let putBack: () => void = () => undefined;

  async function start(without: readonly Type[] = []): Promise<void> {
    putBack = removeInterceptors(without);
    product = await startTestApp();
  }

  afterEach(async () => {
    putBack();
    await product.close();
  });

  const WEBHOOKS = { errors: 1, duplicates: 1, late: 1, answered: 2 };
  const NO_WEBHOOKS = { errors: 0, duplicates: 0, late: 0, answered: 0 };

  it.each([
    {
      name: 'none',
      without: [],
      counts: { ...WEBHOOKS, requests: 5 + 2 + 1 + 4, probes: { '/health': 1, '/metrics': 1 } },
    },
    {
      name: 'webhook and health',
      without: [WebhookController, HealthController],
      counts: { ...NO_WEBHOOKS, requests: 2 + 1 + 4, probes: { '/metrics': 1 } },
    },
    {
      name: 'analyze-lead and metrics',
      without: [AnalyzeLeadController, MetricsController],
      counts: { ...WEBHOOKS, requests: 5 + 1 + 4, probes: { '/health': 1 } },
    },
    {
      name: 'effects and webhook',
      without: [EffectsController, WebhookController],
      counts: { ...NO_WEBHOOKS, requests: 2 + 4, probes: { '/health': 1, '/metrics': 1 } },
    },
  ])('feed their own counters: without those of $name', async ({ without, counts }) => {
    await start(without);
    await sendWebhooks(product);
    await useApi(product);
    await getRefused(product);
    await probe(product);

    expect(counted(product)).toEqual({ ...counts, measured: counts.requests, forged: 1 });
  });

  it('stand over every route, exactly once', async () => {
    await start();
    const controllers = [...product.app.get(ModulesContainer).values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    const routes = controllers.flatMap(({ metatype }) =>
      handlersOf(metatype as Type).map((handler) => [
        ...interceptorsOf(metatype as Type),
        ...interceptorsOf(handler),
      ]),
    );

    expect(routes.length).toBeGreaterThan(20);
    for (const interceptors of routes) expect(interceptors).toEqual([TelemetryInterceptor]);
  });
});
