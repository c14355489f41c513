import { Global, Module, type INestApplication } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { App } from 'supertest/types.js';
import { Configuration } from '../config/configuration.js';
import { CrmTelemetry } from '../crm/crm-connection.js';
import { CrmModule } from '../crm/crm.module.js';
import { Crm } from '../crm/crm.port.js';
import { Database } from '../database/database.js';
import { ReloadedTables } from '../database/reloaded-tables.js';
import { EffectsStatusReadModel } from '../effects/effects-status.read-model.js';
import { EffectsModule } from '../effects/effects.module.js';
import { Readiness } from '../health/readiness.js';
import { Clock } from '../shared/clock.js';
import { GrowthCountersModule } from '../growth/counters/growth-counters.module.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import { MetricsModule } from './metrics.module.js';
import { RolloutReader } from '../growth/rollout/rollout-reader.js';

const away = (): Promise<never> => Promise.reject(new Error('away'));

/** What other modules of the application provide; here all of it is away. */
const SURROUNDINGS = [
  { provide: Clock, useValue: new FakeClock() },
  { provide: Database, useValue: { kysely: undefined } },
  { provide: ReloadedTables, useValue: { agesMs: () => new Map() } },
  {
    provide: RolloutReader,
    useValue: { read: () => ({ version: 0, flags: {}, writeback_toggles: {} }) },
  },
  { provide: Configuration, useValue: { metricsToken: 'token', production: true } },
];

@Global()
@Module({ providers: SURROUNDINGS, exports: SURROUNDINGS.map(({ provide }) => provide) })
class SurroundingsModule {}

const EFFECTS = { provide: EffectsStatusReadModel, useValue: { read: away } };

const CRM = [
  { provide: CrmTelemetry, useValue: new CrmTelemetry() },
  { provide: Crm, useValue: { checkHealth: away } },
];

@Module({ providers: CRM, exports: CRM.map(({ provide }) => provide) })
class CrmAwayModule {}

@Module({ providers: [EFFECTS], exports: [EffectsStatusReadModel] })
class EffectsAwayModule {}

describe('MetricsModule', () => {
  it('answers every route although nothing it asks does', async () => {
    const module = await Test.createTestingModule({
      imports: [SurroundingsModule, TelemetryModule, GrowthCountersModule, MetricsModule],
    })
      .overrideModule(CrmModule)
      .useModule(CrmAwayModule)
      .overrideModule(EffectsModule)
      .useModule(EffectsAwayModule)
      .compile();
    const app: INestApplication<App> = module.createNestApplication({ logger: false });
    await app.init();
    const server = app.getHttpServer();
    const authorized = (path: string): request.Test =>
      request(server).get(path).set('Authorization', 'Bearer token');

    await request(server)
      .get('/metrics')
      .expect(401)
      .expect('WWW-Authenticate', /^Bearer/);
    await request(server).get('/performance').expect(401);
    await authorized('/metrics').expect(200);
    const performance = await authorized('/performance').expect(200);
    const health = await request(server).get('/health').expect(503);

    expect(performance.body).toMatchObject({
      system_health: { status: 'unhealthy', ghl_connected: false, database_connected: false },
    });
    expect(health.body).toMatchObject({
      checks: { database: { status: 'down', reason: 'failed' } },
    });
    await app.close();
    expect(app.get(Readiness).state).toBe('draining');
  });
});
