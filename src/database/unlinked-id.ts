import { sql, type RawBuilder } from 'kysely';

/**
 * An id that nobody recognises once the salt is gone, and the same one in every table until then: rows that
 * are kept of an erased person still belong together.
 */
export function unlinkedId(column: string, salt: string): RawBuilder<string> {
  return sql`'erased:' || left(encode(sha256(convert_to(${salt}::text || ${sql.ref(column)}, 'UTF8')), 'hex'), 32)`;
}
