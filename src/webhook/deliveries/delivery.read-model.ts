import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.js';
import { Keyset } from '../../http/admin/keyset.js';
import { ProblemException } from '../../http/problem.exception.js';
import type {
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

const ORDER = new Keyset('deliveries', {
  received_at: 'time',
  location_id: 'text',
  delivery_id: 'text',
});

/** What came in. Bodies are shown one at a time: they are large, and hold what leads wrote. */
@Injectable()
export class DeliveryReadModel {
  constructor(private readonly database: Database) {}

  /** @throws {ProblemException} 400 for a cursor that is none of ours */
  async listPage(query: DeliveryQuery): Promise<DeliveryPageDto> {
    const rows = await this.matching(query)
      .select(COLUMNS)
      .orderBy('received_at', 'desc')
      .orderBy('location_id', 'desc')
      .orderBy('delivery_id', 'desc')
      .limit(query.limit + 1)
      .execute();
    return ORDER.page(rows, query);
  }

  /**
   * The one that waits for a replay, else the last that came with this id.
   *
   * @throws {ProblemException} 404 without such a delivery
   */
  async get({ location, id }: DeliveryParams): Promise<DeliveryWithBodyDto> {
    const delivery = await this.deliveries()
      .select([...COLUMNS, 'body'])
      .where('location_id', '=', location)
      .where('delivery_id', '=', id)
      .orderBy(({ eb }) => eb('state', '=', 'failed'), 'desc')
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (delivery === undefined) throw new ProblemException(404, 'No such delivery');
    return delivery;
  }

  /** Received since then, by state. */
  async countByState(since: Date): Promise<Readonly<Record<string, number>>> {
    const rows = await this.deliveries()
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('received_at', '>=', since)
      .groupBy('state')
      .execute();
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  private matching(query: DeliveryQuery) {
    const { state, location_id, contact_id } = query;
    const after = ORDER.after(query);
    let deliveries = this.deliveries();
    if (state !== undefined) deliveries = deliveries.where('state', '=', state);
    if (location_id !== undefined) deliveries = deliveries.where('location_id', '=', location_id);
    if (contact_id !== undefined) deliveries = deliveries.where('contact_id', '=', contact_id);
    if (after === undefined) return deliveries;
    return deliveries.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('received_at', 'location_id', 'delivery_id'),
        '<',
        tuple(after.received_at, after.location_id, after.delivery_id),
      ),
    );
  }

  /** Decided or not; the database takes what is asked of both to each. */
  private deliveries() {
    const { kysely } = this.database;
    const columns = [...COLUMNS.filter((column) => column !== 'error'), 'body'] as const;
    const decided = kysely
      .selectFrom('decided_delivery')
      .select([...columns, sql<string | null>`null::text`.as('error')]);
    const others = kysely.selectFrom('delivery').select([...columns, 'error']);
    return kysely.selectFrom(others.unionAll(decided).as('delivery'));
  }
}
