import { Injectable } from '@nestjs/common';
import type { Statement } from '../../database/reading.js';
import type { GrowthIncrement } from '../growth-ledger.js';
import { SOURCE_OBSERVED } from '../growth-feature.js';
import { GrowthCounterRepository, type ListedIncrement } from './growth-counter.repository.js';
import { ObservedSourceRepository, type ObservedSource } from './observed-source.repository.js';
import { ObservedSources } from './observed-sources.js';
import { isPersonalSource } from './personal-source.js';

/** What has been decided of a delivery, as far as it is counted. */
interface CountedDecision {
  readonly delivery: { readonly locationId: string };
  /** Null where no lead was decided on. */
  readonly document: { readonly source: string } | null;
  readonly increments: readonly GrowthIncrement[];
}

const PREFIX = `lead_source_attribution:${SOURCE_OBSERVED}`;
const OTHER = `${PREFIX}other`;
const PERSONAL = `${PREFIX}personal`;

/**
 * Counts in the transaction of the decision. What leads name is bounded here, where it is stored, and not
 * where it is decided: a decision comes out the same however many sources were seen before it.
 */
@Injectable()
export class DecisionCounters {
  constructor(
    private readonly counters: GrowthCounterRepository,
    private readonly repository: ObservedSourceRepository,
    private readonly sources: ObservedSources,
  ) {}

  /** Its part of the intake transaction. A source that nobody has seen yet costs two statements, no round trip. */
  save({ decided }: { readonly decided: readonly CountedDecision[] }): readonly Statement[] {
    const increments = decided.flatMap((one) =>
      one.increments.map((increment) => this.bounded(increment, one)),
    );
    const unseen = increments.flatMap(({ source }) => source ?? []);
    if (unseen.length === 0) return this.counters.adding(increments);
    return [...this.repository.listing(unseen), ...this.counters.addingListed(increments, OTHER)];
  }

  private bounded(increment: GrowthIncrement, decision: CountedDecision): ListedIncrement {
    const source = sourceOf(increment, decision);
    if (source === null) return increment;
    if (isPersonalSource(decision.document?.source ?? source.key)) {
      return { ...increment, key: PERSONAL };
    }
    const standing = this.sources.standingOf(source);
    if (standing === 'full') return { ...increment, key: OTHER };
    return standing === 'unseen' ? { ...increment, source } : increment;
  }
}

/** Null for what counts no source. */
function sourceOf(
  { metric, key }: GrowthIncrement,
  { delivery: { locationId } }: CountedDecision,
): ObservedSource | null {
  if (metric !== 'growth_feature_events_total' || !key.startsWith(PREFIX)) return null;
  return { locationId, key: key.slice(PREFIX.length) };
}
