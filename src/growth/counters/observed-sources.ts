import { Injectable } from '@nestjs/common';
import type { ReloadedTable } from '../../database/reloaded-table.js';
import { ReloadedTables } from '../../database/reloaded-tables.js';
import {
  MAX_SOURCES_PER_LOCATION,
  OBSERVED_SOURCES_CHANNEL,
  ObservedSourceRepository,
  type ObservedSource,
} from './observed-source.repository.js';

type KeysByLocation = ReadonlyMap<string, ReadonlySet<string>>;

/** `unseen`: the database has to say, since another replica may have listed it. */
export type SourceStanding = 'listed' | 'full' | 'unseen';

/** Which sources have a counter, in memory: what is committed, so that nothing is assumed that is not kept. */
@Injectable()
export class ObservedSources {
  private readonly table: ReloadedTable<KeysByLocation>;

  constructor(repository: ObservedSourceRepository, tables: ReloadedTables) {
    this.table = tables.hold({
      name: 'observed_sources',
      channel: OBSERVED_SOURCES_CHANNEL,
      load: async () => byLocation(await repository.list()),
    });
  }

  standingOf({ locationId, key }: ObservedSource): SourceStanding {
    const keys = this.table.value.get(locationId);
    if (keys === undefined) return 'unseen';
    if (keys.has(key)) return 'listed';
    return keys.size >= MAX_SOURCES_PER_LOCATION ? 'full' : 'unseen';
  }
}

function byLocation(sources: readonly ObservedSource[]): KeysByLocation {
  const keys = new Map<string, Set<string>>();
  for (const { locationId, key } of sources) {
    const own = keys.get(locationId) ?? new Set();
    keys.set(locationId, own.add(key));
  }
  return keys;
}
