-- What is finished lies apart from what is open, in partitions by time: the table that every lead and
-- every worker writes stays as small as what is outstanding, and history goes a partition at a time.
-- Replicas of the version before go on: they finish effects where they lie, and the service moves those.

create table finished_effect (
  effect_id       bigint not null,
  location_id     text not null,
  contact_id      text not null,
  effect_key      text not null,
  kind            text not null,
  payload         jsonb not null,
  state           text not null check (state in ('delivered', 'cancelled', 'suppressed')),
  due_at          timestamptz not null,
  attempts        integer not null,
  sends           integer not null,
  last_error      text,
  first_failed_at timestamptz,
  cancelled_at    timestamptz,
  remote_id       text,
  started_at      timestamptz,
  finished_at     timestamptz not null,
  created_at      timestamptz not null,
  doubt           text
) partition by range (finished_at);
create table finished_effect_default partition of finished_effect default;
-- EffectReadModel: one effect by its id, and all of them, newest first.
create index finished_effect_by_id on finished_effect (effect_id);
-- EffectReadModel: a lead's; EffectRepository.findOwnMessages and AnnouncementRepository.remoteIdsOf: its texts.
create index finished_effect_by_lead on finished_effect (location_id, contact_id, effect_id);
-- EffectReadModel: those of a state that few are in, newest first.
create index finished_effect_by_state on finished_effect (state, effect_id) where state <> 'delivered';
-- The same of the kinds that few are of.
create index finished_effect_by_kind on finished_effect (kind, effect_id)
  where kind not in ('send_message', 'update_fields', 'add_tags', 'remove_tags', 'follow_up');

-- Both, for whoever reads and does not care where an effect lies.
create view any_effect as
select effect_id, location_id, contact_id, effect_key, kind, payload, state, due_at, attempts, sends, last_error,
  first_failed_at, cancelled_at, remote_id, started_at, finished_at, created_at, doubt
from effect
union all
select effect_id, location_id, contact_id, effect_key, kind, payload, state, due_at, attempts, sends, last_error,
  first_failed_at, cancelled_at, remote_id, started_at, finished_at, created_at, doubt
from finished_effect;

-- A lead's few open effects are found by effect_by_lead; what is in one state, by reading what is open.
drop index effect_open, effect_cancellable, effect_by_state;
-- Left on effect: its key (effect_id); (location_id, effect_key), by which EffectRepository.insert stores an
-- effect once; effect_by_lead, for LaneRepository.loadDue and .release, for what EffectRepository cancels, and
-- for a lead's effects in EffectReadModel; effect_due, effect_attention and effect_waiting, for
-- EffectsStatusReadModel and WaitingEffectRepository; effect_finished, for what FinishedEffectRepository moves.

-- Rows come and go: what they leave behind is cleared away before it weighs.
alter table effect set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
alter table lane set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Lanes go when nothing is open in them: a fence must not come again with the next lane of the contact.
create sequence lane_fence;
select setval('lane_fence', (select coalesce(max(fence), 0) + 1 from lane));

-- How many effects have finished how, so that no page has to count them. Changes to a count, one row beside
-- the other: whoever finishes effects waits for nobody. Their sum is the count; retention puts them together
-- now and then. No index: it is read whole, and stays small.
create table effect_tally (
  -- Monday (UTC) of the week in which they finished.
  week        date not null,
  location_id text not null,
  kind        text not null,
  state       text not null,
  count       bigint not null
);

-- By trigger, since several statements finish effects and one takes them back: none can forget to count.
create function tally_finished_effects() returns trigger language plpgsql as $$
begin
  insert into effect_tally (week, location_id, kind, state, count)
  select date_trunc('week', finished_at at time zone 'UTC'), location_id, kind, state, tg_argv[0]::int * count(*)
  from changed
  group by 1, 2, 3, 4;
  return null;
end
$$;
create trigger tally_more after insert on finished_effect
  referencing new table as changed for each statement execute function tally_finished_effects('1');
create trigger tally_less after delete on finished_effect
  referencing old table as changed for each statement execute function tally_finished_effects('-1');

-- PostgresCrmRateLimiter: the turns of many calls in one round trip, in the order of the arrays, which are
-- sorted by location as every caller sorts them. Costs, queues, room and step (one call) are microseconds. Of a
-- location that has not used half of its room, up to `lends` turns more are booked for the caller, to be used
-- soon. Not waited for until it lies on disk: a server that crashes takes longer to be back than what it forgets.
create function take_crm_turns(
  locations text[], costs float8[], queues float8[], lends int[], room float8, step float8, at timestamptz
)
returns table (granted boolean, wait_ms float8, lent int) language plpgsql as $$
declare
  micro constant interval := interval '1 microsecond';
  present timestamptz;
  arrival timestamptz;
begin
  perform set_config('synchronous_commit', 'off', true);
  for i in 1 .. cardinality(locations) loop
    insert into crm_rate_limit (location_id, tat) values (locations[i], '-infinity') on conflict do nothing;
    select tat into arrival from crm_rate_limit where location_id = locations[i] for update;
    present := coalesce(at, clock_timestamp());
    arrival := greatest(arrival, present) + costs[i] * micro;
    granted := arrival <= present + (room + queues[i]) * micro;
    lent := 0;
    if granted then
      lent := greatest(0, least(lends[i],
        floor((room / 2 - extract(epoch from arrival - present) * 1000000) / step)));
      update crm_rate_limit set tat = arrival + lent * step * micro where location_id = locations[i];
    end if;
    wait_ms := extract(epoch from arrival - room * micro - present) * 1000;
    return next;
  end loop;
end
$$;
