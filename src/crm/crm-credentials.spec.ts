import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from '../config/configuration.js';
import { LocationSettings } from '../settings/location-settings.js';
import { CrmCredentials, readSandboxToken } from './crm-credentials.js';

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
