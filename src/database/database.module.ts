import { type DynamicModule, Module } from '@nestjs/common';
import { ClockModule } from '../shared/clock.module.js';
import { DatabaseListener } from './database-listener.js';
import type { DatabaseOptions } from './database-options.js';
import { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { ReloadedTables } from './reloaded-tables.js';
import { Transactions } from './transactions.js';

/**
 * Global, so that it is started before every module that uses it and stopped after all of them:
 * `Database` is there, migrated, when a constructor receives it.
 */
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [ClockModule],
      providers: [
        { provide: Database, useFactory: () => openDatabase(options) },
        Transactions,
        DatabaseListener,
        ReloadedTables,
      ],
      exports: [Database, Transactions, DatabaseListener, ReloadedTables],
    };
  }
}
