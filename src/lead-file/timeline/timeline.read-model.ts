import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { Database } from '../../database/database.js';
import { ofContact } from '../../database/of-contact.js';
import { EffectRegistry } from '../../effects/effect-registry.js';
import { Keyset } from '../../http/admin/keyset.js';
import type { Page, PageQuery } from '../../http/admin/page.js';
import type { LeadKey } from '../../leads/lead-key.js';
import type { TimelineRow } from './timeline-row.js';

/** Of what happened at one moment: the message, then what was decided of it, then what came of that. */
const RANK = { message: 0, consent: 1, decision: 2, handoff: 3, effect: 4 } as const;

const ORDER = new Keyset('timeline', { at: 'time', rank: 'number', id: 'text' });

/** What happened to one lead, over all rooms. */
@Injectable()
export class TimelineReadModel {
  constructor(
    private readonly database: Database,
    private readonly registry: EffectRegistry,
  ) {}

  /**
   * Oldest first; what is planned stands at its due time.
   *
   * @throws {ProblemException} 400 for a cursor that is none of ours
   */
  async list(lead: LeadKey, query: PageQuery): Promise<Page<TimelineRow>> {
    const after = ORDER.after(query);
    const lanes = this.registry.lanesOf(lead).map(({ contactId }) => contactId);
    const begins =
      after === undefined
        ? sql`true`
        : sql`(at, rank, id) > (${after.at}::timestamptz, ${after.rank}::int, ${after.id}::text)`;
    const { rows } = await sql<TimelineRow>`
      select at, rank, id, source, details from (
        ${deliveriesOf(lead)}
        union all ${turnsOf(lead)}
        union all ${consentOf(lead)}
        union all ${decisionsOf(lead)}
        union all ${handoffsOf(lead)}
        union all ${effectsOf(lead, lanes)}
      ) as happened
      where ${begins}
      order by at, rank, id
      limit ${query.limit + 1}`.execute(this.database.kysely);
    return ORDER.page(rows, query);
  }
}

/** Lead events only; an event cannot have happened after it arrived. */
function deliveriesOf(lead: LeadKey): RawBuilder<unknown> {
  return sql`
    select least(occurred_at, received_at) as at, ${RANK.message}::int as rank, delivery_id as id,
      'delivery' as source, jsonb_build_object('location_id', ${lead.locationId}::text, 'delivery_id', delivery_id, 'scheme', scheme, 'body', body,
        'received_at', to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'state', state, 'error', error) as details
    from (
      select delivery_id, scheme, body, state, error, occurred_at, received_at from delivery
      where ${ofContact(lead)} and state in ('processed', 'failed')
      union all
      select delivery_id, scheme, body, state, null, occurred_at, received_at from decided_delivery
      where ${ofContact(lead)} and state = 'processed'
    ) as received`;
}

/** What a person of the team wrote, and what the lead wrote before the bodies that are kept. */
function turnsOf(lead: LeadKey): RawBuilder<unknown> {
  return sql`
    select (turn ->> 'at')::timestamptz, ${RANK.message}::int, 'turn ' || position, 'turn', turn
    from lead cross join lateral jsonb_array_elements(context -> 'turns') with ordinality as said (turn, position)
    where ${ofContact(lead)} and (turn ->> 'from' = 'human' or turn ->> 'from' = 'lead' and not exists (
      select from decided_delivery
      where ${ofContact(lead)} and occurred_at = (turn ->> 'at')::timestamptz and state = 'processed'
    ) and not exists (
      select from delivery
      where ${ofContact(lead)} and occurred_at = (turn ->> 'at')::timestamptz and state in ('processed', 'failed')
    ))`;
}

function consentOf(lead: LeadKey): RawBuilder<unknown> {
  return sql`
    select min(effective_at), ${RANK.consent}::int, origin || '/' || kind, 'consent', jsonb_build_object(
      'kind', kind, 'said_by', min(said_by), 'words', min(words), 'channels', jsonb_agg(distinct channel))
    from consent_entry where ${ofContact(lead)}
    group by origin, kind`;
}

function decisionsOf(lead: LeadKey): RawBuilder<unknown> {
  return sql`
    select decided_at, ${RANK.decision}::int, delivery_id, 'decision', jsonb_build_object(
      'lead_score', document -> 'lead_score', 'lead_temperature', document -> 'lead_temperature',
      'priority', document -> 'priority', 'reply', document -> 'reply',
      'read_again', document -> 'llm_reading' -> 'events')
    from decision where ${ofContact(lead)}`;
}

function handoffsOf(lead: LeadKey): RawBuilder<unknown> {
  return sql`
    select step_at, ${RANK.handoff}::int, handoff_id || ' ' || place || ' ' || step, 'handoff',
      jsonb_build_object('step', step, 'reason_code', reason_code, 'by', step_by)
    from handoff cross join lateral (values
      (1, 'opened', opened_at, null),
      (2, 'breached', breached_at, null),
      (3, 'acknowledged', acknowledged_at, acknowledged_by),
      (4, 'resolved', resolved_at, resolved_by)
    ) as steps (place, step, step_at, step_by)
    where ${ofContact(lead)} and step_at is not null`;
}

/** Padded, so that numbers are in order as text. */
function effectsOf({ locationId }: LeadKey, lanes: readonly string[]): RawBuilder<unknown> {
  return sql`
    select coalesce(finished_at, due_at), ${RANK.effect}::int, lpad(effect_id::text, 19, '0'), 'effect',
      jsonb_build_object('kind', kind, 'state', state, 'last_error', last_error, 'payload', payload)
    from any_effect where location_id = ${locationId} and contact_id = any(${lanes}::text[])`;
}
