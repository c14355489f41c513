import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ofContact } from '../database/of-contact.js';
import { Keyset } from '../http/admin/keyset.js';
import type { Page, PageQuery } from '../http/admin/page.js';
import type { LeadKey } from '../leads/lead-key.js';

export interface StoredDecision {
  readonly delivery_id: string;
  readonly decided_at: Date;
  /** As the version of its day wrote it. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Within one lead. */
const ORDER = new Keyset('decisions', { decided_at: 'time', delivery_id: 'text' });

/** Decisions as they were stored, for operators; intake writes them. */
@Injectable()
export class DecisionReadModel {
  constructor(private readonly database: Database) {}

  /** Those of one lead, newest first. */
  async listForLead(lead: LeadKey, query: PageQuery): Promise<Page<StoredDecision>> {
    const after = ORDER.after(query);
    let decisions = this.database.kysely
      .selectFrom('decision')
      .select(['delivery_id', 'decided_at', 'document'])
      .where(ofContact(lead));
    if (after !== undefined) {
      decisions = decisions.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('decided_at', 'delivery_id'), '<', tuple(after.decided_at, after.delivery_id)),
      );
    }
    const rows = await decisions
      .orderBy('decided_at', 'desc')
      .orderBy('delivery_id', 'desc')
      .limit(query.limit + 1)
      .execute();
    return ORDER.page(rows, query);
  }
}
