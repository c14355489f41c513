import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import type { Disposition } from './disposition.js';
import { EffectDelivery } from './effect-delivery.js';
import type { ClaimedLane, StoredEffect } from './claimed-lane.js';
import { LaneRunner } from './lane-runner.js';
import { GIVE_UP_AFTER_MS } from './retry-policy.js';

const clock = new FakeClock();
const ALWAYS = (): boolean => true;
const LATER = new Date('2100-01-01T00:00:00Z');

function effect(effectId: number, changes: Partial<StoredEffect> = {}): StoredEffect {
  return {
    effectId,
    payload: { kind: 'add_note', body: String(effectId) },
    state: 'pending',
    attempts: 0,
    sends: 0,
    firstFailedAt: null,
    startedAt: null,
    createdAt: clock.now(),
    dueAt: clock.now(),
    ...changes,
  };
}

function lane(effects: readonly StoredEffect[], failures = 0): ClaimedLane {
  return { locationId: 'l', contactId: 'c', fence: 1, failures, effects };
}

/** Delivers by a script: effect id to disposition. */
function runnerOf(script: Readonly<Record<number, Disposition | Error>>): {
  runner: LaneRunner;
  seen: number[];
} {
  const seen: number[] = [];
  const handler = {
    kinds: ['add_note'] as const,
    deliver: (_lane: ClaimedLane, { effectId }: StoredEffect): Promise<Disposition> => {
      seen.push(effectId);
      const outcome = script[effectId] ?? { kind: 'delivered' };
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
  };
  return { runner: new LaneRunner(new EffectDelivery([handler]), clock), seen };
}

describe('LaneRunner', () => {
  beforeEach(() => {
    jest.restoreAllMocks();
  });

  it('delivers a lane in order and asks for no retry', async () => {
    const { runner, seen } = runnerOf({});
    const progress = await runner.run(lane([effect(1), effect(2), effect(3)], 4), ALWAYS);
    expect(seen).toEqual([1, 2, 3]);
    expect(progress.effects.map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
    expect(progress).toMatchObject({ failures: 0, retryAt: null });
  });

  it('lets the later effects wait behind one that has to be retried', async () => {
    const { runner, seen } = runnerOf({ 2: { kind: 'retry', error: 'down', cause: 'away' } });
    const progress = await runner.run(lane([effect(1), effect(2), effect(3)], 2), ALWAYS);
    expect(seen).toEqual([1, 2]);
    expect(progress.effects[1]).toMatchObject({ state: 'pending', attempts: 1, lastError: 'down' });
    expect(progress.failures).toBe(3);
    expect(progress.retryAt?.getTime()).toBeGreaterThan(clock.now().getTime());
  });

  it.each<[string, Disposition, string]>([
    ['dead', { kind: 'dead', error: '422' }, 'dead'],
    ['suppressed', { kind: 'suppressed', reason: 'opted_out' }, 'suppressed'],
    ['uncertain', { kind: 'uncertain', error: '?' }, 'uncertain'],
    ['waiting for a token', { kind: 'waiting', reason: 'no_credentials' }, 'no_credentials'],
  ])('goes on behind an effect that is %s', async (_name, disposition, state) => {
    const { runner, seen } = runnerOf({ 1: disposition });
    const progress = await runner.run(lane([effect(1), effect(2)]), ALWAYS);
    expect(seen).toEqual([1, 2]);
    expect(progress.effects[0]?.state).toBe(state);
    expect(progress.retryAt).toBeNull();
  });

  it('moves a postponed effect to its new time and goes on', async () => {
    const { runner } = runnerOf({ 1: { kind: 'postponed', until: LATER, reason: 'quiet_hours' } });
    const progress = await runner.run(lane([effect(1), effect(2)]), ALWAYS);
    expect(progress.effects[0]).toMatchObject({ state: 'pending', dueAt: LATER, attempts: 0 });
    expect(progress.effects[1]?.state).toBe('delivered');
  });

  it('does not count the wait for our turn as an attempt or a failure, and waits as long as told', async () => {
    const { runner } = runnerOf({
      1: { kind: 'retry', error: 'limit', cause: 'limited', afterMs: 1_234 },
    });
    const progress = await runner.run(lane([effect(1)], 1), ALWAYS);
    expect(progress.effects[0]?.attempts).toBe(0);
    expect(progress.failures).toBe(1);
    expect(progress.retryAt).toEqual(new Date(clock.now().getTime() + 1_234));
  });

  it('keeps a message in doubt as sending', async () => {
    const { runner, seen } = runnerOf({ 1: { kind: 'in_doubt', error: 'time-out' } });
    const progress = await runner.run(lane([effect(1), effect(2)]), ALWAYS);
    expect(seen).toEqual([1]);
    expect(progress.effects[0]?.state).toBe('sending');
    expect(progress.retryAt).not.toBeNull();
  });

  it('quarantines what has failed too often, so that the lane goes on', async () => {
    const { runner, seen } = runnerOf({ 1: { kind: 'retry', error: '500', cause: 'failed' } });
    const progress = await runner.run(lane([effect(1, { attempts: 39 }), effect(2)]), ALWAYS);
    expect(seen).toEqual([1, 2]);
    expect(progress.effects[0]).toMatchObject({ state: 'dead', lastError: 'given up: 500' });
  });

  it('does not give up on a CRM that is away, however often, until it has been away too long', async () => {
    const { runner } = runnerOf({ 1: { kind: 'retry', error: 'refused', cause: 'away' } });
    const often = await runner.run(lane([effect(1, { attempts: 500 })]), ALWAYS);
    expect(often.effects[0]).toMatchObject({ state: 'pending', firstFailedAt: clock.now() });
    const firstFailedAt = new Date(clock.now().getTime() - GIVE_UP_AFTER_MS - 1);
    const long = await runner.run(lane([effect(1, { firstFailedAt })]), ALWAYS);
    expect(long.effects[0]?.state).toBe('dead');
  });

  it('does not give up on what waits for its turn or for its process, however long it has been due', async () => {
    const dueAt = new Date(clock.now().getTime() - 10 * GIVE_UP_AFTER_MS);
    const limited = runnerOf({
      1: { kind: 'retry', error: 'limit', cause: 'limited', afterMs: 1 },
    });
    const waiting = await limited.runner.run(lane([effect(1, { dueAt, attempts: 99 })]), ALWAYS);
    expect(waiting.effects[0]).toMatchObject({ state: 'pending', firstFailedAt: null });
    const failing = runnerOf({ 1: { kind: 'retry', error: 'refused', cause: 'away' } });
    const first = await failing.runner.run(lane([effect(1, { dueAt })]), ALWAYS);
    expect(first.effects[0]?.state).toBe('pending');
  });

  it('treats a fault of ours as a failure of the effect and loses nothing', async () => {
    const { runner } = runnerOf({ 1: new Error('bug') });
    const progress = await runner.run(lane([effect(1), effect(2)]), ALWAYS);
    expect(progress.effects).toHaveLength(1);
    expect(progress.effects[0]).toMatchObject({ state: 'pending', lastError: 'internal fault' });
  });

  it('starts nothing that the lease might not outlive', async () => {
    const { runner, seen } = runnerOf({});
    const progress = await runner.run(lane([effect(1)]), () => false);
    expect(seen).toEqual([]);
    expect(progress).toMatchObject({ effects: [], retryAt: null });
  });

  it('leaves a kind that it does not know to a replica that does', async () => {
    const runner = new LaneRunner(new EffectDelivery([]), clock);
    const progress = await runner.run(lane([effect(1)]), ALWAYS);
    expect(progress.effects[0]).toMatchObject({
      state: 'pending',
      lastError: 'no handler of add_note',
    });
  });
});
