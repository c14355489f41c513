import { beforeEach, describe, expect, it } from '@jest/globals';
import { CrmTelemetry } from '../crm/crm-connection.js';
import { CrmObservation } from './crm-observation.js';
import { Telemetry } from './telemetry.js';
import { FakeClock } from './testing/fake-clock.js';

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
