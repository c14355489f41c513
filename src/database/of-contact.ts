import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** The rows of one contact of a location, in any table that has both columns. */
export function ofContact({
  locationId,
  contactId,
}: {
  readonly locationId: string;
  readonly contactId: string;
}): RawBuilder<SqlBool> {
  return sql`location_id = ${locationId} and contact_id = ${contactId}`;
}
