-- What became of leads, who saw which variant, and who was handed to a human.

-- Once per experiment and contact, when the CRM accepted the message that shows the variant.
create table exposure (
  experiment  text not null,
  location_id text not null,
  contact_id  text not null,
  variant     text not null,
  segment     text not null,
  source      text not null,
  bucket      integer not null,
  -- Rollout in force: a change of the allocation starts a new epoch.
  epoch       integer not null,
  effect_id   bigint not null,
  -- When the message was decided on: a handoff that the same decision opened belongs to this exposure.
  decided_at  timestamptz not null,
  exposed_at  timestamptz not null,
  primary key (experiment, location_id, contact_id)
);
create index exposure_by_time on exposure (experiment, exposed_at);

-- What a lead did: reply, appointment_booked, converted, lost, opted_out, handoff_opened, handoff_acknowledged.
create table lead_milestone (
  location_id text not null,
  contact_id  text not null,
  kind        text not null,
  occurred_at timestamptz not null,
  delivery_id text not null,
  primary key (location_id, contact_id, kind, delivery_id)
);
create index lead_milestone_by_time on lead_milestone (kind, occurred_at);

-- Where a lead stands; the newest event by its own time wins, not the last to arrive.
create table lead_outcome (
  location_id text not null,
  contact_id  text not null,
  outcome     text not null,
  field       text,
  value       text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (location_id, contact_id)
);

-- "Our stage X means converted"; location '*' is for all.
create table outcome_mapping (
  location_id text not null,
  status_key  text not null,
  outcome     text not null,
  updated_at  timestamptz not null,
  primary key (location_id, status_key)
);

-- Statuses that nobody has given a meaning yet.
create table unmapped_status (
  location_id text not null,
  status_key  text not null,
  field       text not null,
  value       text not null,
  seen_count  bigint not null,
  first_seen  timestamptz not null,
  last_seen   timestamptz not null,
  primary key (location_id, status_key)
);

create table handoff (
  handoff_id      bigint generated always as identity primary key,
  location_id     text not null,
  contact_id      text not null,
  state           text not null check (state in ('open', 'acknowledged', 'resolved')),
  reason_code     text not null,
  risk_level      text not null,
  assigned_to     text,
  opened_at       timestamptz not null,
  deadline_at     timestamptz not null,
  breached_at     timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at     timestamptz,
  resolved_by     text,
  delivery_id     text not null,
  summary         jsonb not null
);
-- One open handoff per lead.
create unique index handoff_open on handoff (location_id, contact_id) where state <> 'resolved';
create index handoff_by_state on handoff (state, deadline_at);

create table experiment_plan (
  experiment text primary key,
  plan       jsonb not null,
  started_at timestamptz not null
);
