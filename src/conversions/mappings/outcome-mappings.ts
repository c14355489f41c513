import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DatabaseListener } from '../../database/database-listener.js';
import type { Outcome } from '../../growth/growth-feature.js';
import { ALL_LOCATIONS, type OutcomeMapping } from './outcome-mapping.js';
import {
  OUTCOME_MAPPINGS_CHANNEL,
  OutcomeMappingRepository,
} from './outcome-mapping.repository.js';

/** How soon a load that failed is tried again. */
const RETRY_MS = 1_000;

type Mappings = ReadonlyMap<string, Outcome>;

const NONE: Mappings = new Map();

/** What the operators have mapped, in memory and synchronous, since every change in the CRM asks. In every replica within moments of a change. */
@Injectable()
export class OutcomeMappings implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(OutcomeMappings.name);
  private byLocation: ReadonlyMap<string, Mappings> = new Map();
  private running: Promise<void> = Promise.resolve();
  private queued: Promise<void> | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly repository: OutcomeMappingRepository,
    private readonly listener: DatabaseListener,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.stopListening = this.listener.listen(OUTCOME_MAPPINGS_CHANNEL, () =>
      this.refreshOrRetry(),
    );
  }

  onModuleDestroy(): void {
    this.stopListening();
    clearTimeout(this.retryTimer);
  }

  /** By `statusKey`: those for all locations under the location's own. */
  forLocation(locationId: string): Mappings {
    return this.byLocation.get(locationId) ?? this.byLocation.get(ALL_LOCATIONS) ?? NONE;
  }

  /** Resolves once everything that was committed before this call is in force here. */
  refresh(): Promise<void> {
    // A load under way may have read too early: one more follows it, shared by all who ask meanwhile.
    this.queued ??= this.running.catch(() => undefined).then(() => this.startLoad());
    return this.queued;
  }

  private startLoad(): Promise<void> {
    this.queued = undefined;
    this.running = this.load();
    return this.running;
  }

  private async load(): Promise<void> {
    this.byLocation = groupByLocation(await this.repository.list());
  }

  /** The mappings known so far stay in force until the database answers. */
  private refreshOrRetry(): void {
    this.refresh().catch((error: unknown) => {
      this.logger.warn({ event: 'outcome_mappings.refresh_failed', reason: String(error) });
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => this.refreshOrRetry(), RETRY_MS).unref();
    });
  }
}

/** Every location with mappings of its own, and `ALL_LOCATIONS` for the rest. */
function groupByLocation(mappings: readonly OutcomeMapping[]): ReadonlyMap<string, Mappings> {
  const forAll = mappings.filter(({ locationId }) => locationId === ALL_LOCATIONS);
  const byLocation = new Map([[ALL_LOCATIONS, byStatus(forAll)]]);
  for (const { locationId, statusKey, outcome } of mappings) {
    const own = byLocation.get(locationId) ?? byStatus(forAll);
    byLocation.set(locationId, own.set(statusKey, outcome));
  }
  return byLocation;
}

function byStatus(mappings: readonly OutcomeMapping[]): Map<string, Outcome> {
  return new Map(mappings.map(({ statusKey, outcome }) => [statusKey, outcome]));
}
