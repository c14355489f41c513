import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { PipelinedOutcome, PipelinedTransaction } from '../database/pipelined-transaction.js';
import type { Statement } from '../database/reading.js';
import type { Transactions } from '../database/transactions.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import type { EffectProgress, LaneProgress } from './claimed-lane.js';
import { EffectRegistry, type DeliveredEffect } from './effect-registry.js';
import type { EffectRepository, EffectRequest } from './effect.repository.js';
import { LaneLeases } from './lane-leases.js';
import { LEASE_MS } from './lane-timing.js';
import type { LaneClaim, LaneRepository } from './lane.repository.js';
import { SAMPLE_AT, sampleEffect, sampleLane } from './testing/sample-effects.js';

const clock = new FakeClock(SAMPLE_AT);
const TRANSACTION = {} as PipelinedTransaction;

function ended(effectId: number, state: EffectProgress['state']): EffectProgress {
  return {
    effectId,
    state,
    attempts: 1,
    unsent: false,
    firstFailedAt: null,
    lastError: null,
    remoteId: null,
    dueAt: SAMPLE_AT,
    doubt: null,
    instead: null,
  };
}

function progress(...effects: readonly EffectProgress[]): LaneProgress {
  const lane = sampleLane(effects.map(({ effectId }) => sampleEffect(effectId)));
  return { lane, effects, failures: 0, retryAt: null, limitedUntil: null };
}

/** Holds every lane unless it is said to have lost them; what a failed transaction wrote is forgotten. */
class FakeLanes {
  readonly claims: LaneClaim[] = [];
  committed: LaneProgress[] = [];
  requested: EffectRequest[] = [];
  isLost = false;

  enqueuing(requests: readonly EffectRequest[]): readonly Statement[] {
    this.requested.push(...requests);
    return [];
  }

  claim(claim: LaneClaim): Promise<never[]> {
    this.claims.push(claim);
    return Promise.resolve([]);
  }

  finish(
    _transaction: PipelinedTransaction,
    lanes: readonly LaneProgress[],
  ): Promise<PipelinedOutcome<readonly LaneProgress[]>> {
    const written = this.isLost ? [] : [...lanes];
    this.committed.push(...written);
    return Promise.resolve({ result: written, writes: [] });
  }

  async inPipeline<T>(
    work: (transaction: PipelinedTransaction) => Promise<PipelinedOutcome<T>>,
  ): Promise<T> {
    const before = [...this.committed];
    try {
      return (await work(TRANSACTION)).result;
    } catch (error) {
      this.committed = before;
      throw error;
    }
  }
}

beforeAll(() => Logger.overrideLogger(false));

describe('LaneLeases', () => {
  let lanes: FakeLanes;
  let registry: EffectRegistry;
  let recorded: DeliveredEffect[];
  let leases: LaneLeases;

  beforeEach(() => {
    lanes = new FakeLanes();
    registry = new EffectRegistry();
    recorded = [];
    leases = new LaneLeases(
      lanes as unknown as LaneRepository,
      registry,
      lanes as unknown as Transactions,
      lanes as unknown as EffectRepository,
      clock,
    );
  });

  const record = () =>
    registry.addRecorder({
      recordDelivered: (_trx, delivered) => Promise.resolve(void recorded.push(...delivered)),
    });

  it('claims for the length of a lease, past locations that are busy now', async () => {
    await leases.claim(3, (now) => (now.getTime() === SAMPLE_AT.getTime() ? ['busy'] : []));
    expect(lanes.claims).toEqual([
      {
        limit: 3,
        now: SAMPLE_AT,
        leaseUntil: new Date(SAMPLE_AT.getTime() + LEASE_MS),
        busyLocations: ['busy'],
      },
    ]);
  });

  it('tells of what was delivered, and of nothing else', async () => {
    record();
    await leases.complete(progress(ended(1, 'delivered'), ended(2, 'dead'), ended(3, 'sending')));
    expect(recorded).toEqual([
      {
        locationId: 'l',
        contactId: 'c',
        effectId: 1,
        payload: { kind: 'add_note', body: '1' },
        createdAt: SAMPLE_AT,
        deliveredAt: SAMPLE_AT,
      },
    ]);
  });

  it('tells nothing of a lane that belongs to somebody else by now', async () => {
    record();
    lanes.isLost = true;
    await leases.complete(progress(ended(1, 'delivered')));
    expect(recorded).toEqual([]);
  });

  it('keeps what was delivered though nobody can record it', async () => {
    registry.addRecorder({ recordDelivered: () => Promise.reject(new Error('no such plan')) });
    const one = progress(ended(1, 'delivered'));
    await leases.complete(one);
    expect(lanes.committed).toEqual([one]);
  });

  it('loses only the record that fails, not that of the lanes beside it', async () => {
    registry.addRecorder({
      recordDelivered: (_trx, delivered) => {
        if (delivered.some(({ effectId }) => effectId === 2)) {
          return Promise.reject(new Error('no such plan'));
        }
        return Promise.resolve(void recorded.push(...delivered));
      },
    });
    const all = [1, 2, 3].map((effectId) => progress(ended(effectId, 'delivered')));
    await Promise.all(all.map((one) => leases.complete(one)));
    expect(new Set(lanes.committed)).toEqual(new Set(all));
    expect(recorded.map(({ effectId }) => effectId)).toEqual([1, 3]);
  });

  it('tries again while the database is away, and then records as if nothing had been', async () => {
    const away = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    let failures = 1;
    registry.addRecorder({
      recordDelivered: () => (failures-- > 0 ? Promise.reject(away) : Promise.resolve()),
    });
    record();
    const one = progress(ended(1, 'delivered'));
    await leases.complete(one);
    expect(lanes.committed).toEqual([one]);
    expect(recorded.map(({ effectId }) => effectId)).toEqual([1]);
  });
});
