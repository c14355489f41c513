-- Who may be written to, on which channel: a journal of everything that was said about it, in the order of
-- the events' own times. Kept for five years, as evidence; what stands is the newest of each kind.

create table consent_entry (
  entry_id    bigint generated always as identity primary key,
  location_id text not null,
  -- tel:<E.164>, mailto:<address> or contact:<id>: a refusal holds for every contact of the location that has it.
  address     text not null,
  -- SMS, Call, RCS, WhatsApp, Email, FB …; * is every channel.
  channel     text not null,
  kind        text not null check (kind in ('refused', 'lifted', 'hold', 'hold_ended', 'dnd_on', 'dnd_off', 'dnd_ours')),
  -- Of the event, or of its arrival where that is earlier.
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  contact_id  text not null,
  -- lead, crm, person or service.
  said_by     text not null,
  -- What a refusal was read from, or the reason that a person gave.
  words       text,
  -- The delivery or request that caused it.
  origin      text not null,
  unique (location_id, origin, address, channel, kind)
);
-- ConsentRepository: what stands for an address, and what a contact said under any.
create index consent_entry_by_address on consent_entry (location_id, address, channel, kind, effective_at desc);
create index consent_entry_by_contact on consent_entry (location_id, contact_id);
-- Retention.
create index consent_entry_by_time on consent_entry (recorded_at);

-- What was refused or blocked before there was a journal. A refusal without its channel is one of all.
with former as (
  select location_id, contact_id, context -> 'suppression' ->> 'reason' as reason,
    (context -> 'suppression' ->> 'at')::timestamptz as at,
    case when context -> 'contact' ->> 'phone' ~ '^\+[1-9][0-9]{6,14}$'
      then 'tel:' || (context -> 'contact' ->> 'phone') else 'contact:' || contact_id end as phone_address,
    case when context -> 'contact' ->> 'email' like '%@%'
      then 'mailto:' || lower(context -> 'contact' ->> 'email') else 'contact:' || contact_id end as mail_address
  from lead
  where jsonb_typeof(context -> 'suppression') = 'object'
), entries as (
  select location_id, contact_id, at, channel, 'refused' as kind,
    case when channel in ('SMS', 'Call', 'RCS', 'WhatsApp') then phone_address
      when channel = 'Email' then mail_address else 'contact:' || contact_id end as address
  from former
  cross join unnest(array['SMS', 'Call', 'RCS', 'WhatsApp', 'Email', 'FB', 'IG', 'GMB', 'Live_Chat']) as channel
  where reason = 'opted_out'
  union all
  select location_id, contact_id, at, '*', 'dnd_on', 'contact:' || contact_id
  from former where reason <> 'opted_out'
)
insert into consent_entry
  (location_id, address, channel, kind, effective_at, recorded_at, contact_id, said_by, origin)
select location_id, address, channel, kind, at, now(), contact_id,
  case kind when 'refused' then 'lead' else 'crm' end, 'former:' || contact_id
from entries;
