-- Deliveries and decisions in partitions by the time of the decision, made ahead and dropped by the
-- service. Replicas of the version before go on: they find every table and every key that they write to.

-- Deliveries that were decided, each with what it was decided from; both hold what people wrote, and go
-- together. `delivery` keeps those that failed, until they are decided, and `decision_input` nothing new:
-- what the version before has stored in the two stays until retention takes it.
create table decided_delivery (
  location_id     text not null,
  delivery_id     text not null,
  contact_id      text,
  event_type      text not null,
  state           text not null check (state in ('processed', 'acknowledged', 'unrecognised')),
  scheme          text not null,
  body            text not null,
  occurred_at     timestamptz not null,
  received_at     timestamptz not null,
  -- Never late, whenever the delivery came: what is replayed after months finds a partition too.
  decided_at      timestamptz not null,
  -- From here on null where it was not decided from anything.
  decider_version integer,
  rollout_id      text,
  settings_id     text,
  -- Null once the person was erased.
  situation       json,
  -- Of each part of the decision: document, context, effects …
  digests         jsonb
) partition by range (decided_at);
-- No key is unique over all partitions: a delivery is decided once for as long as its id is claimed, and
-- a body-derived id may come again legitimately afterwards.
create table decided_delivery_default partition of decided_delivery default;

-- DeliveryReadModel.get: one delivery, by its id.
create index decided_delivery_by_id on decided_delivery (delivery_id);
-- DeliveryReadModel.listPage: newest first, of all locations. And countByState, from the index alone.
create index decided_delivery_by_arrival on decided_delivery (received_at) include (state);
-- The same, of one location.
create index decided_delivery_by_location on decided_delivery (location_id, received_at);
-- The same, of one contact.
create index decided_delivery_by_contact on decided_delivery (contact_id, received_at)
  where contact_id is not null;
-- The same, of a state that few are in; leads make no entry.
create index decided_delivery_by_state on decided_delivery (state, received_at)
  where state <> 'processed';
-- DecisionInputReadModel.list: a period, in the order of the decisions. Those of one commit share a time,
-- so an entry costs next to nothing.
create index decided_delivery_by_time on decided_delivery (decided_at);

-- What the version before has decided becomes the first partition, with its indexes and without a copy:
-- attaching reads it once.
alter table decision rename to decision_first;
alter table decision_first drop constraint decision_pkey;
alter index decision_by_time rename to decision_first_by_time;
alter index decision_by_contact rename to decision_first_by_contact;
create table decision (
  location_id text not null,
  delivery_id text not null,
  contact_id  text not null,
  decided_at  timestamptz not null,
  document    jsonb not null
) partition by range (decided_at);
create table decision_default partition of decision default;
-- DecisionInputReadModel: the documents of a period, and how many there are.
create index decision_by_time on decision (decided_at);
-- DecisionReadModel.listForLead: a lead's history, newest first.
create index decision_by_contact on decision (location_id, contact_id, decided_at);

do $$
declare
  -- Of the present, whatever a clock that went wrong once may have stored.
  until timestamptz := date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' + interval '1 day';
begin
  if not exists (select from decision_first) then
    drop table decision_first;
    return;
  end if;
  with ahead as (delete from decision_first where decided_at >= until returning *)
  insert into decision_default select * from ahead;
  execute format('alter table decision attach partition decision_first for values from (minvalue) to (%L)', until);
end
$$;

-- Rows that change with every delivery, in tables that grow with the number of leads: a fifth of a million
-- dead rows is too many to wait for. `growth_counter` is small enough for the defaults to be quick, and
-- its pages have room for an update in place.
alter table lead set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table lane set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table delivery_claim set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
