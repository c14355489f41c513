import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { execute, Reading, type Statement } from '../database/reading.js';
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

/** A lead as a delivery finds it. */
export interface LoadedLead extends LeadState {
  /** Whether it has a row, which is locked then. */
  readonly isStored: boolean;
}

/** A delivery and what of its lead has changed. */
interface DecidedLead {
  readonly delivery: Delivery;
  readonly context: LeadContext | null;
  readonly featureStates: FeatureStates;
}

interface LeadBatch {
  readonly decided: readonly DecidedLead[];
  readonly loaded: ReadonlyMap<Delivery, Pick<LoadedLead, 'isStored'>>;
  readonly at: Date;
}

type StoredLead = LeadKey & { readonly context: LeadContext };

/** Violated when another transaction has stored the same new lead meanwhile. */
export const LEAD_KEY_CONSTRAINT = 'lead_pkey';

@Injectable()
export class LeadRepository {
  constructor(private readonly database: Database) {}

  /**
   * Its part of the intake transaction: the leads of these deliveries, locked until the commit. One
   * that is not there yet cannot be locked: `save` fails on `LEAD_KEY_CONSTRAINT` when it came meanwhile.
   */
  load(deliveries: readonly Delivery[]): Reading<ReadonlyMap<Delivery, LoadedLead>> {
    return this.lockStored(deliveries.map(leadOf)).map(
      (states) =>
        new Map(
          deliveries.flatMap((delivery) => {
            const state = states.get(leadKeyText(leadOf(delivery)));
            return state === undefined ? [] : [[delivery, { ...state, isStored: true }] as const];
          }),
        ),
    );
  }

  save({ decided, loaded, at }: LeadBatch): readonly Statement[] {
    const isNew = ({ delivery }: DecidedLead) => loaded.get(delivery)?.isStored === false;
    const added = decided.filter(isNew).map(({ delivery, context }) => ({
      ...leadOf(delivery),
      context: context ?? EMPTY_CONTEXT,
    }));
    const changed = decided.flatMap((one) =>
      one.context === null || isNew(one) ? [] : [{ ...leadOf(one.delivery), context: one.context }],
    );
    const states = decided.flatMap(({ delivery, featureStates }) =>
      Object.entries(featureStates).map(([feature, state]) => ({
        ...leadOf(delivery),
        feature,
        state,
      })),
    );
    return [
      ...this.insert(added, at),
      ...this.update(changed, at),
      ...this.upsertFeatureStates(states, at),
    ];
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
  ): Promise<ReadonlyMap<string, LeadState>> {
    const missing = leads.map((lead) => ({ ...lead, context: EMPTY_CONTEXT }));
    await execute(trx, this.insert(missing, now, sql`on conflict do nothing`));
    return this.lockStored(leads).on(trx);
  }

  saveContexts(trx: DatabaseTransaction, leads: readonly StoredLead[], now: Date): Promise<void> {
    return execute(trx, this.update(leads, now));
  }

  private lockStored(leads: readonly LeadKey[]): Reading<ReadonlyMap<string, LeadState>> {
    if (leads.length === 0) return Reading.known(new Map());
    return Reading.all([this.lockContexts(leads), this.featureStates(leads)]).map(
      ([contexts, states]) =>
        new Map(
          contexts.map(({ context, ...row }) => {
            const key = rowKey(row);
            return [key, { context: complete(context), featureStates: states.get(key) ?? {} }];
          }),
        ),
    );
  }

  private lockContexts(leads: readonly LeadKey[]) {
    return Reading.of(sql<LeadRow & { readonly context: LeadContext }>`
      select lead.location_id, lead.contact_id, lead.context
      from lead
      join ${keysOf(leads)} using (location_id, contact_id)
      order by 1, 2
      for update of lead`);
  }

  private insert(
    leads: readonly StoredLead[],
    now: Date,
    onConflict = sql``,
  ): readonly Statement[] {
    if (leads.length === 0) return [];
    return [
      sql`
      insert into lead (location_id, contact_id, context, updated_at)
      select location_id, contact_id, context::jsonb, ${now}::timestamptz
      from unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[],
        ${leads.map((lead) => JSON.stringify(lead.context))}::text[]
      ) as added (location_id, contact_id, context)
      order by 1, 2
      ${onConflict}`,
    ];
  }

  private update(leads: readonly StoredLead[], now: Date): readonly Statement[] {
    if (leads.length === 0) return [];
    return [
      sql`
      update lead set context = changed.context::jsonb, updated_at = ${now}::timestamptz
      from unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[],
        ${leads.map((lead) => JSON.stringify(lead.context))}::text[]
      ) as changed (location_id, contact_id, context)
      where lead.location_id = changed.location_id and lead.contact_id = changed.contact_id`,
    ];
  }

  private upsertFeatureStates(
    states: readonly (LeadKey & { readonly feature: string; readonly state: unknown })[],
    now: Date,
  ): readonly Statement[] {
    if (states.length === 0) return [];
    return [
      sql`
      insert into lead_feature_state (location_id, contact_id, feature, state, updated_at)
      select location_id, contact_id, feature, state::jsonb, ${now}::timestamptz
      from unnest(
        ${states.map((row) => row.locationId)}::text[],
        ${states.map((row) => row.contactId)}::text[],
        ${states.map((row) => row.feature)}::text[],
        ${states.map((row) => JSON.stringify(row.state))}::text[]
      ) as changed (location_id, contact_id, feature, state)
      on conflict (location_id, contact_id, feature) do update
        set state = excluded.state, updated_at = excluded.updated_at`,
    ];
  }

  /** As it stands now, in the order asked; undefined for a lead that is not there. */
  findContexts(leads: readonly LeadKey[]): Promise<readonly (LeadContext | undefined)[]> {
    return this.database.ask(this.contextsOf(leads));
  }

  /** The same, to travel with other readings. */
  contextsOf(leads: readonly LeadKey[]): Reading<readonly (LeadContext | undefined)[]> {
    return Reading.of(
      sql<LeadRow & { readonly context: LeadContext }>`
      select lead.location_id, lead.contact_id, lead.context
      from lead
      join ${keysOf(leads)} using (location_id, contact_id)`,
    ).map((rows) => {
      const contexts = new Map(rows.map(({ context, ...row }) => [rowKey(row), complete(context)]));
      return leads.map((lead) => contexts.get(leadKeyText(lead)));
    });
  }

  async find({ locationId, contactId }: LeadKey): Promise<LeadState | undefined> {
    const key = { locationId, contactId };
    const [context] = await this.findContexts([key]);
    if (context === undefined) return undefined;
    const states = await this.featureStates([key]).on(this.database.kysely);
    return { context, featureStates: states.get(leadKeyText(key)) ?? {} };
  }

  private featureStates(leads: readonly LeadKey[]): Reading<ReadonlyMap<string, FeatureStates>> {
    return Reading.of(
      sql<LeadRow & { readonly states: FeatureStates }>`
      select location_id, contact_id, jsonb_object_agg(feature, state) as states
      from lead_feature_state
      join ${keysOf(leads)} using (location_id, contact_id)
      group by 1, 2`,
    ).map((rows) => new Map(rows.map((row) => [rowKey(row), row.states])));
  }
}

/** A context that an older version stored lacks what has been added since. */
function complete(stored: LeadContext): LeadContext {
  return { ...EMPTY_CONTEXT, ...stored };
}

interface LeadRow {
  readonly location_id: string;
  readonly contact_id: string;
}

function rowKey({ location_id, contact_id }: LeadRow): string {
  return leadKeyText({ locationId: location_id, contactId: contact_id });
}

function keysOf(leads: readonly LeadKey[]) {
  return sql`unnest(
    ${leads.map((lead) => lead.locationId)}::text[],
    ${leads.map((lead) => lead.contactId)}::text[]
  ) as wanted (location_id, contact_id)`;
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}
