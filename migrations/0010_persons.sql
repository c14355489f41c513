-- What stays of a person who was erased, and what counters keep of the sources that leads name.

-- Secrets of this installation, made by the first replica that needs one and shared by all of them.
create table installation_key (
  purpose    text primary key,
  -- 64 hex digits.
  secret     text not null,
  created_at timestamptz not null
);

-- Who was erased and when: what happened before that and arrives late is not stored. Contacts stand here as
-- an HMAC under the installation's key, so nobody is found by reading.
create table erased_contact (
  location_id  text not null,
  contact_hmac text not null,
  erased_at    timestamptz not null,
  primary key (location_id, contact_hmac)
);

-- Refusals outlive the person's records, by contact, phone and e-mail, each as an HMAC.
create table kept_refusal (
  location_id  text not null,
  address_hmac text not null,
  -- Channel that was refused; '*' for all.
  channel      text not null,
  refused_at   timestamptz not null,
  primary key (location_id, address_hmac, channel)
);

-- Sources that have a counter of their own: so many per location, and no more.
create table observed_source (
  location_id text not null,
  source_key  text not null,
  primary key (location_id, source_key)
);

-- The handoff of an erased person is over without anybody having taken it.
alter table handoff drop constraint handoff_check, drop constraint handoff_check1;
alter table handoff
  add constraint handoff_acknowledged check (case state
    when 'open' then acknowledged_at is null
    when 'acknowledged' then acknowledged_at is not null
    else acknowledged_at is not null or resolved_by = 'erasure'
  end),
  add constraint handoff_resolved check ((state = 'resolved') = (resolved_at is not null));

-- The key that was generated at the first start is the operator's own, as ADMIN_API_KEY is: it may erase.
update api_key set scopes = array_append(scopes, 'admin')
where label = 'first key' and scopes @> array['leads', 'admin:read', 'admin:write'] and not 'admin' = any(scopes);

-- Counters that sources have made so far. A key no longer tells an address from words, so it is looked up
-- among the sources as leads named them, and known by the great mail providers.
create function source_metric_key(source text) returns text immutable language sql as $$
  select coalesce(nullif(btrim(regexp_replace(lower(btrim(source)), '[^a-z0-9]', '_', 'g'), '_'), ''), 'unknown')
$$;

do $$
declare
  prefix constant text := 'lead_source_attribution:source_observed_';
  most constant int := 200;
begin
  create temporary table source_counter on commit drop as
    select distinct substr(key, length(prefix) + 1) as source_key
    from growth_counter
    where metric = 'growth_feature_events_total' and starts_with(key, prefix);
  create temporary table named_source on commit drop as
    select location_id, source, count(*) as leads
    from lead cross join lateral (
      values (context ->> 'first_source'), (context ->> 'last_source')
    ) as named (source)
    where source is not null
    group by location_id, source;

  create temporary table personal_key on commit drop as
    select source_key from source_counter
    where length(regexp_replace(source_key, '[^0-9]', '', 'g')) >= 7
      or source_key ~ '_(gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|comcast|verizon|att|sbcglobal|bellsouth|cox|charter|protonmail|proton|gmx|mail)_(com|net|org|me|de|co_uk|com_mx|es)$'
      or exists (
        select from named_source
        where source ~ '[^[:space:]@]@[^[:space:]@]' and source_metric_key(source) = source_key
      );

  -- Those that most leads of a location named; where all of them fit, each has its place.
  insert into observed_source (location_id, source_key)
  select location_id, source_key from (
    select location_id, source_metric_key(source) as source_key,
      row_number() over (partition by location_id order by sum(leads) desc, source_metric_key(source)) as place
    from named_source
    where source_metric_key(source) in (select source_key from source_counter)
      and source_metric_key(source) not in (select source_key from personal_key)
    group by location_id, source_metric_key(source)
  ) as ranked
  where place <= most;

  create temporary table folded on commit drop as
    select prefix || source_key as key,
      prefix || case when source_key in (select source_key from personal_key) then 'personal' else 'other' end as into_key
    from source_counter
    where source_key not in ('personal', 'other')
      and (source_key in (select source_key from personal_key)
        or ((select count(*) from source_counter) > most
          and source_key not in (select source_key from observed_source)));
  with taken as (
    delete from growth_counter using folded
    where growth_counter.metric = 'growth_feature_events_total' and growth_counter.key = folded.key
    returning into_key, shard, value
  )
  insert into growth_counter (metric, key, shard, value)
  select 'growth_feature_events_total', into_key, shard, sum(value) from taken group by into_key, shard
  on conflict (metric, key, shard) do update set value = growth_counter.value + excluded.value;
end
$$;
drop function source_metric_key(text);
