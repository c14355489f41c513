import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { CrmFailure, CrmResult, RecordSearch } from '../crm/crm.port.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import type { Announcement, AnnouncementRepository } from './announcement.repository.js';
import { AnnouncedCalls, type AnnouncedCall, type DoubtRules } from './announced-calls.js';
import type { StoredEffect } from './claimed-lane.js';
import { GIVE_UP_AFTER_MS } from './lane-timing.js';
import { SAMPLE_AT, sampleEffect, sampleLane } from './testing/sample-effects.js';

const RULES: DoubtRules = {
  lookForMs: { timed_out: 45_000, broken: 120_000 },
  repeatsTimedOut: false,
  trustsErrorStatus: false,
  maxCalls: 2,
};
const NOTHING: CrmResult<undefined> = { ok: true, value: undefined };
const failure = (changes: Partial<CrmFailure> = {}): CrmResult<never> => ({
  ok: false,
  failure: { kind: 'unknown_outcome', message: 'no', ...changes },
});

/** An effect whose call may have been carried out, some time ago. */
const doubted = (changes: Partial<StoredEffect> = {}): StoredEffect =>
  sampleEffect(1, { state: 'sending', startedAt: SAMPLE_AT, sends: 1, ...changes });

interface Script {
  readonly made?: CrmResult<string> | Error;
  readonly found?: CrmResult<string | undefined>;
  readonly rules?: Partial<DoubtRules>;
  readonly isMine?: boolean;
  readonly afterMs?: number;
  readonly announces?: boolean;
}

async function carryOut(effect: StoredEffect, script: Script = {}) {
  const { isMine = true, announces = true, afterMs = 0 } = script;
  const seen = { announced: [] as number[], searches: [] as RecordSearch[], made: 0 };
  const lanes: Pick<AnnouncementRepository, 'announce' | 'remoteIdsOf'> = {
    announce: (announcements) => {
      seen.announced.push(...announcements.map(({ effect }) => effect.sends));
      return Promise.resolve(new Set(isMine ? announcements : []));
    },
    remoteIdsOf: () => Promise.resolve(new Set(['other'])),
  };
  const clock = new FakeClock(new Date(SAMPLE_AT.getTime() + afterMs));
  const call: AnnouncedCall = {
    whenInDoubt: { ...RULES, ...script.rules },
    make: async (announce) => {
      if (announces && (await announce()) === undefined) return failure({ kind: 'withheld' });
      seen.made += 1;
      const { made = { ok: true, value: 'id' } } = script;
      if (made instanceof Error) throw made;
      return made;
    },
    find: (search) => {
      seen.searches.push(search);
      return Promise.resolve(script.found ?? NOTHING);
    },
  };
  const calls = new AnnouncedCalls(lanes as AnnouncementRepository, clock);
  return { disposition: await calls.carryOut(sampleLane([effect]), effect, call), ...seen };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a call that is announced', () => {
  it('is made, and what it left behind is kept', async () => {
    const { disposition, announced, searches } = await carryOut(sampleEffect(1));
    expect(disposition).toEqual({ kind: 'delivered', remoteId: 'id' });
    expect([announced, searches]).toEqual([[0], []]);
  });

  it('is not made when it is no longer wanted', async () => {
    const { disposition, made } = await carryOut(sampleEffect(1), { isMine: false });
    expect(disposition).toEqual({ kind: 'suppressed', reason: 'cancelled' });
    expect(made).toBe(0);
  });

  it.each([
    ['a time-out', failure({ timedOut: true }), 'timed_out'],
    ['a broken connection', failure(), 'broken'],
    ['an error of what stands before the CRM', failure({ status: 502 }), 'broken'],
    ['a fault of ours', new Error('bug'), 'broken'],
  ])('is in doubt after %s', async (_name, made, doubt) => {
    const { disposition } = await carryOut(sampleEffect(1), { made });
    expect(disposition).toMatchObject({ kind: 'in_doubt', doubt });
  });

  it.each([
    ['429', failure({ kind: 'rate_limited', status: 429, retryAfterMs: 7 })],
    ['no connection', failure({ kind: 'unreachable' })],
  ])('is not counted as made after %s', async (_name, made) => {
    const { disposition } = await carryOut(sampleEffect(1), { made });
    expect(disposition).toMatchObject({ kind: 'retry', unsent: true });
  });

  it('is neither in doubt nor counted when it was not announced', async () => {
    const made = failure({ timedOut: true });
    const { disposition } = await carryOut(sampleEffect(1), { made, announces: false });
    expect(disposition).toMatchObject({ kind: 'retry', unsent: false });
  });

  it('may be told by its status that it was not carried out', async () => {
    const rules = { trustsErrorStatus: true };
    const refused = await carryOut(sampleEffect(1), { made: failure({ status: 503 }), rules });
    expect(refused.disposition).toMatchObject({ kind: 'retry', unsent: true });
    const silent = await carryOut(sampleEffect(1), { made: failure(), rules });
    expect(silent.disposition.kind).toBe('in_doubt');
  });

  it('may leave while its announcement is fresh, by whichever clock saw the longer time', async () => {
    const lanes = {
      announce: (all: readonly Announcement[]) => Promise.resolve(new Set(all)),
    } as unknown as AnnouncementRepository;
    const calls = new AnnouncedCalls(lanes, new FakeClock(SAMPLE_AT));
    const effect = sampleEffect(1);
    const held: (boolean | undefined)[] = [];
    await calls.carryOut(sampleLane([effect]), effect, {
      whenInDoubt: RULES,
      find: () => Promise.resolve(NOTHING),
      make: async (announce) => {
        const holds = await announce();
        held.push(holds?.());
        const wall = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 20_000);
        held.push(holds?.());
        wall.mockRestore();
        held.push(holds?.());
        jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 20_000);
        held.push(holds?.());
        return { ok: true, value: 'id' };
      },
    });
    expect(held).toEqual([true, false, true, false]);
  });
});

describe('a call in doubt', () => {
  it('is looked for among what is nobody else’s', async () => {
    const found: CrmResult<string> = { ok: true, value: 'mine' };
    const { disposition, searches, made } = await carryOut(doubted(), { found });
    expect(disposition).toEqual({ kind: 'delivered', remoteId: 'mine' });
    expect(searches).toEqual([{ since: SAMPLE_AT, taken: new Set(['other']) }]);
    expect(made).toBe(0);
  });

  it.each([
    ['timed_out', 44_999, 'in_doubt'],
    ['timed_out', 45_000, 'uncertain'],
    ['broken', 119_999, 'in_doubt'],
    ['broken', 120_000, 'delivered'],
    [null, 119_999, 'in_doubt'],
    [null, 120_000, 'delivered'],
  ] as const)('that is %s is %i ms later %s', async (doubt, afterMs, kind) => {
    const { disposition, made } = await carryOut(doubted({ doubt }), { afterMs });
    expect(disposition.kind).toBe(kind);
    expect(made).toBe(kind === 'delivered' ? 1 : 0);
  });

  it('is made no third time', async () => {
    const effect = doubted({ doubt: 'broken', sends: 2 });
    const { disposition, made } = await carryOut(effect, { afterMs: 120_000 });
    expect(disposition).toMatchObject({ kind: 'uncertain' });
    expect(made).toBe(0);
  });

  it.each([
    ['broken', 120_000, 'in_doubt'],
    ['broken', GIVE_UP_AFTER_MS + 1, 'uncertain'],
    ['timed_out', 44_999, 'in_doubt'],
    // A person is asked in time even while the CRM cannot be asked.
    ['timed_out', 45_000, 'uncertain'],
  ] as const)(
    'that is %s is not forgotten when looking fails: %i ms later %s',
    async (doubt, afterMs, kind) => {
      const { disposition, made } = await carryOut(doubted({ doubt }), {
        afterMs,
        found: failure({ status: 503 }),
      });
      expect(disposition.kind).toBe(kind);
      expect(made).toBe(0);
    },
  );

  it('is a person’s matter when the CRM cannot be asked at all', async () => {
    const found = failure({ kind: 'not_found', status: 404 });
    const { disposition } = await carryOut(doubted(), { found });
    expect(disposition.kind).toBe('uncertain');
  });
});
