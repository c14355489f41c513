import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ConfigurationModule } from '../../../src/config/config.module.js';
import { readConfiguration } from '../../../src/config/configuration.js';
import { Database } from '../../../src/database/database.js';
import { Transactions } from '../../../src/database/transactions.js';
import { EffectsModule } from '../../../src/effects/effects.module.js';
import { HandoffsModule } from '../../../src/handoffs/handoffs.module.js';
import { SAMPLE_OPTIONS } from '../../../src/handoffs/testing/sample-handoffs.js';
import { ApiKeys } from '../../../src/http/api-keys/api-keys.service.js';
import { ApiKeysModule } from '../../../src/http/api-keys/api-keys.module.js';
import { useBodyParsers } from '../../../src/http/body-parsers.js';
import { ProblemFilter } from '../../../src/http/problem.filter.js';
import { createValidationPipe } from '../../../src/http/validation-pipe.js';
import { Clock } from '../../../src/shared/clock.js';
import { GrowthCounterRepository } from '../../../src/growth/counters/growth-counter.repository.js';
import { LocationSettings } from '../../../src/settings/location-settings.js';
import { settingsWith } from '../../../src/settings/testing/sample-settings.js';
import { Telemetry } from '../../../src/telemetry/telemetry.js';
import { FakeClock } from '../../../src/telemetry/testing/fake-clock.js';
import { OutboxModule } from '../../support/outbox.module.js';
import { createHandoffDatabase, type HandoffDatabase } from './handoff-database.js';

const ADMIN_KEY = 'admin-key-of-the-handoff-specs-0123456789';

async function createHandoffsApp(db: HandoffDatabase, clock: Clock) {
  const shared = [
    { provide: Database, useValue: db.database },
    { provide: Transactions, useValue: db.transactions },
    { provide: Clock, useValue: clock },
    Telemetry,
    { provide: GrowthCounterRepository, useValue: new GrowthCounterRepository(db.database, 0) },
    { provide: LocationSettings, useValue: settingsWith({ handoff: SAMPLE_OPTIONS }) },
  ];
  @Module({})
  class SharedModule {}
  const module = await Test.createTestingModule({
    imports: [
      { module: SharedModule, global: true, providers: shared, exports: shared },
      ConfigurationModule.forRoot(readConfiguration({ ADMIN_API_KEY: ADMIN_KEY })),
      ApiKeysModule,
      HandoffsModule,
    ],
  })
    .overrideModule(EffectsModule)
    .useModule(OutboxModule)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({
    bodyParser: false,
    logger: false,
  });
  useBodyParsers(app);
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  return app.init();
}

describe('/admin/handoffs', () => {
  let db: HandoffDatabase;
  let app: NestExpressApplication;
  const clock = new FakeClock(new Date('2026-03-02T15:03:00.000Z'));

  beforeAll(async () => {
    db = await createHandoffDatabase();
    app = await createHandoffsApp(db, clock);
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });
  beforeEach(() => db.clear());

  const as = (test: request.Test, key = ADMIN_KEY) => test.set('Authorization', `Bearer ${key}`);
  const get = (path: string) => as(request(app.getHttpServer()).get(`/admin/handoffs${path}`));
  const post = (path: string) => as(request(app.getHttpServer()).post(`/admin/handoffs${path}`));
  const listed = async (query: string): Promise<unknown[]> => {
    const { body } = await get(query).expect(200);
    return (body as { items: { contact_id: string }[] }).items.map((one) => one.contact_id);
  };
  const problem = (status: number, detail: string) => expect.objectContaining({ status, detail });
  const read = (reply: request.Response): unknown => JSON.parse(reply.text);

  it('shows one', async () => {
    const id = await db.open('contact-1');
    const { body } = await get(`/${id}`).expect(200);
    expect(body).toMatchObject({
      handoff_id: id,
      location_id: 'loc',
      contact_id: 'contact-1',
      state: 'open',
      breached: false,
      risk_level: 'high',
      assigned_to: 'user-a',
      opened_at: '2026-03-02T15:00:00.000Z',
      deadline_at: '2026-03-02T15:05:00.000Z',
      breached_at: null,
      acknowledged_at: null,
      summary: { missing: [], lead_score: 94.8 },
    });
  });

  it('acknowledges, again with the same answer, and then resolves', async () => {
    const id = await db.open('contact-1');
    const first = await post(`/${id}/acknowledge`).send({ by: 'dana' }).expect(200);
    expect(first.body).toMatchObject({
      state: 'acknowledged',
      acknowledged_by: 'dana',
      acknowledged_at: '2026-03-02T15:03:00.000Z',
    });
    const again = await post(`/${id}/acknowledge`).send({ by: 'somebody else' }).expect(200);
    expect(again.body).toEqual(first.body);

    const resolved = await post(`/${id}/resolve`).expect(200);
    expect(resolved.body).toMatchObject({
      state: 'resolved',
      acknowledged_by: 'dana',
      resolved_by: 'api',
    });
    await post(`/${id}/resolve`)
      .send({})
      .expect(200, resolved.body as object);
    const milestones = await db.kysely.selectFrom('lead_milestone').selectAll().execute();
    expect(milestones.map(({ kind, delivery_id }) => [kind, delivery_id]).sort()).toEqual([
      ['handoff_acknowledged', `admin:${id}`],
      ['handoff_opened', 'delivery-1'],
    ]);
  });

  it('takes the tags off once it is resolved, once', async () => {
    const id = await db.open('contact-1');
    await Promise.all([post(`/${id}/resolve`), post(`/${id}/resolve`), post(`/${id}/acknowledge`)]);
    const effects = await db.kysely.selectFrom('any_effect').selectAll().execute();
    expect(effects.map(({ payload }) => payload)).toEqual([
      { kind: 'remove_tags', tags: Object.values(SAMPLE_OPTIONS.tags) },
    ]);
  });

  it('refuses to acknowledge what is resolved', async () => {
    const id = await db.open('contact-1');
    await post(`/${id}/resolve`).expect(200);
    expect(read(await post(`/${id}/acknowledge`).expect(409))).toEqual(
      problem(409, `Handoff ${id} is resolved: it cannot be acknowledged any more`),
    );
  });

  it('says so when there is none of this number', async () => {
    const none = problem(404, 'There is no handoff of this number');
    expect(read(await get('/999999').expect(404))).toEqual(none);
    expect(read(await post('/999999/acknowledge').expect(404))).toEqual(none);
    expect(read(await post('/999999999999999/resolve').expect(404))).toEqual(none);
  });

  it('lists by what it is asked for, newest first', async () => {
    const [high, medium] = [
      await db.open('high'),
      await db.open('medium', { riskLevel: 'medium' }),
    ];
    await db.open('elsewhere', { locationId: 'loc-2', assignedTo: null });
    await db.open('yesterday', { openedAt: new Date('2026-03-01T15:00:00.000Z') });
    await post(`/${medium}/acknowledge`).expect(200);
    await db.inTransaction((trx) => db.handoffs.breach(trx, high, clock.now()));

    expect(await listed('')).toEqual(['yesterday', 'elsewhere', 'medium', 'high']);
    expect(await listed('?state=acknowledged')).toEqual(['medium']);
    expect(await listed('?breached=true')).toEqual(['high']);
    expect(await listed('?breached=false&state=open')).toEqual(['yesterday', 'elsewhere']);
    expect(await listed('?risk_level=medium')).toEqual(['medium']);
    expect(await listed('?location_id=loc-2')).toEqual(['elsewhere']);
    expect(await listed('?assigned_to=user-a&state=open')).toEqual(['yesterday', 'high']);
    expect(await listed('?to=2026-03-02')).toEqual(['yesterday']);
    expect(await listed('?from=2026-03-02T15:00:00Z&location_id=loc')).toEqual(['medium', 'high']);
  });

  it('pages without losing or repeating one', async () => {
    for (const contactId of ['a', 'b', 'c', 'd', 'e']) await db.open(contactId);
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null; pages += 1) {
      expect(pages).toBeLessThan(3);
      const { body } = await get(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`).expect(200);
      const page = body as { items: { contact_id: string }[]; next_cursor: string | null };
      seen.push(...page.items.map((one) => one.contact_id));
      cursor = page.next_cursor;
      await db.open(`meanwhile ${pages}`);
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it.each([
    ['?state=closed', 'state'],
    ['?state=open&state=resolved', 'state'],
    ['?breached=maybe', 'breached'],
    ['?risk_level=extreme', 'risk_level'],
    ['?location_id=%00', 'location_id'],
    ['?assigned_to=', 'assigned_to'],
    ['?from=soon', 'from'],
    ['?from=2026-W05', 'from'],
    ['?to=%2B275760-01-01T00:00:00Z', 'to'],
    ['?limit=0', 'limit'],
    ['?cursor=-1', 'cursor'],
    ['?cursor=1e99', 'cursor'],
    ['?unknown=1', 'unknown'],
    ['/abc', 'id'],
    ['/99999999999999999999', 'id'],
  ])('refuses %s and names the field', async (path, field) => {
    expect(read(await get(path).expect(400))).toMatchObject({ errors: [{ field }] });
  });

  it.each([[{ by: 5 }], [{ by: '' }], [{ by: 'x'.repeat(257) }], [{ by: '\0' }], [{ who: 'me' }]])(
    'refuses the body %j',
    async (body) => {
      const id = await db.open('contact-1');
      await post(`/${id}/acknowledge`).send(body).expect(400);
      expect((await get(`/${id}`)).body).toMatchObject({ state: 'open' });
    },
  );

  it('lets nobody in without the right key', async () => {
    const id = await db.open('contact-1');
    const server = app.getHttpServer();
    await request(server).get('/admin/handoffs').expect(401);
    await request(server).post(`/admin/handoffs/${id}/acknowledge`).expect(401);
    const reader = await app.get(ApiKeys).create('reader', ['admin:read']);
    await as(request(server).get('/admin/handoffs'), reader.text).expect(200);
    await as(request(server).post(`/admin/handoffs/${id}/resolve`), reader.text).expect(403);
  });
});
