import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Configuration } from '../config/configuration.js';
import { daysBefore, Retention, type Sweep } from '../database/retention.js';

/**
 * How long intake keeps what: claims have their time, bodies and what decisions were decided from hold
 * what people wrote, decisions are the history. Rows are deleted by key, since a row's place in its
 * table is unique within one partition only.
 */
@Injectable()
export class IntakeRetentionRepository implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly configuration: Configuration,
  ) {}

  onModuleInit(): void {
    this.retention.register(
      this.deleteClaims,
      this.deleteBodies,
      this.deleteInputs,
      this.deleteDecisions,
    );
  }

  private readonly deleteClaims: Sweep = async (executor, now, limit) => {
    const { numAffectedRows = 0n } = await sql`
      delete from delivery_claim using (
        select location_id, claim_id from delivery_claim
        where expires_at <= ${now} limit ${limit} for update skip locked
      ) as expired
      where delivery_claim.location_id = expired.location_id
        and delivery_claim.claim_id = expired.claim_id`.execute(executor);
    return Number(numAffectedRows);
  };

  /** What failed stays, since somebody has yet to look at it. */
  private readonly deleteBodies: Sweep = async (executor, now, limit) => {
    const { numAffectedRows = 0n } = await sql`
      delete from delivery using (
        select location_id, delivery_id from delivery
        where received_at < ${this.bodiesUntil(now)} and state <> 'failed'
        limit ${limit} for update skip locked
      ) as expired
      where delivery.location_id = expired.location_id
        and delivery.delivery_id = expired.delivery_id`.execute(executor);
    return Number(numAffectedRows);
  };

  private readonly deleteInputs: Sweep = async (executor, now, limit) => {
    const { numAffectedRows = 0n } = await sql`
      delete from decision_input using (
        select location_id, delivery_id, decided_at from decision_input
        where decided_at < ${this.bodiesUntil(now)} limit ${limit} for update skip locked
      ) as expired
      where decision_input.location_id = expired.location_id
        and decision_input.delivery_id = expired.delivery_id
        and decision_input.decided_at = expired.decided_at`.execute(executor);
    return Number(numAffectedRows);
  };

  private readonly deleteDecisions: Sweep = async (executor, now, limit) => {
    const until = daysBefore(now, this.configuration.webhook.historyDays);
    const { numAffectedRows = 0n } = await sql`
      delete from decision using (
        select location_id, delivery_id, decided_at from decision
        where decided_at < ${until} limit ${limit} for update skip locked
      ) as expired
      where decision.location_id = expired.location_id
        and decision.delivery_id = expired.delivery_id
        and decision.decided_at = expired.decided_at`.execute(executor);
    return Number(numAffectedRows);
  };

  private bodiesUntil(now: Date): Date {
    return daysBefore(now, this.configuration.webhook.retentionDays);
  }
}
