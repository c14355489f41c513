import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Configuration } from '../config/configuration.js';
import { Partitions } from '../database/partitions.js';
import { daysBefore, deleteDue, Retention, type Sweep } from '../database/retention.js';

const CLAIM = { table: 'delivery_claim', key: ['location_id', 'claim_id'] } as const;
const DELIVERY = { table: 'delivery', key: ['location_id', 'delivery_id'] } as const;
const INPUT = {
  table: 'decision_input',
  key: ['location_id', 'delivery_id', 'decided_at'],
} as const;

/**
 * How long intake keeps what: claims have their time, bodies and what decisions were decided from hold
 * what people wrote, decisions are the history.
 */
@Injectable()
export class IntakeRetentionRepository implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly partitions: Partitions,
    private readonly configuration: Configuration,
  ) {}

  async onModuleInit(): Promise<void> {
    const { retentionDays, historyDays } = this.configuration.webhook;
    const column = 'decided_at';
    this.retention.register(this.deleteClaims, this.deleteBodies, this.deleteInputs);
    await this.partitions.keep({ table: 'decided_delivery', column, keepDays: retentionDays });
    await this.partitions.keep({ table: 'decision', column, keepDays: historyDays });
  }

  private readonly deleteClaims: Sweep = (executor, now, limit) =>
    deleteDue(executor, CLAIM, sql`expires_at <= ${now}`, limit);

  /** Of a version before 0006. What failed stays, since somebody has yet to look at it. */
  private readonly deleteBodies: Sweep = (executor, now, limit) => {
    const isDue = sql`received_at < ${this.bodiesUntil(now)} and state <> 'failed'`;
    return deleteDue(executor, DELIVERY, isDue, limit);
  };

  /** Of a version before 0006. */
  private readonly deleteInputs: Sweep = (executor, now, limit) =>
    deleteDue(executor, INPUT, sql`decided_at < ${this.bodiesUntil(now)}`, limit);

  private bodiesUntil(now: Date): Date {
    return daysBefore(now, this.configuration.webhook.retentionDays);
  }
}
