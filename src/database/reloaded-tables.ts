import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DatabaseListener } from './database-listener.js';
import { ReloadedTable, type ReloadedTableOptions } from './reloaded-table.js';

/** The tables that this process holds in memory: starts and stops them, and knows how old each is. */
@Injectable()
export class ReloadedTables implements OnModuleInit, OnModuleDestroy {
  private readonly tables: ReloadedTable<unknown>[] = [];

  constructor(
    private readonly listener: DatabaseListener,
    private readonly clock: Clock,
  ) {}

  /** To be called in a constructor: the table is loaded before the application is ready. */
  hold<Value>(options: ReloadedTableOptions<Value>): ReloadedTable<Value> {
    const table = new ReloadedTable(options, this.listener, this.clock);
    this.tables.push(table);
    return table;
  }

  async onModuleInit(): Promise<void> {
    await Promise.all(this.tables.map((table) => table.start()));
  }

  onModuleDestroy(): void {
    for (const table of this.tables) table.stop();
  }

  /** By the names of the tables. */
  agesMs(): ReadonlyMap<string, number> {
    const now = this.clock.now();
    return new Map(this.tables.map((table) => [table.name, table.ageMs(now)]));
  }
}
