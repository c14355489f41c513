import { Injectable } from '@nestjs/common';
import type { ReloadedTable } from '../../database/reloaded-table.js';
import { ReloadedTables } from '../../database/reloaded-tables.js';
import { Transactions } from '../../database/transactions.js';
import type { Outcome } from '../../growth/growth-feature.js';
import { Clock } from '../../shared/clock.js';
import {
  ALL_LOCATIONS,
  OUTCOME_MAPPINGS_CHANNEL,
  OutcomeMappingRepository,
  type OutcomeMappingChange,
  type OutcomeMappingRow,
} from './outcome-mapping.repository.js';

/** By `statusKey`. */
type Mappings = ReadonlyMap<string, Outcome>;

interface MappingsByLocation {
  readonly forAll: Mappings;
  /** Of every location with mappings of its own: those for all locations under its own. */
  readonly own: ReadonlyMap<string, Mappings>;
}

/** What the operators have mapped, in memory and synchronous, since every change in the CRM asks. */
@Injectable()
export class OutcomeMappings {
  private readonly table: ReloadedTable<MappingsByLocation>;

  constructor(
    private readonly repository: OutcomeMappingRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    tables: ReloadedTables,
  ) {
    this.table = tables.hold({
      name: 'outcome_mappings',
      channel: OUTCOME_MAPPINGS_CHANNEL,
      load: async () => byLocation(await repository.list()),
    });
  }

  /** The same object as long as no mapping changes. */
  forLocation(locationId: string): Mappings {
    const { forAll, own } = this.table.value;
    return own.get(locationId) ?? forAll;
  }

  /**
   * In force in this process when it resolves.
   *
   * @param changes which differ in location or status
   */
  async change(changes: readonly OutcomeMappingChange[]): Promise<void> {
    await this.transactions.inTransaction((trx) =>
      this.repository.apply(trx, changes, this.clock.now()),
    );
    await this.table.refresh();
  }
}

function byLocation(rows: readonly OutcomeMappingRow[]): MappingsByLocation {
  const forAll = new Map<string, Outcome>();
  const own = new Map<string, Map<string, Outcome>>();
  for (const { location_id, status_key, outcome } of rows) {
    if (location_id === ALL_LOCATIONS) forAll.set(status_key, outcome);
  }
  for (const { location_id, status_key, outcome } of rows) {
    if (location_id === ALL_LOCATIONS) continue;
    own.set(location_id, (own.get(location_id) ?? new Map(forAll)).set(status_key, outcome));
  }
  return { forAll, own };
}
