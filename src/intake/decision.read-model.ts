import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { DecisionDocument } from './decide/decision.js';
import type { LeadKey } from '../leads/lead-key.js';

export interface StoredDecision {
  readonly deliveryId: string;
  readonly decidedAt: Date;
  readonly document: DecisionDocument;
}

/** Decisions as they were stored, for operators; intake writes them. */
@Injectable()
export class DecisionReadModel {
  constructor(private readonly database: Database) {}

  /** The newest decisions of one lead, newest first. */
  async listForLead({ locationId, contactId }: LeadKey, limit: number): Promise<StoredDecision[]> {
    const rows = await this.database.kysely
      .selectFrom('decision')
      .select(['delivery_id', 'decided_at', 'document'])
      .where('location_id', '=', locationId)
      .where('contact_id', '=', contactId)
      .orderBy('decided_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      decidedAt: row.decided_at,
      document: row.document as DecisionDocument,
    }));
  }
}
