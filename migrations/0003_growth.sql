-- Durable counters of the growth gate. Sharded, so that replicas do not wait for each other's hot rows.
create table growth_counter (
  metric text not null,
  key    text not null,
  shard  smallint not null,
  value  bigint not null,
  primary key (metric, key, shard)
) with (fillfactor = 70);

-- What a growth feature remembers of a lead, apart from the lead's own context: with every feature off
-- the context is the same as in a build without features.
create table lead_feature_state (
  location_id text not null,
  contact_id  text not null,
  feature     text not null,
  state       jsonb not null,
  updated_at  timestamptz not null,
  primary key (location_id, contact_id, feature)
);

create table api_key (
  key_id     text primary key,
  -- HMAC-SHA-256 of the secret part: the keys are random, so a slow hash would buy nothing.
  key_hash   text not null,
  label      text not null,
  scopes     text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
