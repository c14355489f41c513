import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { Database } from '../database/database.js';
import type { DatabaseTables } from '../database/database.types.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { Delivery } from './crm-event.js';
import { EMPTY_CONTEXT, type FeatureStates, type LeadContext } from './lead-context.js';
import { leadKeyText, type LeadKey } from './lead-key.js';

/** All that is stored of one lead. */
export interface LeadState {
  readonly context: LeadContext;
  /** What the growth features remember, by feature; apart from the context, which is the same without them. */
  readonly featureStates: FeatureStates;
}

/** A delivery and what of its lead has changed. */
interface DecidedLead {
  readonly delivery: Delivery;
  readonly context: LeadContext | null;
  readonly featureStates: FeatureStates;
}

@Injectable()
export class LeadRepository {
  constructor(private readonly database: Database) {}

  /** Its part of the intake transaction: the leads of these deliveries, locked until the commit. */
  async load(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
    at: Date,
  ): Promise<ReadonlyMap<Delivery, LeadState>> {
    const states = await this.lock(trx, deliveries.map(leadOf), at);
    return new Map(
      deliveries.flatMap((delivery) => {
        const state = states.get(leadKeyText(leadOf(delivery)));
        return state === undefined ? [] : [[delivery, state] as const];
      }),
    );
  }

  async save(
    trx: DatabaseTransaction,
    { decided, at }: { readonly decided: readonly DecidedLead[]; readonly at: Date },
  ): Promise<void> {
    const contexts = decided.flatMap(({ delivery, context }) =>
      context === null ? [] : [{ ...leadOf(delivery), context }],
    );
    const states = decided.flatMap(({ delivery, featureStates }) =>
      Object.entries(featureStates).map(([feature, state]) => ({
        ...leadOf(delivery),
        feature,
        state,
      })),
    );
    await this.saveContexts(trx, contexts, at);
    await this.saveFeatureStates(trx, states, at);
  }

  /**
   * Creates what is missing, then locks and reads all these leads in key order, so that two batches
   * that share leads wait for each other instead of deadlocking.
   *
   * @returns states by `leadKeyText`
   */
  async lock(
    trx: DatabaseTransaction,
    leads: readonly LeadKey[],
    now: Date,
  ): Promise<Map<string, LeadState>> {
    if (leads.length === 0) return new Map();
    const contexts = await this.lockContexts(trx, leads, now);
    const states = await this.findFeatureStates(trx, leads);
    return new Map(
      [...contexts].map(([key, context]) => [
        key,
        { context, featureStates: states.get(key) ?? {} },
      ]),
    );
  }

  private async lockContexts(
    trx: DatabaseTransaction,
    leads: readonly LeadKey[],
    now: Date,
  ): Promise<Map<string, LeadContext>> {
    const locationIds = leads.map((lead) => lead.locationId);
    const contactIds = leads.map((lead) => lead.contactId);
    await sql`
      insert into lead (location_id, contact_id, context, updated_at)
      select location_id, contact_id, ${JSON.stringify(EMPTY_CONTEXT)}::jsonb, ${now}::timestamptz
      from unnest(${locationIds}::text[], ${contactIds}::text[]) as wanted (location_id, contact_id)
      order by 1, 2
      on conflict do nothing`.execute(trx);
    const { rows } = await sql<{ location_id: string; contact_id: string; context: LeadContext }>`
      select lead.location_id, lead.contact_id, lead.context
      from lead
      join unnest(${locationIds}::text[], ${contactIds}::text[]) as wanted (location_id, contact_id)
        using (location_id, contact_id)
      order by 1, 2
      for update of lead`.execute(trx);
    return new Map(
      rows.map((row) => [
        leadKeyText({ locationId: row.location_id, contactId: row.contact_id }),
        row.context,
      ]),
    );
  }

  async saveContexts(
    trx: DatabaseTransaction,
    leads: readonly (LeadKey & { readonly context: LeadContext })[],
    now: Date,
  ): Promise<void> {
    if (leads.length === 0) return;
    await sql`
      update lead set context = changed.context::jsonb, updated_at = ${now}::timestamptz
      from unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[],
        ${leads.map((lead) => JSON.stringify(lead.context))}::text[]
      ) as changed (location_id, contact_id, context)
      where lead.location_id = changed.location_id and lead.contact_id = changed.contact_id`.execute(
      trx,
    );
  }

  private async saveFeatureStates(
    trx: DatabaseTransaction,
    states: readonly (LeadKey & { readonly feature: string; readonly state: unknown })[],
    now: Date,
  ): Promise<void> {
    if (states.length === 0) return;
    await sql`
      insert into lead_feature_state (location_id, contact_id, feature, state, updated_at)
      select location_id, contact_id, feature, state::jsonb, ${now}::timestamptz
      from unnest(
        ${states.map((row) => row.locationId)}::text[],
        ${states.map((row) => row.contactId)}::text[],
        ${states.map((row) => row.feature)}::text[],
        ${states.map((row) => JSON.stringify(row.state))}::text[]
      ) as changed (location_id, contact_id, feature, state)
      on conflict (location_id, contact_id, feature) do update
        set state = excluded.state, updated_at = excluded.updated_at`.execute(trx);
  }

  async find({ locationId, contactId }: LeadKey): Promise<LeadState | undefined> {
    const { kysely } = this.database;
    const row = await kysely
      .selectFrom('lead')
      .select('context')
      .where('location_id', '=', locationId)
      .where('contact_id', '=', contactId)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const key = { locationId, contactId };
    const states = await this.findFeatureStates(kysely, [key]);
    return { context: row.context, featureStates: states.get(leadKeyText(key)) ?? {} };
  }

  private async findFeatureStates(
    executor: Kysely<DatabaseTables>,
    leads: readonly LeadKey[],
  ): Promise<Map<string, FeatureStates>> {
    const { rows } = await sql<{ location_id: string; contact_id: string; states: FeatureStates }>`
      select location_id, contact_id, jsonb_object_agg(feature, state) as states
      from lead_feature_state
      join unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[]
      ) as wanted (location_id, contact_id) using (location_id, contact_id)
      group by 1, 2`.execute(executor);
    return new Map(
      rows.map((row) => [
        leadKeyText({ locationId: row.location_id, contactId: row.contact_id }),
        row.states,
      ]),
    );
  }
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}
