-- Everything that leaves the process, and everything that is due later.

-- A lane is one contact's mailbox: its effects go out in order, different lanes in parallel.
-- `ready_at` is when its next effect is due, null when nobody has to look. A claim clears it, sets
-- `leased_until` and raises `fence`, so that a worker that lost its lease cannot finish.
create table lane (
  location_id  text not null,
  contact_id   text not null,
  ready_at     timestamptz,
  -- After a failure: new effects do not shorten the wait.
  not_before   timestamptz,
  leased_until timestamptz,
  fence        bigint not null default 0,
  failures     integer not null default 0,
  primary key (location_id, contact_id)
);
create index lane_ready on lane (ready_at) where ready_at is not null and leased_until is null;
create index lane_leased on lane (leased_until) where leased_until is not null;

create table effect (
  effect_id   bigint generated always as identity primary key,
  location_id text not null,
  contact_id  text not null,
  -- "<delivery id>/<step>": the same decision never stores an effect twice.
  effect_key  text not null,
  kind        text not null,
  payload     jsonb not null,
  state       text not null default 'pending'
              check (state in ('pending', 'sending', 'delivered', 'dead', 'uncertain', 'cancelled', 'suppressed', 'no_credentials')),
  due_at      timestamptz not null,
  attempts    integer not null default 0,
  -- How often a message may have left; `attempts` also counts tries that ended before.
  sends       integer not null default 0,
  last_error  text,
  first_failed_at timestamptz,
  -- Set when an effect that is under way should not be tried again.
  cancelled_at timestamptz,
  remote_id   text,
  started_at  timestamptz,
  finished_at timestamptz,
  created_at  timestamptz not null,
  unique (location_id, effect_key)
) with (fillfactor = 80);
create index effect_open on effect (location_id, contact_id, due_at, effect_id) where state in ('pending', 'sending');
create index effect_due on effect (due_at) where state in ('pending', 'sending');
create index effect_attention on effect (finished_at) where state in ('dead', 'uncertain');
create index effect_cancellable on effect (location_id, contact_id)
  where kind = 'follow_up' and state in ('pending', 'sending', 'no_credentials');
create index effect_finished on effect (finished_at) where state in ('delivered', 'cancelled', 'suppressed');
create index effect_waiting on effect (location_id) where state = 'no_credentials';
-- Serves the operator's page of a lead and the recognition of our own messages.
create index effect_by_lead on effect (location_id, contact_id, effect_id);
create index effect_by_state on effect (state, effect_id);

create table crm_rate_limit (
  location_id text primary key,
  tat         timestamptz not null
);
