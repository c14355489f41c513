import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Crm } from '../../crm/crm.port.js';
import { FakeClock } from '../../telemetry/testing/fake-clock.js';
import { CrmIndicator } from './crm.indicator.js';

describe('CrmIndicator', () => {
  const checkHealth = jest.fn<Crm['checkHealth']>();
  let clock: FakeClock;
  let indicator: CrmIndicator;

  beforeEach(() => {
    checkHealth.mockReset();
    clock = new FakeClock();
    indicator = new CrmIndicator({ checkHealth } as unknown as Crm, clock);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('is up when the CRM answers', async () => {
    checkHealth.mockResolvedValue({ ok: true, value: undefined });

    expect(await indicator.check()).toEqual({ status: 'up' });
  });

  it('is degraded with the kind of the failure, not with its message', async () => {
    checkHealth.mockResolvedValue({
      ok: false,
      failure: { kind: 'unauthorized', message: 'token abc' },
    });

    expect(await indicator.check()).toEqual({ status: 'degraded', reason: 'unauthorized' });
  });

  it('is degraded when the check itself throws', async () => {
    checkHealth.mockRejectedValue(new Error('bug'));

    expect(await indicator.check()).toEqual({ status: 'degraded', reason: 'failed' });
  });

  it('is degraded when the CRM hangs', async () => {
    jest.useFakeTimers();
    checkHealth.mockReturnValue(new Promise(() => undefined));

    const check = indicator.check();
    await jest.advanceTimersByTimeAsync(1_500);

    expect(await check).toEqual({ status: 'degraded', reason: 'timed_out' });
  });

  it('asks the CRM at most every 15 seconds, however many look', async () => {
    checkHealth.mockResolvedValue({ ok: true, value: undefined });

    await Promise.all([indicator.check(), indicator.check()]);
    clock.advance(14_999);
    await indicator.check();
    expect(checkHealth).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await indicator.check();
    expect(checkHealth).toHaveBeenCalledTimes(2);
  });
});
