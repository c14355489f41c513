import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
  type Provider,
} from '@nestjs/common';
import { DatabaseListener } from './database-listener.js';
import { DatabaseOptions } from './database-options.js';
import { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { Transactions } from './transactions.js';

export interface DatabaseModuleAsyncOptions
  extends
    Pick<ModuleMetadata, 'imports'>,
    Pick<FactoryProvider<DatabaseOptions>, 'inject' | 'useFactory'> {}

/**
 * Global, so that it is started before every module that uses it and stopped after all of them:
 * `Database` is there, migrated, when a constructor receives it.
 */
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return defineModule({ provide: DatabaseOptions, useValue: options });
  }

  static forRootAsync(options: DatabaseModuleAsyncOptions): DynamicModule {
    const provider: Provider<DatabaseOptions> = {
      provide: DatabaseOptions,
      inject: options.inject ?? [],
      useFactory: options.useFactory,
    };
    return { ...defineModule(provider), imports: options.imports ?? [] };
  }
}

function defineModule(options: Provider<DatabaseOptions>): DynamicModule {
  return {
    module: DatabaseModule,
    global: true,
    providers: [
      options,
      { provide: Database, inject: [DatabaseOptions], useFactory: openDatabase },
      Transactions,
      DatabaseListener,
    ],
    exports: [Database, Transactions, DatabaseListener],
  };
}
