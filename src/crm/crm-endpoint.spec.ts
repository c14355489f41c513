import { describe, expect, it } from '@jest/globals';
import { CrmEndpoint, LIVE_CRM_URL, planCrmEndpoint } from './crm-endpoint.js';

describe('planCrmEndpoint', () => {
  it('uses a configured base URL with the configured token', () => {
    const plan = planCrmEndpoint({
      baseUrl: 'https://crm.test/base/',
      accessToken: 'pit-1',
      production: true,
    });
    expect(plan).toEqual({ mode: 'custom', url: 'https://crm.test/base', accessToken: 'pit-1' });
  });

  it('uses the real CRM when there is a token', () => {
    const plan = planCrmEndpoint({ accessToken: 'pit-1', production: true });
    expect(plan).toEqual({ mode: 'live', url: LIVE_CRM_URL, accessToken: 'pit-1' });
  });

  it('uses the sandbox with a token of its own when nothing is configured', () => {
    const [one, two] = [
      planCrmEndpoint({ production: false }),
      planCrmEndpoint({ production: false }),
    ];
    expect(one.mode).toBe('sandbox');
    expect(one.accessToken).toMatch(/^sandbox-.{20,}/);
    expect(one.accessToken).not.toBe(two.accessToken);
  });

  it('refuses to run production on the sandbox', () => {
    expect(() => planCrmEndpoint({ production: true })).toThrow('GHL_ACCESS_TOKEN');
  });

  it.each([
    'http://127.0.0.1:4000',
    'http://localhost:4000',
    'http://[::1]:4000',
    'http://127.8.0.1',
  ])('makes a token up for a test double at %s', (baseUrl) => {
    expect(planCrmEndpoint({ baseUrl, production: false }).accessToken).toBeDefined();
    expect(planCrmEndpoint({ baseUrl, production: true }).accessToken).toBeUndefined();
  });

  it.each(['https://crm.test', 'http://127.0.0.1.evil.test', 'http://localhost.evil.test'])(
    'makes no token up for %s',
    (baseUrl) => {
      expect(planCrmEndpoint({ baseUrl, production: false })).toEqual({
        mode: 'custom',
        url: baseUrl,
      });
    },
  );
});

describe('CrmEndpoint', () => {
  it('knows whether it is this machine', () => {
    expect(new CrmEndpoint('http://127.0.0.1:1/x', 'sandbox').isLoopback).toBe(true);
    expect(new CrmEndpoint(LIVE_CRM_URL, 'live').isLoopback).toBe(false);
  });
});
