import { statfs } from 'node:fs/promises';
import pg from 'pg';
import { readConfiguration } from '../../src/config/configuration.js';
import { openDatabase } from '../../src/database/open-database.js';
import { Partitions } from '../../src/database/partitions.js';
import { Retention } from '../../src/database/retention.js';

/** Over so many days, the last of them today; what retention keeps is longer. */
const SPAN_DAYS = 28;
const DAY_MS = 86_400_000;
/** The experiment to which every lead is exposed. */
export const EXPERIMENT = 'ab_response_style_testing';
const CHUNK = 100_000;
const DELIVERIES_PER_LEAD = 5;
/** Of the disk: for what PostgreSQL writes beside the rows, and for whoever else is at work. */
const SPARE_BYTES = 12e9;

export interface FillOrder {
  /** Deliveries that are there already. */
  readonly from: number;
  /** Deliveries that shall be there. */
  readonly until: number;
  /** Of the whole fill: says when each delivery came. */
  readonly total: number;
}

/** The deliveries from $1 to before $2 of $3 in all, the last of which comes at $4: evenly over the span. */
const DELIVERED = `
  with delivered as (
    select n, md5(n::text)::uuid::text as delivery_id,
      'loc-' || (n / ${DELIVERIES_PER_LEAD}) % 50 as location_id,
      'contact-' || n / ${DELIVERIES_PER_LEAD} as contact_id,
      case when n % 100 < 80 then 'processed' when n % 1000 < 999 then 'acknowledged' else 'unrecognised' end as state,
      $4::timestamptz - ($3::bigint - n) * (interval '${SPAN_DAYS} days' / $3::bigint) as at
    from generate_series($1::bigint, $2::bigint - 1) n
  )`;

const LEADS = `${DELIVERED}
  insert into lead (location_id, contact_id, context, updated_at)
  select location_id, contact_id, jsonb_build_object(
    'turns', jsonb_build_array(
      jsonb_build_object('at', at, 'from', 'lead', 'text', 'We look for a home in Frisco, ' || repeat('three bedrooms ', 8)),
      jsonb_build_object('at', at, 'from', 'bot', 'text', 'We noted your request. ' || repeat('What else? ', 8))),
    'facts', '{"budget_min": null, "budget_max": 450000, "timeline": "1_month", "financing": "cash", "areas": ["Frisco"]}'::jsonb,
    'lead_score', n % 100, 'lead_temperature', 'warm', 'priority', 'normal', 'first_source', 'facebook ads',
    'last_source', 'facebook ads', 'contact', '{"firstName": "Dana"}'::jsonb, 'tags', '[]'::jsonb,
    'suppression', null, 'follow_up', null, 'human_takeover_at', null), at
  from delivered where n % ${DELIVERIES_PER_LEAD} = 0 on conflict do nothing`;

const CLAIMS = `${DELIVERED}
  insert into delivery_claim (location_id, claim_id, expires_at)
  select location_id, delivery_id, at + interval '7 days' from delivered where at > now() - interval '7 days'`;

const DELIVERIES = `${DELIVERED}
  insert into decided_delivery (location_id, delivery_id, contact_id, event_type, state, scheme, body, occurred_at,
    received_at, decided_at, decider_version, rollout_id, settings_id, situation, digests)
  select location_id, delivery_id, contact_id, 'message.received', state, 'hmac',
    json_build_object('type', 'message.received', 'id', delivery_id, 'location_id', location_id,
      'contact_id', contact_id, 'message', repeat('Looking for a home. ', 8))::text,
    at, at, at + interval '10 ms', 1, 'filled', 'filled',
    json_build_object('context', json_build_object('turns', repeat('What was said. ', 40))),
    '{"document": "0123456789abcdef", "context": "0123456789abcdef", "effects": "0123456789abcdef"}'
  from delivered`;

const DECISIONS = `${DELIVERED}
  insert into decision (location_id, delivery_id, contact_id, decided_at, document)
  select location_id, delivery_id, contact_id, at + interval '10 ms', jsonb_build_object(
    'lead_score', n % 100, 'priority', 'normal', 'lead_temperature', 'warm', 'source', 'facebook ads',
    'reply', jsonb_build_object('text', repeat('We noted your request. ', 6), 'send', true, 'withheld', null),
    'facts', jsonb_build_object('budget_max', 450000, 'areas', jsonb_build_array('Frisco')))
  from delivered where state = 'processed'`;

/** Three of a decision have finished; one of two hundred still has its follow-up open. */
const FINISHED_EFFECTS = `${DELIVERED}
  insert into finished_effect (effect_id, location_id, contact_id, effect_key, kind, payload, state, due_at,
    attempts, sends, remote_id, started_at, finished_at, created_at)
  select n * 4 + step, location_id, contact_id, delivery_id || '@1/' || step,
    (array['send_message', 'update_fields', 'add_tags'])[step], jsonb_build_object('text', repeat('word ', 20)),
    case when n % 100 < 95 then 'delivered' when n % 100 < 98 then 'cancelled' else 'suppressed' end,
    at, 1, 1, 'remote-' || n || '-' || step, at, at + interval '1 second', at
  from delivered cross join generate_series(1, 3) step where state = 'processed'`;

const OPEN_EFFECTS = `${DELIVERED}, planned as (
    insert into effect (location_id, contact_id, effect_key, kind, payload, due_at, created_at)
    select location_id, contact_id, delivery_id || '@1/follow_up', 'follow_up',
      '{"action": "nurture_sequence", "channel": "SMS", "text": "Anything else?"}', now() + interval '2 days', at
    from delivered where n % 200 = 0
    returning location_id, contact_id, due_at
  )
  insert into lane (location_id, contact_id, ready_at)
  select location_id, contact_id, min(due_at) from planned group by 1, 2 on conflict do nothing`;

/** Of every lead, as if an experiment had run all the time: half of either variant, four sources, two segments. */
const EXPOSURES = `${DELIVERED}
  insert into exposure (experiment, location_id, contact_id, variant, segment, source, bucket, epoch, effect_id,
    decided_at, exposed_at)
  select '${EXPERIMENT}', location_id, contact_id, (array['A', 'B'])[1 + (hashtext(contact_id) & 1)],
    (array['hot_priority', 'general'])[1 + (hashtext(contact_id) >> 1 & 1)],
    (array['facebook ads', 'google', 'website', 'referral'])[1 + (hashtext(contact_id) >> 2 & 3)],
    hashtext(contact_id) & 8191, 1, n * 4 + 1, at, at + interval '2 seconds'
  from delivered where n % ${DELIVERIES_PER_LEAD} = 0`;

/** A third of the leads reply, a tenth are won. */
const MILESTONES = `${DELIVERED}
  insert into lead_milestone (location_id, contact_id, kind, occurred_at, delivery_id)
  select location_id, contact_id, kind, at + interval '1 hour' * (1 + n % 300), delivery_id
  from delivered cross join (values ('reply', 3), ('converted', 10)) as milestone (kind, share)
  where n % (${DELIVERIES_PER_LEAD} * share) = 0`;

/** A tenth of the leads are handed over, most of them have been taken. */
const HANDOFFS = `${DELIVERED}
  insert into handoff (location_id, contact_id, state, reason_code, risk_level, opened_at, deadline_at,
    breached_at, acknowledged_at, resolved_at, delivery_id, summary, assigned_to)
  select location_id, contact_id, case when is_taken then 'resolved' else 'open' end, 'asked_for_a_person',
    (array['high', 'medium', 'low'])[1 + n % 3], at, at + interval '15 minutes',
    case when not is_taken then at + interval '15 minutes' end, case when is_taken then at + interval '5 minutes' end,
    case when is_taken then at + interval '1 day' end, delivery_id, '{"text": "Wants to talk."}', 'user-' || n % 30
  from delivered cross join lateral (values (n % 100 <> 0)) as progress (is_taken)
  where n % (${DELIVERIES_PER_LEAD} * 10) = 0`;

/** Two connections work side by side; what they write does not meet. */
const SIDES = [
  [LEADS, CLAIMS, DELIVERIES, DECISIONS],
  [FINISHED_EFFECTS, OPEN_EFFECTS, EXPOSURES, MILESTONES, HANDOFFS],
] as const;

/** Above the ids of finished effects, and never back: what is stored from now on is newer than all there is. */
const NEXT_EFFECT_ID = `
  select setval(effect_id, greatest(nextval(effect_id), $1::bigint * 4 + 4))
  from pg_get_serial_sequence('effect', 'effect_id') as effect_id`;

/** Made of plain rows: what a crash would lose is filled again. */
const SETTINGS = '-c synchronous_commit=off -c maintenance_work_mem=256MB -c statement_timeout=0';

const BASIS = `insert into decision_basis (basis_id, kind, document, recorded_at) values
  ('filled', 'settings', '{}', now()) on conflict do nothing`;

/** Partitions of the past, as the service made them when it was the present. */
export async function makePartitions(url: string): Promise<void> {
  const { retentionDays, historyDays } = readConfiguration({}).webhook;
  const database = await openDatabase({ databaseUrl: url, dataDir: '', poolSize: 1 });
  for (let day = SPAN_DAYS; day >= 0; day -= 1) {
    const clock = { now: () => new Date(Date.now() - day * DAY_MS) };
    const partitions = new Partitions(database, clock, new Retention(database, clock));
    const decided = { column: 'decided_at' };
    await partitions.keep({ ...decided, table: 'decided_delivery', keepDays: retentionDays });
    await partitions.keep({ ...decided, table: 'decision', keepDays: historyDays });
    const finished = { table: 'finished_effect', column: 'finished_at' } as const;
    await partitions.keep({ ...finished, keepDays: historyDays });
  }
  await database.close();
}

/**
 * Adds deliveries with their leads, decisions and effects, in the order of their time.
 *
 * @returns deliveries that are there now: fewer than asked for where the disk of `dataDir` has no room
 */
export async function fill(
  url: string,
  dataDir: string,
  { from, until, total }: FillOrder,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: SIDES.length, options: SETTINGS });
  try {
    await pool.query(BASIS);
    await pool.query(`alter system set max_wal_size = '8GB'`);
    await pool.query('select pg_reload_conf()');
    let filled = from;
    while (filled < until && (await hasRoom(dataDir))) {
      const next = Math.min(until, filled + CHUNK);
      const values = [filled, next, total, new Date()];
      await Promise.all(
        SIDES.map(async (statements) => {
          for (const statement of statements) await pool.query(statement, values);
        }),
      );
      filled = next;
      if (filled % (10 * CHUNK) === 0) console.error(`${filled.toLocaleString('en-US')} filled`);
    }
    await pool.query(NEXT_EFFECT_ID, [filled]);
    await pool.query('alter system reset max_wal_size');
    await pool.query('select pg_reload_conf()');
    await pool.query('vacuum analyze');
    await pool.query('checkpoint');
    return filled;
  } finally {
    await pool.end();
  }
}

async function hasRoom(dataDir: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize > SPARE_BYTES;
}
