import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Configuration, readConfiguration } from '../config/configuration.js';
import { Database } from '../database/database.js';
import { CrmEndpoint, planCrmEndpoint } from './crm-connection.js';
import { Crm } from './crm.port.js';
import { CrmModule } from './crm.module.js';
import { LocationSettings } from '../settings/location-settings.js';
import { CrmRateLimiter } from './rate-limit/crm-rate-limiter.port.js';
import { FakeCrmRateLimiter } from './testing/fake-crm-rate-limiter.js';

let dataDir: string;
let app: TestingModule | undefined;

beforeAll(() => Logger.overrideLogger(false));

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'crm-module-'));
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  rmSync(dataDir, { recursive: true });
});

/** @param environment over one that needs nothing from outside */
async function boot(environment: Readonly<Record<string, string>> = {}): Promise<TestingModule> {
  const configuration = { ...readConfiguration({ DATA_DIR: dataDir, ...environment }) };
  const shared = [
    { provide: Configuration, useValue: configuration },
    { provide: LocationSettings, useValue: new LocationSettings(configuration) },
    { provide: Database, useValue: {} },
  ];
  @Module({})
  class SharedModule {}
  app = await Test.createTestingModule({
    imports: [
      {
        module: SharedModule,
        global: true,
        providers: shared,
        exports: shared.map(({ provide }) => provide),
      },
      CrmModule,
    ],
  })
    .overrideProvider(CrmRateLimiter)
    .useValue(new FakeCrmRateLimiter())
    .compile();
  return app.init();
}

describe('CrmModule', () => {
  it('brings its own sandbox, for every location, and remembers', async () => {
    const first = await boot();
    expect(first.get(CrmEndpoint)).toMatchObject({
      mode: 'sandbox',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    for (const locationId of ['loc-a', 'loc-b']) {
      const contactId = `contact-of-${locationId}`;
      const written = await first.get(Crm).addContactTags(locationId, contactId, ['seen']);
      expect(written.ok).toBe(true);
    }
    const { url } = first.get(CrmEndpoint);
    await first.close();
    await expect(fetch(url)).rejects.toThrow();
    const second = await boot();
    expect(await second.get(Crm).getContact('loc-a', 'contact-of-loc-a')).toMatchObject({
      ok: true,
      value: { tags: ['seen'] },
    });
  });

  it('talks to a configured CRM and starts no sandbox', async () => {
    const running = await boot({
      GHL_API_BASE_URL: 'http://127.0.0.1:9/',
      GHL_ACCESS_TOKEN: 'pit-1',
    });
    expect(running.get(CrmEndpoint)).toEqual(new CrmEndpoint('http://127.0.0.1:9', 'custom'));
    expect(await running.get(Crm).getContact('loc-a', 'c1')).toMatchObject({
      failure: { kind: 'unreachable' },
    });
  });

  it('serves only the configured location with a real token', async () => {
    const running = await boot({
      GHL_API_BASE_URL: 'http://127.0.0.1:9',
      GHL_ACCESS_TOKEN: 'pit-1',
      GHL_LOCATION_ID: 'loc-a',
    });
    expect(await running.get(Crm).getContact('loc-b', 'c1')).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
  });

  it('serves every location of a test double without a token', async () => {
    const running = await boot({
      GHL_API_BASE_URL: 'http://127.0.0.1:9',
      GHL_LOCATION_ID: 'loc-a',
    });
    expect(await running.get(Crm).getContact('loc-b', 'c1')).toMatchObject({
      failure: { kind: 'unreachable' },
    });
  });

  it('calls nobody else without a token', async () => {
    const running = await boot({ GHL_API_BASE_URL: 'https://crm.invalid' });
    expect(await running.get(Crm).getContact('loc-a', 'c1')).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
    expect(await running.get(Crm).checkHealth()).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
  });

  it('refuses to be put together for production without a token', () => {
    // The configuration refuses it earlier; this is the room's own door.
    expect(() => planCrmEndpoint({ production: true })).toThrow('GHL_ACCESS_TOKEN');
  });
});
