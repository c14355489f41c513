-- What the language model has cost a location, by day in the location's own time zone. Written before each
-- call, so that replicas together stay within the budget; no person stands here.
create table language_model_use (
  location_id text not null,
  day         date not null,
  calls       int not null,
  -- What was set aside for calls under way counts until their bill is known.
  cost_usd    numeric(14, 8) not null,
  primary key (location_id, day)
);
