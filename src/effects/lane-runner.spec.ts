import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import type { Disposition } from './disposition.js';
import { EffectRegistry, type EffectLane } from './effect-registry.js';
import { LaneRunner } from './lane-runner.js';
import { GIVE_UP_AFTER_MS, LEASE_MARGIN_MS, LEASE_MS } from './lane-timing.js';
import { SAMPLE_AT, sampleEffect, sampleLane } from './testing/sample-effects.js';

const clock = new FakeClock(SAMPLE_AT);
const GOES_ON = (): boolean => false;
const IN_DOUBT: Disposition = { kind: 'in_doubt', error: 'time-out', doubt: 'timed_out' };
const LATER = new Date('2100-01-01T00:00:00Z');

/** Delivers notes by a script: effect id to disposition. */
function runnerOf(
  script: Readonly<Record<number, Disposition | Error>>,
  lane: EffectLane = 'contact',
): { runner: LaneRunner; seen: number[] } {
  const seen: number[] = [];
  const registry = new EffectRegistry();
  registry.register({
    kinds: ['add_note'],
    lane,
    deliver: (_lane, { effectId }) => {
      seen.push(effectId);
      const outcome = script[effectId] ?? { kind: 'delivered' };
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
  });
  return { runner: new LaneRunner(registry, clock), seen };
}

beforeAll(() => Logger.overrideLogger(false));

describe('LaneRunner', () => {
  beforeEach(() => {
    jest.restoreAllMocks();
  });

  it('delivers a lane in order and asks for no retry', async () => {
    const { runner, seen } = runnerOf({});
    const progress = await runner.run(
      sampleLane([sampleEffect(1), sampleEffect(2), sampleEffect(3)], 4),
      GOES_ON,
    );
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
    const progress = await runner.run(
      sampleLane([sampleEffect(1), sampleEffect(2), sampleEffect(3)], 2),
      GOES_ON,
    );
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
    const progress = await runner.run(sampleLane([sampleEffect(1), sampleEffect(2)]), GOES_ON);
    expect(seen).toEqual([1, 2]);
    expect(progress.effects[0]?.state).toBe(state);
    expect(progress.retryAt).toBeNull();
  });

  it('moves a postponed effect to its new time and goes on', async () => {
    const { runner } = runnerOf({ 1: { kind: 'postponed', until: LATER, reason: 'quiet_hours' } });
    const progress = await runner.run(sampleLane([sampleEffect(1), sampleEffect(2)]), GOES_ON);
    expect(progress.effects[0]).toMatchObject({ state: 'pending', dueAt: LATER, attempts: 0 });
    expect(progress.effects[1]?.state).toBe('delivered');
  });

  it('does not count the wait for our turn as an attempt or a failure, and waits as long as told', async () => {
    const { runner } = runnerOf({
      1: { kind: 'retry', error: 'limit', cause: 'limited', afterMs: 1_234 },
    });
    const progress = await runner.run(sampleLane([sampleEffect(1)], 1), GOES_ON);
    expect(progress.effects[0]?.attempts).toBe(0);
    expect(progress.failures).toBe(1);
    expect(progress.retryAt).toEqual(new Date(clock.now().getTime() + 1_234));
  });

  it('keeps what is in doubt as sending, with what is not known of it', async () => {
    const { runner, seen } = runnerOf({ 1: IN_DOUBT });
    const progress = await runner.run(sampleLane([sampleEffect(1), sampleEffect(2)]), GOES_ON);
    expect(seen).toEqual([1]);
    expect(progress.effects).toMatchObject([{ state: 'sending', doubt: 'timed_out' }]);
    expect(progress.retryAt).toEqual(new Date(clock.now().getTime() + 5_000));
  });

  it('lets only what is of the same sort wait behind a text in doubt', async () => {
    const registry = new EffectRegistry();
    const seen: number[] = [];
    registry.register({
      kinds: ['send_message', 'follow_up', 'add_tags'],
      lane: 'contact',
      deliver: (_lane, { effectId }) => {
        seen.push(effectId);
        return Promise.resolve(effectId === 1 ? IN_DOUBT : { kind: 'delivered' });
      },
    });
    const text = { kind: 'send_message', channel: 'SMS', text: 'x' } as const;
    const task = { title: '', body: '' };
    const followUp = { ...text, kind: 'follow_up', action: 'nurture_sequence', task } as const;
    const progress = await new LaneRunner(registry, clock).run(
      sampleLane([
        sampleEffect(1, { payload: text }),
        sampleEffect(2, { payload: { kind: 'add_tags', tags: ['x'] } }),
        sampleEffect(3, { payload: followUp }),
        sampleEffect(4, { payload: text }),
        sampleEffect(5, { payload: { kind: 'add_tags', tags: ['y'] } }),
      ]),
      GOES_ON,
    );
    expect(seen).toEqual([1, 2, 5]);
    expect(progress).toMatchObject({
      failures: 0,
      retryAt: new Date(clock.now().getTime() + 5_000),
    });
  });

  it('looks after a text in doubt in time although a later effect has to wait longer', async () => {
    const registry = new EffectRegistry();
    registry.register({
      kinds: ['send_message', 'add_note'],
      lane: 'contact',
      deliver: (_lane, { effectId }) =>
        Promise.resolve(
          effectId === 1
            ? IN_DOUBT
            : { kind: 'retry', error: 'down', cause: 'away', afterMs: 30_000 },
        ),
    });
    const text = { kind: 'send_message', channel: 'SMS', text: 'x' } as const;
    const progress = await new LaneRunner(registry, clock).run(
      sampleLane([sampleEffect(1, { payload: text }), sampleEffect(2)], 3),
      GOES_ON,
    );
    expect(progress).toMatchObject({
      failures: 4,
      retryAt: new Date(clock.now().getTime() + 5_000),
    });
  });

  it('quarantines what has failed too often, so that the lane goes on', async () => {
    const { runner, seen } = runnerOf({ 1: { kind: 'retry', error: '500', cause: 'failed' } });
    const progress = await runner.run(
      sampleLane([sampleEffect(1, { attempts: 39 }), sampleEffect(2)]),
      GOES_ON,
    );
    expect(seen).toEqual([1, 2]);
    expect(progress.effects[0]).toMatchObject({ state: 'dead', lastError: 'given up: 500' });
  });

  it('does not give up on a CRM that is away, however often, until it has been away too long', async () => {
    const { runner } = runnerOf({ 1: { kind: 'retry', error: 'refused', cause: 'away' } });
    const often = await runner.run(sampleLane([sampleEffect(1, { attempts: 500 })]), GOES_ON);
    expect(often.effects[0]).toMatchObject({ state: 'pending', firstFailedAt: clock.now() });
    const firstFailedAt = new Date(clock.now().getTime() - GIVE_UP_AFTER_MS - 1);
    const long = await runner.run(sampleLane([sampleEffect(1, { firstFailedAt })]), GOES_ON);
    expect(long.effects[0]?.state).toBe('dead');
  });

  it('does not give up on what waits for its turn or for its process, however long it has been due', async () => {
    const dueAt = new Date(clock.now().getTime() - 10 * GIVE_UP_AFTER_MS);
    const limited = runnerOf({
      1: { kind: 'retry', error: 'limit', cause: 'limited', afterMs: 1 },
    });
    const waiting = await limited.runner.run(
      sampleLane([sampleEffect(1, { dueAt, attempts: 99 })]),
      GOES_ON,
    );
    expect(waiting.effects[0]).toMatchObject({ state: 'pending', firstFailedAt: null });
    const failing = runnerOf({ 1: { kind: 'retry', error: 'refused', cause: 'away' } });
    const first = await failing.runner.run(sampleLane([sampleEffect(1, { dueAt })]), GOES_ON);
    expect(first.effects[0]?.state).toBe('pending');
  });

  it('treats a fault of ours as a failure of the effect and loses nothing', async () => {
    const { runner } = runnerOf({ 1: new Error('bug') });
    const progress = await runner.run(sampleLane([sampleEffect(1), sampleEffect(2)]), GOES_ON);
    expect(progress.effects).toHaveLength(1);
    expect(progress.effects[0]).toMatchObject({ state: 'pending', lastError: 'internal fault' });
  });

  it('starts nothing once the process stops', async () => {
    const { runner, seen } = runnerOf({});
    const progress = await runner.run(sampleLane([sampleEffect(1)]), () => true);
    expect(seen).toEqual([]);
    expect(progress).toMatchObject({ effects: [], retryAt: null });
  });

  it('starts nothing that the lease might not outlive', async () => {
    const clock = new FakeClock(SAMPLE_AT);
    const registry = new EffectRegistry();
    registry.register({
      kinds: ['add_note'],
      lane: 'contact',
      deliver: () => {
        clock.advance(LEASE_MS - LEASE_MARGIN_MS - 1);
        return Promise.resolve({ kind: 'delivered' });
      },
    });
    const runner = new LaneRunner(registry, clock);
    const progress = await runner.run(
      sampleLane([sampleEffect(1), sampleEffect(2), sampleEffect(3)]),
      GOES_ON,
    );
    expect(progress.effects.map(({ effectId }) => effectId)).toEqual([1, 2]);
    expect(progress.retryAt).toBeNull();
  });

  it('keeps a location from the CRM whose limit is reached, and only by what calls the CRM', async () => {
    const limited: Disposition = { kind: 'retry', error: 'limit', cause: 'limited', afterMs: 500 };
    const until = new Date(clock.now().getTime() + 500);
    const ofContact = await runnerOf({ 1: limited }).runner.run(
      sampleLane([sampleEffect(1)]),
      GOES_ON,
    );
    expect(ofContact).toMatchObject({ retryAt: until, limitedUntil: until });
    const beside = await runnerOf({ 1: limited }, 'hook:').runner.run(
      sampleLane([sampleEffect(1)]),
      GOES_ON,
    );
    expect(beside).toMatchObject({ retryAt: until, limitedUntil: null });
  });

  it('leaves a kind that it does not know to a replica that does', async () => {
    const runner = new LaneRunner(new EffectRegistry(), clock);
    const progress = await runner.run(sampleLane([sampleEffect(1)]), GOES_ON);
    expect(progress.effects[0]).toMatchObject({
      state: 'pending',
      lastError: 'no handler of add_note',
    });
  });
});
