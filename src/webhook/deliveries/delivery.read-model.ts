import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import { ProblemException } from '../../http/problem.exception.js';
import { DEFAULT_LIMIT } from '../../http/admin/page-limit.js';
import { readCursor, writeCursor, type DeliveryCursor } from './delivery-cursor.js';
import type {
  DeliveryDto,
  DeliveryPageDto,
  DeliveryParams,
  DeliveryQuery,
  DeliveryWithBodyDto,
} from './delivery.dto.js';

const COLUMNS = [
  'location_id',
  'delivery_id',
  'contact_id',
  'event_type',
  'state',
  'scheme',
  'error',
  'occurred_at',
  'received_at',
] as const;

/** What came in. Bodies are shown one at a time: they are large, and hold what leads wrote. */
@Injectable()
export class DeliveryReadModel {
  constructor(private readonly database: Database) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: DeliveryQuery): Promise<DeliveryPageDto> {
    const { limit = DEFAULT_LIMIT } = query;
    const rows = await this.matching(query, cursorOf(query))
      .select(COLUMNS)
      .orderBy('received_at', 'desc')
      .orderBy('location_id', 'desc')
      .orderBy('delivery_id', 'desc')
      .limit(limit + 1)
      .execute();
    const deliveries = rows.slice(0, limit);
    const last = rows.length > limit ? deliveries.at(-1) : undefined;
    return { deliveries, next_cursor: last === undefined ? null : writeCursor(positionOf(last)) };
  }

  /** @throws {ProblemException} 404 without such a delivery */
  async get({ location, id }: DeliveryParams): Promise<DeliveryWithBodyDto> {
    const delivery = await this.database.kysely
      .selectFrom('delivery')
      .select([...COLUMNS, 'body'])
      .where('location_id', '=', location)
      .where('delivery_id', '=', id)
      .executeTakeFirst();
    if (delivery === undefined) throw new ProblemException(404, 'No such delivery');
    return delivery;
  }

  /** Received since then, by state. */
  async countByState(since: Date): Promise<Readonly<Record<string, number>>> {
    const rows = await this.database.kysely
      .selectFrom('delivery')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('received_at', '>=', since)
      .groupBy('state')
      .execute();
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  private matching(query: DeliveryQuery, after: DeliveryCursor | undefined) {
    const { state, location_id, contact_id } = query;
    let deliveries = this.database.kysely.selectFrom('delivery');
    if (state !== undefined) deliveries = deliveries.where('state', '=', state);
    if (location_id !== undefined) deliveries = deliveries.where('location_id', '=', location_id);
    if (contact_id !== undefined) deliveries = deliveries.where('contact_id', '=', contact_id);
    if (after === undefined) return deliveries;
    return deliveries.where(
      sql<boolean>`(received_at, location_id, delivery_id)
        < (${after.receivedAt}::timestamptz, ${after.locationId}::text, ${after.deliveryId}::text)`,
    );
  }
}

function cursorOf({ cursor }: DeliveryQuery): DeliveryCursor | undefined {
  if (cursor === undefined) return undefined;
  const read = readCursor(cursor);
  if (read !== undefined) return read;
  throw new ProblemException(400, 'Validation failed', {
    errors: [{ field: 'cursor', message: 'cursor must be the next_cursor of a page' }],
  });
}

function positionOf({ received_at, location_id, delivery_id }: DeliveryDto): DeliveryCursor {
  return { receivedAt: received_at, locationId: location_id, deliveryId: delivery_id };
}
