-- What came in, what was remembered of each lead, and what was decided.

create table lead (
  location_id text not null,
  contact_id  text not null,
  context     jsonb not null,
  updated_at  timestamptz not null,
  primary key (location_id, contact_id)
) with (fillfactor = 80);

-- Ids that make a repeat of a delivery. Kept small and apart from the bodies, since they are held longer.
create table delivery_claim (
  location_id text not null,
  claim_id    text not null,
  expires_at  timestamptz not null,
  primary key (location_id, claim_id)
);
create index delivery_claim_expiry on delivery_claim (expires_at);

create table delivery (
  location_id text not null,
  delivery_id text not null,
  contact_id  text,
  event_type  text not null,
  state       text not null check (state in ('processed', 'acknowledged', 'unrecognised', 'failed')),
  scheme      text not null,
  body        text not null,
  error       text,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  primary key (location_id, delivery_id)
);
create index delivery_failed on delivery (received_at) where state = 'failed';
create index delivery_unrecognised on delivery (received_at) where state = 'unrecognised';
create index delivery_received on delivery (received_at);

create table decision (
  location_id text not null,
  delivery_id text not null,
  contact_id  text not null,
  decided_at  timestamptz not null,
  document    jsonb not null,
  -- A body-derived id may come again legitimately once its claim has expired: hence the time.
  primary key (location_id, delivery_id, decided_at)
);
create index decision_by_time on decision (decided_at);
create index decision_by_contact on decision (location_id, contact_id, decided_at);
