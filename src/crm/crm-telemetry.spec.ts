import { describe, expect, it, jest } from '@jest/globals';
import { CrmTelemetry, type CrmCall } from './crm-telemetry.js';

const CALL: CrmCall = {
  operation: 'addNote',
  locationId: 'loc-a',
  status: 201,
  durationMs: 12.4,
  failure: null,
};

function setUp() {
  const log = jest.fn();
  const warn = jest.fn();
  return { telemetry: new CrmTelemetry({ log, warn }), log, warn };
}

describe('CrmTelemetry', () => {
  it('logs one line per call', () => {
    const { telemetry, log, warn } = setUp();
    telemetry.callFinished(CALL);
    expect(log.mock.calls).toEqual([
      [
        {
          event: 'crm.call',
          operation: 'addNote',
          status: 201,
          duration_ms: 12,
          location_id: 'loc-a',
        },
      ],
    ]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('warns of a failure and names its kind', () => {
    const { telemetry, log, warn } = setUp();
    telemetry.callFinished({ ...CALL, status: null, failure: 'unreachable' });
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ status: null, failure: 'unreachable' }),
    );
    expect(log).not.toHaveBeenCalled();
  });

  it('tells every observer', () => {
    const { telemetry } = setUp();
    const observer = { recordCrmCall: jest.fn(), recordFieldCacheRead: jest.fn() };
    telemetry.addObserver(observer);
    telemetry.callFinished(CALL);
    telemetry.fieldCacheRead(true);
    expect(observer.recordCrmCall).toHaveBeenCalledWith(CALL);
    expect(observer.recordFieldCacheRead).toHaveBeenCalledWith(true);
  });
});
