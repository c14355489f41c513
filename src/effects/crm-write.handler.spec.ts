import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Announce, Crm, CrmFailure } from '../crm/crm.port.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import { AnnouncedCalls } from './announced-calls.js';
import type { AnnouncementRepository } from './announcement.repository.js';
import { CrmRecords } from './crm-records.js';
import { CrmWriteHandler } from './crm-write.handler.js';
import type { EffectPayload } from './effect.js';
import type { EffectState } from './effect.tables.js';
import { EffectRegistry } from './effect-registry.js';
import { LaneRunner } from './lane-runner.js';
import { SAMPLE_AT, sampleEffect, sampleLane } from './testing/sample-effects.js';

const PAYLOADS = {
  create_task: {
    kind: 'create_task',
    title: 'Call',
    body: 'hot',
    dueAt: SAMPLE_AT.toISOString(),
    assignedTo: 'user-a',
  },
  add_note: { kind: 'add_note', body: 'x' },
  add_tags: { kind: 'add_tags', tags: ['x'] },
} as const satisfies Record<string, EffectPayload>;

/** More rounds than any effect gets. */
const ROUNDS = 60;

/** Repeats an effect that the CRM never answers well. @returns how often, and how it ended */
async function repeat(payload: EffectPayload, failure: CrmFailure) {
  let tries = 0;
  const fail = () => {
    tries += 1;
    return Promise.resolve({ ok: false, failure } as const);
  };
  const announced = async (_location: string, _record: unknown, announce: Announce) => {
    await announce();
    return fail();
  };
  const nothing = () => Promise.resolve({ ok: true, value: undefined } as const);
  const crm = {
    createTask: announced,
    addNote: announced,
    findTask: nothing,
    findNote: nothing,
    addContactTags: fail,
  } as Partial<Crm> as Crm;
  const lanes = {
    announce: (all) => Promise.resolve(new Set(all)),
    remoteIdsOf: () => Promise.resolve(new Set<string>()),
  } as Partial<AnnouncementRepository> as AnnouncementRepository;
  const clock = new FakeClock(SAMPLE_AT);
  const registry = new EffectRegistry();
  registry.register(
    new CrmWriteHandler(crm, new CrmRecords(crm, new AnnouncedCalls(lanes, clock))),
  );
  const runner = new LaneRunner(registry, clock);
  let effect = sampleEffect(1, { payload });
  let state: EffectState = 'pending';
  while ((state === 'pending' || state === 'sending') && tries < ROUNDS) {
    const { effects } = await runner.run(sampleLane([effect]), () => false);
    const [progress] = effects;
    if (progress === undefined) throw new Error('the effect was not tried');
    const { attempts, firstFailedAt, doubt, unsent } = progress;
    ({ state } = progress);
    const sends = state === 'sending' && !unsent ? tries : 0;
    effect = { ...effect, attempts, firstFailedAt, doubt, sends };
    if (state === 'sending')
      effect = { ...effect, state, startedAt: effect.startedAt ?? SAMPLE_AT };
    clock.advance(state === 'sending' ? 45_000 : 0);
  }
  return { tries, state };
}

const failed = (changes: Partial<CrmFailure>): CrmFailure => ({
  kind: 'unknown_outcome',
  message: 'no',
  ...changes,
});

beforeAll(() => Logger.overrideLogger(false));

describe('a write that fails again and again', () => {
  it.each(['create_task', 'add_note', 'add_tags'] as const)(
    'is tried forty times when it is %s and the CRM answers 500',
    async (kind) => {
      const outcome = await repeat(PAYLOADS[kind], failed({ status: 500 }));
      expect(outcome).toEqual({ tries: 40, state: 'dead' });
    },
  );

  it.each(['create_task', 'add_note'] as const)(
    'is tried five times when it is %s and no answer says whether a copy was left',
    async (kind) => {
      expect(await repeat(PAYLOADS[kind], failed({}))).toEqual({ tries: 5, state: 'uncertain' });
    },
  );

  it('is not given up for silence where repeating does no harm', async () => {
    const outcome = await repeat(PAYLOADS.add_tags, failed({}));
    expect(outcome).toEqual({ tries: ROUNDS, state: 'pending' });
  });

  it.each([502, 503, 504])('is not given up while something else answers %i', async (status) => {
    const outcome = await repeat(PAYLOADS.create_task, failed({ status }));
    expect(outcome).toEqual({ tries: ROUNDS, state: 'pending' });
  });

  it.each([
    ['not_found', 404],
    ['rejected', 422],
    ['unauthorized', 401],
  ] as const)('is not repeated after %s', async (kind, status) => {
    const outcome = await repeat(PAYLOADS.create_task, failed({ kind, status }));
    expect(outcome).toEqual({ tries: 1, state: 'dead' });
  });
});
