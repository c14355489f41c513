import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DatabaseListener } from '../database/database-listener.js';
import type { ClaimedLane, LaneProgress } from './claimed-lane.js';
import { EffectsWorker } from './effects.worker.js';
import type { EffectsRecovery } from './effects-recovery.js';
import type { LaneLeases } from './lane-leases.js';
import type { LaneRunner } from './lane-runner.js';
import { SAMPLE_AT, sampleEffect, sampleLane } from './testing/sample-effects.js';

const LATER = new Date(SAMPLE_AT.getTime() + 60_000);

interface Script {
  /** What each claim finds; nothing from then on. */
  readonly claims: readonly (() => Promise<ClaimedLane[]>)[];
  readonly run: (lane: ClaimedLane, isStopping: () => boolean) => Promise<LaneProgress>;
  readonly complete?: () => Promise<void>;
}

function done(lane: ClaimedLane, limitedUntil: Date | null = null): LaneProgress {
  return { lane, effects: [], failures: 0, retryAt: limitedUntil, limitedUntil };
}

const LANE = sampleLane([sampleEffect(1)]);
let stop: () => Promise<void>;

/** @returns the busy locations that each claim was made with, once there were so many claims */
function work({ claims, run, complete = () => Promise.resolve() }: Script, until: number) {
  const busy: (readonly string[])[] = [];
  return new Promise<(readonly string[])[]>((resolve) => {
    const leases = {
      claim: (_limit, busyAt) => {
        const next = claims[busy.length];
        busy.push(busyAt(SAMPLE_AT));
        if (busy.length === until) resolve(busy);
        return next?.() ?? Promise.resolve([]);
      },
      complete,
    } as Pick<LaneLeases, 'claim' | 'complete'> as LaneLeases;
    const recovery = { recover: () => Promise.resolve() } as EffectsRecovery;
    const listener = { listen: () => () => undefined } as Partial<DatabaseListener>;
    const worker = new EffectsWorker(
      leases,
      { run } as LaneRunner,
      recovery,
      listener as DatabaseListener,
    );
    stop = () => worker.beforeApplicationShutdown();
    worker.onApplicationBootstrap();
  });
}

beforeAll(() => Logger.overrideLogger(false));
afterEach(() => stop());

describe('EffectsWorker', () => {
  const finds = () => Promise.resolve([LANE]);

  it('asks for no lane of a location whose limit at the CRM is reached', async () => {
    const run = (lane: ClaimedLane) => Promise.resolve(done(lane, LATER));
    expect((await work({ claims: [finds], run }, 3)).at(-1)).toEqual(['l']);
  });

  it('asks for lanes of every location otherwise', async () => {
    const run = (lane: ClaimedLane) => Promise.resolve(done(lane));
    expect((await work({ claims: [finds], run }, 3)).at(-1)).toEqual([]);
  });

  it('goes on when a claim fails, and when a lane cannot be recorded', async () => {
    const ran: ClaimedLane[] = [];
    const run = (lane: ClaimedLane) => {
      ran.push(lane);
      return Promise.resolve(done(lane));
    };
    const away = () => Promise.reject(new Error('away'));
    await work({ claims: [away, finds, finds], run, complete: away }, 4);
    expect(ran).toEqual([LANE, LANE]);
  });

  it('waits for what is in flight when it stops, and lets nothing new begin', async () => {
    let finish: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const answers: boolean[] = [];
    const run = async (lane: ClaimedLane, isStopping: () => boolean) => {
      answers.push(isStopping());
      await inFlight;
      answers.push(isStopping());
      return done(lane);
    };
    let recorded = 0;
    const complete = () => Promise.resolve(void (recorded += 1));
    const seen = await work({ claims: [finds], run, complete }, 2);
    const stopped = stop();
    finish();
    await stopped;
    expect(answers).toEqual([false, true]);
    expect(recorded).toBe(1);
    expect(seen).toHaveLength(2);
  });
});
