-- What is not known of a call that was announced: `timed_out` (its body had left, and nothing came
-- back in time) or `broken` (the connection broke, or the CRM's front answered in its place). Null
-- where nobody has asked yet: this process died between the announcement and its record.
alter table effect add column doubt text;

-- The last effect that a worker which died may have carried out without a record; null where none died.
alter table lane add column replay_to bigint;
