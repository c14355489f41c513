import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import type {
  DecisionDigests,
  StoredRollout,
  StoredSettings,
  StoredSituation,
} from '../decision-trace.js';

/** Rows read at once: bounds memory, whatever the period. */
const PAGE = 500;

export interface Period {
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/** A stored decision with all that it was decided from. */
export interface TracedDecision {
  readonly location_id: string;
  readonly delivery_id: string;
  readonly decided_at: Date;
  readonly decider_version: number;
  readonly rollout_id: string;
  readonly settings_id: string;
  readonly received_at: Date;
  /** Of the body that it was read from, where that may have been replaced since; else null. */
  readonly body_digest: string | null;
  /** Null once the person was erased. */
  readonly situation: StoredSituation | null;
  readonly digests: DecisionDigests;
  /** Null when it is no longer kept. */
  readonly body: string | null;
  readonly scheme: string | null;
  /** Of a lead event only. */
  readonly document: Readonly<Record<string, unknown>> | null;
}

/** Stored decisions as they are computed again. */
@Injectable()
export class DecisionInputReadModel {
  constructor(private readonly database: Database) {}

  /** In the order in which they were decided. */
  async *list({ from, to }: Period): AsyncGenerator<TracedDecision> {
    let after: Pick<TracedDecision, 'decided_at' | 'location_id' | 'delivery_id'> = {
      decided_at: from,
      location_id: '',
      delivery_id: '',
    };
    for (;;) {
      const { rows } = await sql<TracedDecision>`
        select input.*, decision.document from (
          select location_id, delivery_id, decided_at, decider_version, rollout_id, settings_id,
            received_at, null as body_digest, situation, digests, body, scheme
          from decided_delivery where digests is not null
          union all
          select location_id, delivery_id, decided_at, decider_version, rollout_id, settings_id,
            input.received_at, body_digest, situation, digests, body, scheme
          from decision_input as input left join delivery using (location_id, delivery_id)
        ) as input
        left join decision using (location_id, delivery_id, decided_at)
        where input.decided_at < ${to}
          and (input.decided_at, input.location_id, input.delivery_id)
            > (${after.decided_at}::timestamptz, ${after.location_id}::text, ${after.delivery_id}::text)
        order by input.decided_at, input.location_id, input.delivery_id
        limit ${PAGE}`.execute(this.database.kysely);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last;
    }
  }

  /** With a document, whether or not what they were decided from is left. */
  async countDocuments({ from, to }: Period): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from decision
      where decided_at >= ${from} and decided_at < ${to}`.execute(this.database.kysely);
    return rows[0]?.count ?? 0;
  }

  /** @throws when a decision refers to a basis that is not there: it is never deleted */
  async getBasis(basisId: string): Promise<StoredRollout | StoredSettings> {
    const { document } = await this.database.kysely
      .selectFrom('decision_basis')
      .select('document')
      .where('basis_id', '=', basisId)
      .executeTakeFirstOrThrow();
    return document as StoredRollout | StoredSettings;
  }
}
