import { describe, expect, it, jest } from '@jest/globals';
import {
  type CrmCall,
  CrmCredentials,
  CrmEndpoint,
  CrmTelemetry,
  LIVE_CRM_URL,
  planCrmEndpoint,
  readSandboxToken,
} from './crm-connection.js';
import { readConfiguration } from '../config/configuration.js';
import { LocationSettings } from '../settings/location-settings.js';

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

function settingsOf(environment: Readonly<Record<string, string>>): LocationSettings {
  return new LocationSettings(readConfiguration(environment));
}

describe('CrmCredentials', () => {
  it('serves every location with one token when no location is named', async () => {
    const settings = settingsOf({ GHL_ACCESS_TOKEN: 'pit-1' });
    const credentials = new CrmCredentials(settings, { sandbox: false });
    expect(await credentials.find('loc-a')).toBe('pit-1');
    expect(await credentials.find('loc-b')).toBe('pit-1');
  });

  it('serves only the location that is named', async () => {
    const settings = settingsOf({ GHL_ACCESS_TOKEN: 'pit-1', GHL_LOCATION_ID: 'loc-a' });
    const credentials = new CrmCredentials(settings, { sandbox: false, locationId: 'loc-a' });
    expect(await credentials.find('loc-a')).toBe('pit-1');
    expect(await credentials.find('loc-b')).toBeUndefined();
    expect(await credentials.findAny()).toBe('pit-1');
  });

  it('serves nobody without a token', async () => {
    const credentials = new CrmCredentials(settingsOf({}), { sandbox: false });
    expect(await credentials.find('loc-a')).toBeUndefined();
    expect(await credentials.findAny()).toBeUndefined();
  });

  it('gives every location of the sandbox a token that names it', async () => {
    const credentials = new CrmCredentials(settingsOf({}), { madeUp: 's', sandbox: true });
    for (const locationId of ['loc-a', 'loc-b', 'Zürich ☂\n']) {
      const token = (await credentials.find(locationId)) ?? '';
      expect(token).toMatch(/^[\w.-]+$/);
      expect(readSandboxToken('s', token)).toBe(locationId);
    }
  });
});

describe('readSandboxToken', () => {
  it.each([
    ['the bare secret', 'secret', null],
    ['another secret', 'other', undefined],
    ['a secret that only begins alike', 'secretive', undefined],
    ['nothing', '', undefined],
  ])('reads %s', (_, token, expected) => {
    expect(readSandboxToken('secret', token)).toBe(expected);
  });
});

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
