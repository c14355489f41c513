import { beforeEach, describe, expect, it } from '@jest/globals';
import { CrmTelemetry } from '../crm/crm-connection.js';
import { CrmObservation, Telemetry } from './telemetry.js';
import { FakeClock } from './testing/fake-clock.js';

describe('Telemetry', () => {
  let clock: FakeClock;
  let telemetry: Telemetry;

  beforeEach(() => {
    clock = new FakeClock();
    telemetry = new Telemetry(clock);
  });

  it('starts at zero with no compliance data', () => {
    const { counters, compliance, crmCallP95Ms } = telemetry.snapshot();

    expect(Object.values(counters).every((value) => value === 0)).toBe(true);
    expect(compliance).toEqual({ status: 'no_data' });
    expect(crmCallP95Ms).toBe(0);
  });

  it('counts each kind of event in its own counter', () => {
    telemetry.recordRequest(10, false);
    telemetry.recordRequest(20, true);
    telemetry.recordCrmCall(true, 100);
    telemetry.recordCrmCall(false, 300);
    telemetry.recordCrmCall(true, 100);
    telemetry.cacheHit();
    telemetry.cacheHit();
    telemetry.cacheHit();
    telemetry.cacheMiss();
    telemetry.signatureFailed();
    telemetry.signatureFailed();
    telemetry.duplicateWebhook();
    telemetry.recordLeadResponse(300_000);

    expect(telemetry.snapshot().counters).toMatchObject({
      requests_total: 2,
      errors_total: 1,
      latency_ms_sum: 30,
      latency_ms_count: 2,
      ghl_calls_total: 3,
      ghl_calls_failed: 1,
      cache_hits: 3,
      cache_misses: 1,
      signature_failures: 2,
      duplicate_webhooks: 1,
      five_minute_violations: 1,
    });
  });

  it('counts a fault inside deciding as an error, not as a request', () => {
    telemetry.decidingFailed();

    const { overall, windows } = telemetry.snapshot();
    expect([overall.errors_total, windows['1m'].errors_total]).toEqual([1, 1]);
    expect(overall.requests_total).toBe(0);
  });

  it('takes no answer in time for a violation', () => {
    telemetry.recordLeadResponse(299_999);

    expect(telemetry.snapshot().counters.five_minute_violations).toBe(0);
  });

  it.each([
    { afterMs: 0, shown: [1, 1, 1] },
    { afterMs: 61_000, shown: [0, 1, 1] },
    { afterMs: 301_000, shown: [0, 0, 1] },
    { afterMs: 86_400_000, shown: [0, 0, 0] },
  ])('after $afterMs ms a request shows in 1m, 5m, 24h as $shown', ({ afterMs, shown }) => {
    telemetry.recordRequest(10, false);
    telemetry.recordLeadResponse(400_000);
    clock.advance(afterMs);

    const { overall, windows } = telemetry.snapshot();

    expect(
      [windows['1m'], windows['5m'], windows['24h']].map((window) => window.requests_total),
    ).toEqual(shown);
    expect(
      [windows['1m'], windows['5m'], windows['24h']].map((window) => window.five_minute_violations),
    ).toEqual(shown);
    expect(overall.requests_total).toBe(1);
  });

  it('keeps the overall percentile when the windows have emptied', () => {
    for (let duration = 1; duration <= 100; duration += 1) telemetry.recordRequest(duration, false);
    clock.advance(2 * 86_400_000);

    const { counters, windows } = telemetry.snapshot();

    expect(Math.abs(counters.latency_ms_p95 - 95)).toBeLessThanOrEqual(1);
    expect(windows['24h'].latency_ms_p95).toBe(0);
  });
});

const CALL = {
  operation: 'getContact',
  locationId: null,
  status: 200,
  durationMs: 40,
  failure: null,
};

describe('CrmObservation', () => {
  let crm: CrmTelemetry;
  let telemetry: Telemetry;

  beforeEach(() => {
    crm = new CrmTelemetry({ log: () => undefined, warn: () => undefined });
    telemetry = new Telemetry(new FakeClock());
    new CrmObservation(crm, telemetry).onModuleInit();
  });

  it('counts calls, and apart those that failed', () => {
    crm.callFinished(CALL);
    crm.callFinished({ ...CALL, status: 429, failure: 'rate_limited' });

    expect(telemetry.snapshot().counters).toMatchObject({
      ghl_calls_total: 2,
      ghl_calls_failed: 1,
    });
    expect(telemetry.snapshot().crmCallP95Ms).toBeCloseTo(40, 0);
  });

  it('counts look-ups by whether the cache had them', () => {
    crm.fieldCacheRead(true);
    crm.fieldCacheRead(true);
    crm.fieldCacheRead(false);

    expect(telemetry.snapshot().counters).toMatchObject({ cache_hits: 2, cache_misses: 1 });
  });
});
