-- What stored decisions were decided from, so that each of them can be computed again.

-- Settings and rollouts by their content: few, since they change seldom, and named by their hash.
create table decision_basis (
  basis_id    text primary key,
  kind        text not null check (kind in ('rollout', 'settings')),
  document    json not null,
  recorded_at timestamptz not null
);

-- One row per decided delivery, kept as long as the delivery's body, from which the event is read again.
create table decision_input (
  location_id     text not null,
  delivery_id     text not null,
  decided_at      timestamptz not null,
  decider_version integer not null,
  rollout_id      text not null,
  settings_id     text not null,
  received_at     timestamptz not null,
  -- Tells a body that a later delivery of the same id has replaced.
  body_digest     text not null,
  -- Null once the person was erased.
  situation       json,
  -- Of each part of the decision: document, context, effects …
  digests         jsonb not null,
  primary key (location_id, delivery_id, decided_at)
);
-- Serves retention, and the verification of a period.
create index decision_input_by_time on decision_input (decided_at);
