import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Logger, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../database/database.js';
import { CrmEndpoint } from './crm-endpoint.js';
import { Crm } from './crm.port.js';
import { CrmModule, type CrmModuleOptions } from './crm.module.js';
import { CrmRateLimiter } from './rate-limit/crm-rate-limiter.port.js';
import { FakeCrmRateLimiter } from './testing/fake-crm-rate-limiter.js';

@Global()
@Module({ providers: [{ provide: Database, useValue: {} }], exports: [Database] })
class NoDatabaseModule {}

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

async function boot(options: Partial<CrmModuleOptions> = {}): Promise<TestingModule> {
  const crmModule = CrmModule.forRoot({
    dataDir,
    rateLimitPer10s: 100,
    production: false,
    ...options,
  });
  app = await Test.createTestingModule({ imports: [NoDatabaseModule, crmModule] })
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
    const running = await boot({ baseUrl: 'http://127.0.0.1:9/', accessToken: 'pit-1' });
    expect(running.get(CrmEndpoint)).toEqual(new CrmEndpoint('http://127.0.0.1:9', 'custom'));
    expect(await running.get(Crm).getContact('loc-a', 'c1')).toMatchObject({
      failure: { kind: 'unreachable' },
    });
  });

  it('serves only the configured location with a real token', async () => {
    const running = await boot({
      baseUrl: 'http://127.0.0.1:9',
      accessToken: 'pit-1',
      locationId: 'loc-a',
    });
    expect(await running.get(Crm).getContact('loc-b', 'c1')).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
  });

  it('serves every location of a test double without a token', async () => {
    const running = await boot({ baseUrl: 'http://127.0.0.1:9', locationId: 'loc-a' });
    expect(await running.get(Crm).getContact('loc-b', 'c1')).toMatchObject({
      failure: { kind: 'unreachable' },
    });
  });

  it('calls nobody else without a token', async () => {
    const running = await boot({ baseUrl: 'https://crm.invalid' });
    expect(await running.get(Crm).getContact('loc-a', 'c1')).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
    expect(await running.get(Crm).checkHealth()).toMatchObject({
      failure: { kind: 'no_credentials' },
    });
  });

  it('refuses to be put together for production without a token', () => {
    expect(() => CrmModule.forRoot({ dataDir, rateLimitPer10s: 100, production: true })).toThrow(
      'GHL_ACCESS_TOKEN',
    );
  });
});
