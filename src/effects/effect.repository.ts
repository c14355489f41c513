import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { execute, Reading, type Statement } from '../database/reading.js';
import type { DatabaseTransaction } from '../database/transactions.js';
import { leadKeyText, type LeadKey } from '../leads/lead-key.js';
import type { CrmEvent, Delivery, OutboundMessage } from '../leads/crm-event.js';
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

/** Messages that have not gone out: planned follow-ups, or replies that wait for the end of a burst. */
export type PlannedMessage = 'follow_up' | 'send_message';

/** A lead whose messages of a kind end before they go out, and why. */
export interface Cancellation extends LeadKey {
  readonly kind: PlannedMessage;
  readonly reason: string;
}

export interface PlanChange {
  readonly requests: readonly EffectRequest[];
  readonly cancellations: readonly Cancellation[];
}

/** What the outbox needs to know of a decided delivery. */
interface DecidedEffects {
  readonly delivery: Delivery;
  readonly effects: readonly EffectDraft[];
  readonly cancelFollowUps: string | null;
  readonly cancelReplies: string | null;
}

/** What is known of a delivery's lead. */
export interface LoadedEffects {
  /** Whether an outbound message is one of our own coming back. */
  readonly isEcho: boolean;
  /** Whether anything is planned that could be cancelled. */
  readonly hasPlans: boolean;
}

interface EffectBatch {
  readonly decided: readonly DecidedEffects[];
  readonly loaded: ReadonlyMap<Delivery, Pick<LoadedEffects, 'hasPlans'>>;
  readonly at: Date;
  /** What others ask for, to go out behind the decisions' own effects. */
  readonly requests: readonly EffectRequest[];
}

/** The outbox: effects are stored in the transaction of the decision that asks for them. */
@Injectable()
export class EffectRepository {
  constructor(private readonly registry: EffectRegistry) {}

  /** Its part of the intake transaction: which outbound messages are our own, and who has messages planned. */
  load(deliveries: readonly Delivery[]): Reading<ReadonlyMap<Delivery, LoadedEffects>> {
    const outbound = deliveries.map(({ event }) => event).filter(isOutbound);
    const leads = deliveries.map(leadOf);
    return Reading.all([this.findOwnMessages(outbound), this.findPlanned(leads)]).map(
      ([own, planned]) =>
        new Map(
          deliveries.map((delivery) => [
            delivery,
            {
              isEcho: isOutbound(delivery.event) && own.has(delivery.event),
              hasPlans: planned.has(leadKeyText(leadOf(delivery))),
            },
          ]),
        ),
    );
  }

  save({ decided, loaded, at, requests }: EffectBatch): readonly Statement[] {
    const own = decided.flatMap((one) => requestsOf(one, at));
    const cancellations = decided
      .filter(({ delivery }) => loaded.get(delivery)?.hasPlans === true)
      .flatMap(cancellationsOf);
    return this.planned({ requests: [...own, ...requests], cancellations }, at);
  }

  /** Stores effects in order, arms their lanes, and wakes the workers once this transaction commits. */
  async enqueue(
    trx: DatabaseTransaction,
    requests: readonly EffectRequest[],
    now: Date,
  ): Promise<void> {
    await execute(trx, this.enqueuing(requests, now));
  }

  /** The same for a pipelined transaction. */
  enqueuing(requests: readonly EffectRequest[], now: Date): readonly Statement[] {
    return this.planned({ requests, cancellations: [] }, now);
  }

  /**
   * Ends what was planned and stores what is planned now. Lanes before effects, and all lanes in key
   * order: the order in which workers lock them, too.
   */
  replan(trx: DatabaseTransaction, change: PlanChange, now: Date): Promise<void> {
    return execute(trx, this.planned(change, now));
  }

  private planned(change: PlanChange, now: Date): readonly Statement[] {
    const { cancellations } = change;
    if (change.requests.length === 0 && cancellations.length === 0) return [];
    const requests = change.requests.map((request) => this.inItsLane(request));
    return [
      this.armLanes({ requests, cancellations }),
      ...this.cancel(cancellations, now),
      ...this.insert(requests, now),
    ];
  }

  /**
   * Which of these outbound messages are our own sends coming back: by the CRM's id, or, since the
   * echo may overtake the reply to our call, by the same text to the same contact within `ECHO_WINDOW_S`.
   */
  findOwnMessages<M extends OutboundMessage>(messages: readonly M[]): Reading<ReadonlySet<M>> {
    if (messages.length === 0) return Reading.known(new Set());
    return Reading.of(
      sql<{ position: number }>`
      select position::int from unnest(
        ${messages.map((message) => message.locationId)}::text[],
        ${messages.map((message) => message.contactId)}::text[],
        ${messages.map((message) => message.messageId)}::text[],
        ${messages.map((message) => message.text)}::text[],
        ${messages.map((message) => message.receivedAt)}::timestamptz[]
      ) with ordinality as sent (location_id, contact_id, message_id, text, received_at, position)
      where exists (
        select 1 from any_effect as effect
        where effect.location_id = sent.location_id and effect.contact_id = sent.contact_id
          and effect.kind in ('send_message', 'follow_up')
          and (effect.remote_id = sent.message_id
            or (effect.payload ->> 'text' = sent.text and effect.started_at is not null
              and effect.started_at >= sent.received_at - make_interval(secs => ${ECHO_WINDOW_S})))
      )`,
    ).map((rows) => new Set(rows.flatMap(({ position }) => messages[position - 1] ?? [])));
  }

  /**
   * The leads that have messages to cancel. True until the commit where the leads are locked: they
   * are planned under that lock only, and a worker can but finish one, after which there is nothing to
   * cancel. One that an operator replays at the same moment counts as replayed afterwards.
   */
  private findPlanned(leads: readonly LeadKey[]): Reading<ReadonlySet<string>> {
    if (leads.length === 0) return Reading.known(new Set());
    return Reading.of(
      sql<LeadKey>`
      select location_id as "locationId", contact_id as "contactId" from unnest(
        ${leads.map((lead) => lead.locationId)}::text[],
        ${leads.map((lead) => lead.contactId)}::text[]
      ) as asked (location_id, contact_id)
      cross join lateral (
        select 1 from effect
        where effect.location_id = asked.location_id and effect.contact_id = asked.contact_id
          and ${isCancellable}
        limit 1
      ) as planned`,
    ).map((rows) => new Set(rows.map(leadKeyText)));
  }

  private inItsLane(request: EffectRequest): EffectRequest {
    return { ...request, ...this.registry.laneOf(request, request.draft.payload.kind) };
  }

  /**
   * Messages that nobody has started on are cancelled: the lead answered or left, or a person took
   * over. One that may have left already is settled, but not sent again.
   */
  private cancel(cancellations: readonly Cancellation[], now: Date): readonly Statement[] {
    if (cancellations.length === 0) return [];
    return [
      sql`
      update effect set cancelled_at = ${now}::timestamptz,
        state = case when state = 'sending' then state else 'cancelled' end,
        last_error = case when state = 'sending' then last_error else ended.reason end,
        finished_at = case when state = 'sending' then null else ${now}::timestamptz end
      from unnest(
        ${cancellations.map((lead) => lead.locationId)}::text[],
        ${cancellations.map((lead) => lead.contactId)}::text[],
        ${cancellations.map(({ kind }) => kind)}::text[],
        ${cancellations.map(({ reason }) => reason)}::text[]
      ) as ended (location_id, contact_id, kind, reason)
      where effect.location_id = ended.location_id and effect.contact_id = ended.contact_id
        and effect.kind = ended.kind and ${isCancellable}
        and (effect.payload ->> 'purpose' is distinct from 'notice' or ended.reason = 'opted_out')`,
    ];
  }

  private insert(requests: readonly EffectRequest[], now: Date): readonly Statement[] {
    if (requests.length === 0) return [];
    const column = <T>(read: (request: EffectRequest) => T): T[] => requests.map(read);
    return [
      sql`
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
      on conflict (location_id, effect_key) do nothing`,
    ];
  }

  private armLanes({ requests, cancellations }: PlanChange): Statement {
    const wanted = [
      ...requests.map((request) => ({ lead: request, dueAt: request.draft.dueAt })),
      ...cancellations.map((cancellation) => ({ lead: cancellation, dueAt: null })),
    ];
    return sql`
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
      select pg_notify(${EFFECTS_CHANNEL}, '') from (select 1 from armed limit 1) as any_armed`;
  }
}

/** Nobody has finished it, and it is a message. */
const isCancellable = sql`effect.kind in ('follow_up', 'send_message')
  and effect.state in ('pending', 'sending', 'no_credentials')`;

function isOutbound(event: CrmEvent): event is OutboundMessage {
  return event.kind === 'outbound';
}

function leadOf({ locationId, event }: Delivery): LeadKey {
  return { locationId, contactId: event.contactId ?? '' };
}

function cancellationsOf({
  delivery,
  cancelFollowUps,
  cancelReplies,
}: DecidedEffects): Cancellation[] {
  const ended = [
    ['follow_up', cancelFollowUps],
    ['send_message', cancelReplies],
  ] as const;
  return ended.flatMap(([kind, reason]) =>
    reason === null ? [] : [{ ...leadOf(delivery), kind, reason }],
  );
}

function requestsOf({ delivery, effects }: DecidedEffects, at: Date): EffectRequest[] {
  const origin = `${delivery.deliveryId}@${at.getTime()}`;
  return effects.map((draft) => ({ ...leadOf(delivery), origin, draft }));
}
