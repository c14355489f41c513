import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import type { Rollout } from '../growth/rollout/rollout.js';
import { FeatureRegistry } from '../growth/rollout/feature-registry.js';
import { Clock } from '../shared/clock.js';
import type { DecidingSettings } from './decide/decision.js';
import {
  digestOf,
  storedSettings,
  type StoredRollout,
  type StoredSettings,
} from './decision-trace.js';

/** Keeps what decisions are made under, by its content: a decision refers to it by its hash. */
@Injectable()
export class DecidingBasisRepository {
  /** By identity: neither is changed in place. */
  private readonly kept = new WeakMap<Rollout | DecidingSettings, string>();

  constructor(
    private readonly database: Database,
    private readonly features: FeatureRegistry,
    private readonly clock: Clock,
  ) {}

  /** @returns its id, under which it is stored by then */
  async keepRollout(rollout: Rollout): Promise<string> {
    return this.kept.get(rollout) ?? this.keep(rollout, 'rollout', this.storedRollout(rollout));
  }

  /** @returns its id, under which it is stored by then */
  async keepSettings(settings: DecidingSettings): Promise<string> {
    return this.kept.get(settings) ?? this.keep(settings, 'settings', storedSettings(settings));
  }

  private storedRollout(rollout: Rollout): StoredRollout {
    return { rollout, features: Array.from(this.features.list(), ({ key }) => key) };
  }

  private async keep(
    value: Rollout | DecidingSettings,
    kind: 'rollout' | 'settings',
    document: StoredRollout | StoredSettings,
  ): Promise<string> {
    const basisId = digestOf([kind, document]);
    await sql`
      insert into decision_basis (basis_id, kind, document, recorded_at)
      values (${basisId}, ${kind}, ${JSON.stringify(document)}::json, ${this.clock.now()})
      on conflict do nothing`.execute(this.database.kysely);
    this.kept.set(value, basisId);
    return basisId;
  }
}
