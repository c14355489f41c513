import { Global, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { sql } from 'kysely';
import request from 'supertest';
import { Configuration } from '../../../src/config/configuration.js';
import { createPool } from '../../../src/database/connection-pool.js';
import { Database } from '../../../src/database/database.js';
import { Transactions } from '../../../src/database/transactions.js';
import { EffectsModule } from '../../../src/effects/effects.module.js';
import { ExperimentsModule } from '../../../src/experiments/experiments.module.js';
import { Exposures } from '../../../src/experiments/exposures/exposures.service.js';
import { GrowthModule } from '../../../src/growth/growth.module.js';
import { RolloutService } from '../../../src/growth/rollout/rollout.js';
import { ApiKeysModule } from '../../../src/http/api-keys/api-keys.module.js';
import { ProblemFilter } from '../../../src/http/problem.filter.js';
import { createValidationPipe } from '../../../src/http/validation-pipe.js';
import { Clock } from '../../../src/shared/clock.js';
import { Telemetry } from '../../../src/telemetry/telemetry.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { OutboxModule } from '../../support/outbox.module.js';
import { createTestDatabase } from '../../support/test-database.js';

export const EXPERIMENT = 'ab_response_style_testing';
export const NOW = new Date('2026-04-01T12:00:00.000Z');
const ADMIN_KEY = 'admin-key-of-the-tests-0123456789abcdef';

export interface ExperimentApp {
  readonly admin: ReturnType<typeof request.agent>;
  readonly anonymous: ReturnType<typeof request.agent>;
  readonly database: Database;
  readonly transactions: Transactions;
  readonly exposures: Exposures;
  readonly rollout: RolloutService;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The experiments' routes on a database of their own, at a time that stands still. */
export async function startExperimentApp(): Promise<ExperimentApp> {
  const testDatabase = await createTestDatabase();
  const pool = createPool(testDatabase.url, 8, () => undefined);
  const stop = () => Promise.resolve();
  const server = { url: testDatabase.url, place: 'test', isEmbedded: false, stop };
  const database = new Database(server, pool);
  const clock = new FakeClock(NOW);
  const surroundings = [
    { provide: Database, useValue: database },
    { provide: Transactions, useValue: new Transactions(database) },
    { provide: Clock, useValue: clock },
    { provide: Telemetry, useValue: new Telemetry(clock) },
    { provide: Configuration, useValue: { adminApiKey: ADMIN_KEY } },
  ];

  @Global()
  @Module({ providers: surroundings, exports: surroundings.map(({ provide }) => provide) })
  class SurroundingsModule {}

  const module = await Test.createTestingModule({
    imports: [SurroundingsModule, ApiKeysModule, GrowthModule.forFeatures(), ExperimentsModule],
  })
    .overrideModule(EffectsModule)
    .useModule(OutboxModule)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ logger: false });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    admin: request.agent(url).set('Authorization', `Bearer ${ADMIN_KEY}`),
    anonymous: request.agent(url),
    database,
    transactions: app.get(Transactions),
    exposures: app.get(Exposures),
    rollout: app.get(RolloutService),
    clear: async () => {
      await sql`truncate exposure, lead_milestone, handoff, experiment_plan`.execute(
        database.kysely,
      );
    },
    close: async () => {
      await app.close();
      await testDatabase.drop();
    },
  };
}
