import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { OutcomeMappings } from '../../../src/conversions/mappings/outcome-mappings.js';
import { readChange } from '../../../src/conversions/read-change.js';
import { LocationSettings } from '../../../src/settings/location-settings.js';
import { settingsWith } from '../../../src/settings/testing/sample-settings.js';
import { ConversionsModule } from '../../../src/conversions/conversions.module.js';
import { sampleChange, sampleSignal } from '../../../src/conversions/testing/sample-change.js';
import { DatabaseModule } from '../../../src/database/database.module.js';
import { Database } from '../../../src/database/database.js';
import { EffectsModule } from '../../../src/effects/effects.module.js';
import { ApiKeyGuard } from '../../../src/http/api-keys/api-key.guard.js';
import { ApiKeysModule } from '../../../src/http/api-keys/api-keys.module.js';
import { ApiKeys } from '../../../src/http/api-keys/api-keys.service.js';
import { ProblemFilter } from '../../../src/http/problem.filter.js';
import { createValidationPipe } from '../../../src/http/validation-pipe.js';
import { ClockModule } from '../../../src/shared/clock.module.js';
import { Telemetry } from '../../../src/telemetry/telemetry.js';
import { OutboxModule } from '../../support/outbox.module.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

Logger.overrideLogger(false);

const PATH = '/admin/outcome-mappings';
/** Keys are named after what they may do. */
const SCOPES = new Map([
  ['reader', new Set(['admin:read'])],
  ['writer', new Set(['admin:read', 'admin:write'])],
]);
const keys = { findScopes: (key: string) => Promise.resolve(SCOPES.get(key)) };

@Module({
  providers: [{ provide: ApiKeys, useValue: keys }, ApiKeyGuard],
  exports: [ApiKeys, ApiKeyGuard],
})
class FakeKeysModule {}

/** What the whole application knows. */
@Module({
  providers: [{ provide: LocationSettings, useValue: settingsWith() }, Telemetry],
  exports: [LocationSettings, Telemetry],
})
class SharedModule {}

async function startReplica(databaseUrl: string): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({
    imports: [
      ClockModule,
      DatabaseModule.forRoot({ databaseUrl, dataDir: '', poolSize: 3 }),
      { module: SharedModule, global: true },
      ConversionsModule,
    ],
  })
    .overrideModule(ApiKeysModule)
    .useModule(FakeKeysModule)
    .overrideModule(EffectsModule)
    .useModule(OutboxModule)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ logger: false });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(createValidationPipe());
  return app.init();
}

let testDatabase: TestDatabase;
let app: NestExpressApplication;
let otherReplica: NestExpressApplication;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  app = await startReplica(testDatabase.url);
  otherReplica = await startReplica(testDatabase.url);
});

afterAll(async () => {
  await app.close();
  await otherReplica.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await put([
    { status: 'contract signed', outcome: null },
    { status: 'contract signed', outcome: null, location_id: 'loc-1' },
  ]).expect(200);
  await app.get(Database).pool.query('truncate outcome_mapping, unmapped_status');
});

const put = (mappings: unknown, key = 'writer') =>
  request(app.getHttpServer()).put(PATH).set('Authorization', `Bearer ${key}`).send({ mappings });
const get = (path = '', key = 'reader') =>
  request(app.getHttpServer())
    .get(PATH + path)
    .set('Authorization', `Bearer ${key}`);

/** What a replica reads from a status, in a location. */
function outcomeIn(replica: NestExpressApplication, status: string, locationId: string) {
  const change = sampleChange({ locationId, signals: [sampleSignal(status)] });
  return readChange(change, replica.get(OutcomeMappings).forLocation(locationId)).outcome;
}

describe('PUT /admin/outcome-mappings', () => {
  it('is in force when it answers, for every location, and tells all mappings', async () => {
    const { body } = await put([{ status: 'Contract Signed', outcome: 'converted' }]).expect(200);
    expect(body).toEqual({
      items: [
        {
          status: 'contract signed',
          outcome: 'converted',
          location_id: '*',
          updated_at: expect.any(String),
        },
      ],
      next_cursor: null,
    });
    expect(outcomeIn(app, 'CONTRACT-SIGNED', 'loc-1')).toBe('converted');
    expect((await get().expect(200)).body).toEqual(body);
  });

  it('reaches the other replicas', async () => {
    await put([{ status: 'Contract Signed', outcome: 'lost' }]).expect(200);
    await until(() => outcomeIn(otherReplica, 'contract signed', 'loc-9') === 'lost');
    await put([{ status: 'Contract Signed', outcome: null }]).expect(200);
    await until(() => outcomeIn(otherReplica, 'contract signed', 'loc-9') === 'unknown');
  });

  it('lets a location have its own meaning over that of all', async () => {
    await put([
      { status: 'Contract Signed', outcome: 'converted' },
      { status: 'Contract Signed', outcome: 'active', location_id: 'loc-1' },
    ]).expect(200);
    expect(outcomeIn(app, 'contract signed', 'loc-1')).toBe('active');
    expect(outcomeIn(app, 'contract signed', 'loc-2')).toBe('converted');
    await put([{ status: 'contract signed', outcome: null, location_id: 'loc-1' }]).expect(200);
    expect(outcomeIn(app, 'contract signed', 'loc-1')).toBe('converted');
  });

  it.each<[string, unknown, string]>([
    ['an outcome that does not exist', [{ status: 'x', outcome: 'won' }], 'mappings.0.outcome'],
    ['an outcome left out', [{ status: 'x' }], 'mappings.0.outcome'],
    ['a status that is no text', [{ status: 7, outcome: 'lost' }], 'mappings.0.status'],
    ['a status without letters', [{ status: '!!!', outcome: 'lost' }], 'mappings.0.status'],
    [
      'a status that is too long',
      [{ status: 'x'.repeat(257), outcome: 'lost' }],
      'mappings.0.status',
    ],
    [
      'one status twice',
      [
        { status: 'A b', outcome: 'lost' },
        { status: 'a-B', outcome: 'active' },
      ],
      'mappings.1.status',
    ],
    [
      'a location that cannot be',
      [{ status: 'x', outcome: 'lost', location_id: 'a\0b' }],
      'mappings.0.location_id',
    ],
    ['a field too many', [{ status: 'x', outcome: 'lost', note: 1 }], 'mappings.0.note'],
    ['none', [], 'mappings'],
    ['no list', 'x', 'mappings'],
  ])('refuses %s', async (_what, mappings, field) => {
    const { body } = await put(mappings).expect(400);
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect((await get()).body).toEqual({ items: [], next_cursor: null });
  });

  it('asks for the right to write', async () => {
    await put([{ status: 'x', outcome: 'lost' }], 'reader').expect(403);
    await put([{ status: 'x', outcome: 'lost' }], 'nobody').expect(401);
  });
});

describe('GET /admin/outcome-mappings/unmapped', () => {
  beforeEach(async () => {
    await app.get(Database).pool.query(`
      insert into unmapped_status values
        ('loc-1', 'banana', 'status', 'Banana', 3, '2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z'),
        ('loc-2', 'banana', 'stage', 'banana!', 1, '2026-03-03T10:00:00Z', '2026-03-03T10:00:00Z')`);
  });

  it('lists what was seen, the latest first, and can be narrowed', async () => {
    const { body } = await get('/unmapped').expect(200);
    expect(body.items).toEqual([
      expect.objectContaining({ location_id: 'loc-2', status: 'banana!' }),
      {
        status: 'Banana',
        field: 'status',
        location_id: 'loc-1',
        seen_count: 3,
        first_seen: '2026-03-01T10:00:00.000Z',
        last_seen: '2026-03-02T10:00:00.000Z',
      },
    ]);
    expect((await get('/unmapped?location_id=loc-1')).body.items).toHaveLength(1);
    expect((await get('/unmapped?limit=1')).body.items).toHaveLength(1);
    await get('/unmapped?limit=0').expect(400);
  });

  it('forgets a status once it has a meaning, in its location or in all', async () => {
    await put([{ status: 'Banana', outcome: 'unknown', location_id: 'loc-1' }]).expect(200);
    expect((await get('/unmapped')).body.items).toHaveLength(1);
    await put([{ status: 'Banana', outcome: 'lost' }]).expect(200);
    expect((await get('/unmapped')).body.items).toEqual([]);
  });
});
