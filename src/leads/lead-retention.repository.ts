import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { Configuration } from '../config/configuration.js';
import { affectedRows } from '../database/affected-rows.js';
import type { DatabaseTables } from '../database/database.types.js';
import { daysBefore, Retention, type Sweep } from '../database/retention.js';
import { EMPTY_CONTEXT } from './lead-context.js';

/** Contexts have no index by time, since it would cost every lead: they are gone through now and then. */
const EVERY_MS = 6 * 3_600_000;

/** How long a lead is remembered that nobody hears of any more; for ever unless configured. */
@Injectable()
export class LeadRetentionRepository implements OnModuleInit {
  private sweptAt: Date | undefined;

  constructor(
    private readonly retention: Retention,
    private readonly configuration: Configuration,
  ) {}

  onModuleInit(): void {
    if (this.configuration.leadRetentionDays > 0) this.retention.register(this.sweep);
  }

  private readonly sweep: Sweep = async (executor, now, limit) => {
    if (this.sweptAt !== undefined && now.getTime() - this.sweptAt.getTime() < EVERY_MS) return 0;
    const until = daysBefore(now, this.configuration.leadRetentionDays);
    const emptied = await reduceRefusals(executor, until, limit);
    const deleted = emptied < limit ? await deleteUntouched(executor, until, limit - emptied) : 0;
    if (emptied + deleted < limit) this.sweptAt = now;
    return emptied + deleted;
  };
}

/** Of a lead that refused to be written to, the refusal stays and nothing else. */
const REFUSAL_ALONE = sql`${JSON.stringify(EMPTY_CONTEXT)}::jsonb
  || jsonb_build_object('suppression', context -> 'suppression')`;

const HAS_REFUSED = sql`jsonb_typeof(context -> 'suppression') = 'object'`;

function reduceRefusals(
  executor: Kysely<DatabaseTables>,
  until: Date,
  limit: number,
): Promise<number> {
  const isDue = sql`updated_at < ${until} and ${HAS_REFUSED} and context <> ${REFUSAL_ALONE}`;
  return affectedRows(
    executor,
    sql`
    ${withForgottenStates(isDue, limit)}
    update lead set context = ${REFUSAL_ALONE} from due
    where lead.location_id = due.location_id and lead.contact_id = due.contact_id`,
  );
}

function deleteUntouched(
  executor: Kysely<DatabaseTables>,
  until: Date,
  limit: number,
): Promise<number> {
  const isDue = sql`updated_at < ${until} and not coalesce(${HAS_REFUSED}, false)`;
  return affectedRows(
    executor,
    sql`
    ${withForgottenStates(isDue, limit)}
    delete from lead using due
    where lead.location_id = due.location_id and lead.contact_id = due.contact_id`,
  );
}

/** Begins a statement over the leads that are `due`. Those that somebody works on are passed over: they are not untouched. */
function withForgottenStates(isDue: RawBuilder<unknown>, limit: number): RawBuilder<unknown> {
  return sql`
    with due as (
      select location_id, contact_id from lead where ${isDue} limit ${limit} for update skip locked
    ), forgotten as (
      delete from lead_feature_state as state using due
      where state.location_id = due.location_id and state.contact_id = due.contact_id
    )`;
}
