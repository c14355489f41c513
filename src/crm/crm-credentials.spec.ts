import { describe, expect, it } from '@jest/globals';
import { CrmCredentials, readSandboxToken } from './crm-credentials.js';

describe('CrmCredentials', () => {
  it('serves every location with one token when no location is named', () => {
    const credentials = new CrmCredentials({ accessToken: 'pit-1', sandbox: false });
    expect(credentials.find('loc-a')).toBe('pit-1');
    expect(credentials.find('loc-b')).toBe('pit-1');
  });

  it('serves only the location that is named', () => {
    const credentials = new CrmCredentials({
      accessToken: 'pit-1',
      locationId: 'loc-a',
      sandbox: false,
    });
    expect(credentials.find('loc-a')).toBe('pit-1');
    expect(credentials.find('loc-b')).toBeUndefined();
  });

  it('serves nobody without a token, the sandbox included', () => {
    expect(new CrmCredentials({ sandbox: false }).find('loc-a')).toBeUndefined();
    expect(new CrmCredentials({ sandbox: true }).find('loc-a')).toBeUndefined();
  });

  it('gives every location of the sandbox a token that names it', () => {
    const credentials = new CrmCredentials({
      accessToken: 's',
      locationId: 'loc-a',
      sandbox: true,
    });
    for (const locationId of ['loc-a', 'loc-b', 'Zürich ☂\n']) {
      const token = credentials.find(locationId) ?? '';
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
