import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { DatabaseTransaction } from '../database/transactions.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { Delivery, OutboundMessage } from '../leads/crm-event.js';
import type { EffectDraft } from './effect.js';
import { EffectRegistry } from './effect-registry.js';

/** Channel on which a committed batch of effects wakes the workers of every replica. */
export const EFFECTS_CHANNEL = 'growthgate_effects';

/** Seconds within which the same text to the same contact is taken for our own, as integrators report echoes. */
const ECHO_WINDOW_S = 90;

/** Of a lead; the kind of effect says in which of its lanes it travels. */
export interface EffectRequest extends LeadKey {
  /** `<delivery id>@<occasion>`, an occasion that comes once; with the draft's step it makes the effect's key. */
  readonly origin: string;
  readonly draft: EffectDraft;
}

/** A lead whose pending follow-ups end, and why. */
export interface FollowUpCancellation extends LeadKey {
  readonly reason: string;
}

export interface PlanChange {
  readonly requests: readonly EffectRequest[];
  readonly cancellations: readonly FollowUpCancellation[];
}

/** What the outbox needs to know of a decided delivery. */
interface DecidedEffects {
  readonly delivery: Delivery;
  readonly effects: readonly EffectDraft[];
  readonly cancelFollowUps: string | null;
}

interface EffectBatch {
  readonly decided: readonly DecidedEffects[];
  readonly at: Date;
  /** What others ask for, to go out behind the decisions' own effects. */
  readonly requests: readonly EffectRequest[];
}

/** The outbox: effects are stored in the transaction of the decision that asks for them. */
@Injectable()
export class EffectRepository {
  constructor(private readonly registry: EffectRegistry) {}

  /** Its part of the intake transaction: which outbound messages are our own coming back. */
  async load(
    trx: DatabaseTransaction,
    deliveries: readonly Delivery[],
  ): Promise<ReadonlyMap<Delivery, { readonly isEcho: boolean }>> {
    const outbound = deliveries.filter(isOutbound);
    if (outbound.length === 0) return new Map();
    const events = outbound.map(({ event }) => event);
    const own = await this.findOwnMessages(trx, events);
    return new Map(outbound.map((delivery) => [delivery, { isEcho: own.has(delivery.event) }]));
  }

  async save(trx: DatabaseTransaction, { decided, at, requests }: EffectBatch): Promise<void> {
    const own = decided.flatMap((one) => requestsOf(one, at));
    const cancellations = decided.flatMap(({ delivery, cancelFollowUps }) =>
      cancelFollowUps === null ? [] : [{ ...leadOf(delivery), reason: cancelFollowUps }],
    );
    await this.replan(trx, { requests: [...own, ...requests], cancellations }, at);
  }

  /** Stores effects in order, arms their lanes, and wakes the workers once this transaction commits. */
  async enqueue(
    trx: DatabaseTransaction,
    requests: readonly EffectRequest[],
    now: Date,
  ): Promise<void> {
    await this.replan(trx, { requests, cancellations: [] }, now);
  }

  /**
   * Ends what was planned and stores what is planned now. Lanes before effects, and all lanes in key
   * order: the order in which workers lock them, too.
   */
  async replan(trx: DatabaseTransaction, change: PlanChange, now: Date): Promise<void> {
    const { cancellations } = change;
    if (change.requests.length === 0 && cancellations.length === 0) return;
    const requests = change.requests.map((request) => this.inItsLane(request));
    await this.armLanes(trx, { requests, cancellations });
    await this.cancelFollowUps(trx, cancellations, now);
    await this.insert(trx, requests, now);
  }

  /**
   * Which of these outbound messages are our own sends coming back: by the CRM's id, or, since the
   * echo may overtake the reply to our call, by the same text to the same contact within `ECHO_WINDOW_S`.
   */
  async findOwnMessages<M extends OutboundMessage>(
    trx: DatabaseTransaction,
    messages: readonly M[],
  ): Promise<ReadonlySet<M>> {
    const { rows } = await sql<{ position: number }>`
      select position::int from unnest(
        ${messages.map((message) => message.locationId)}::text[],
        ${messages.map((message) => message.contactId)}::text[],
        ${messages.map((message) => message.messageId)}::text[],
        ${messages.map((message) => message.text)}::text[],
        ${messages.map((message) => message.receivedAt)}::timestamptz[]
      ) with ordinality as sent (location_id, contact_id, message_id, text, received_at, position)
      where exists (
        select 1 from effect
        where effect.location_id = sent.location_id and effect.contact_id = sent.contact_id
          and effect.kind in ('send_message', 'follow_up')
          and (effect.remote_id = sent.message_id
            or (effect.payload ->> 'text' = sent.text and effect.started_at is not null
              and effect.started_at >= sent.received_at - make_interval(secs => ${ECHO_WINDOW_S})))
      )`.execute(trx);
    return new Set(rows.flatMap(({ position }) => messages[position - 1] ?? []));
  }

  private inItsLane(request: EffectRequest): EffectRequest {
    return { ...request, ...this.registry.laneOf(request, request.draft.payload.kind) };
  }

  /**
   * Follow-ups that nobody has started on are cancelled: the lead answered, left, or a person took
   * over. One that may have left already is settled, but not sent again.
   */
  private async cancelFollowUps(
    trx: DatabaseTransaction,
    cancellations: readonly FollowUpCancellation[],
    now: Date,
  ): Promise<void> {
    if (cancellations.length === 0) return;
    await sql`
      update effect set cancelled_at = ${now}::timestamptz,
        state = case when state = 'sending' then state else 'cancelled' end,
        last_error = case when state = 'sending' then last_error else ended.reason end,
        finished_at = case when state = 'sending' then null else ${now}::timestamptz end
      from unnest(
        ${cancellations.map((lead) => lead.locationId)}::text[],
        ${cancellations.map((lead) => lead.contactId)}::text[],
        ${cancellations.map((lead) => lead.reason)}::text[]
      ) as ended (location_id, contact_id, reason)
      where effect.location_id = ended.location_id and effect.contact_id = ended.contact_id
        and effect.kind = 'follow_up' and effect.state in ('pending', 'sending', 'no_credentials')`.execute(
      trx,
    );
  }

  private async insert(
    trx: DatabaseTransaction,
    requests: readonly EffectRequest[],
    now: Date,
  ): Promise<void> {
    if (requests.length === 0) return;
    const column = <T>(read: (request: EffectRequest) => T): T[] => requests.map(read);
    await sql`
      insert into effect (location_id, contact_id, effect_key, kind, payload, due_at, created_at)
      select location_id, contact_id, effect_key, kind, payload::jsonb, due_at, ${now}::timestamptz
      from unnest(
        ${column((request) => request.locationId)}::text[],
        ${column((request) => request.contactId)}::text[],
        ${column((request) => `${request.origin}/${request.draft.step}`)}::text[],
        ${column((request) => request.draft.payload.kind)}::text[],
        ${column((request) => JSON.stringify(request.draft.payload))}::text[],
        ${column((request) => request.draft.dueAt)}::timestamptz[]
      ) with ordinality as wanted (location_id, contact_id, effect_key, kind, payload, due_at, position)
      order by position
      on conflict (location_id, effect_key) do nothing`.execute(trx);
  }

  private async armLanes(
    trx: DatabaseTransaction,
    { requests, cancellations }: PlanChange,
  ): Promise<void> {
    const wanted = [
      ...requests.map((request) => ({ lead: request, dueAt: request.draft.dueAt })),
      ...cancellations.map((cancellation) => ({ lead: cancellation, dueAt: null })),
    ];
    await sql`
      with armed as (
        insert into lane (location_id, contact_id, ready_at)
        select location_id, contact_id, min(due_at)
        from unnest(
          ${wanted.map(({ lead }) => lead.locationId)}::text[],
          ${wanted.map(({ lead }) => lead.contactId)}::text[],
          ${wanted.map(({ dueAt }) => dueAt)}::timestamptz[]
        ) as wanted (location_id, contact_id, due_at)
        group by 1, 2
        order by 1, 2
        on conflict (location_id, contact_id) do update set ready_at = least(lane.ready_at, excluded.ready_at)
        returning 1
      )
      select pg_notify(${EFFECTS_CHANNEL}, '') from (select 1 from armed limit 1) as any_armed`.execute(
      trx,
    );
  }
}

type OutboundDelivery = Delivery & { readonly event: OutboundMessage };

function isOutbound(delivery: Delivery): delivery is OutboundDelivery {
  return delivery.event.kind === 'outbound';
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}

function requestsOf({ delivery, effects }: DecidedEffects, at: Date): EffectRequest[] {
  const origin = `${delivery.deliveryId}@${at.getTime()}`;
  return effects.map((draft) => ({ ...leadOf(delivery), origin, draft }));
}
