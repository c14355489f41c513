import type {
  GrowthFeature,
  GrowthProposal,
  LeadSnapshot,
  OutcomeHandler,
} from '../growth-feature.js';
import { deepFreeze } from '../../shared/loose-json.js';
import { Remembered } from './remembered.js';
import type { Rollout } from './rollout.js';
import { allocationEpoch, FeatureRule } from './verdict.js';

/** What a feature does with a lead or an outcome. */
export interface FeatureHandler<Snapshot> {
  observe(snapshot: Snapshot, settings: unknown): readonly string[];
  bypassed(reason: string): readonly string[];
  propose(snapshot: Snapshot, settings: unknown): GrowthProposal;
}

/** Names become part of metric keys, so nothing else may stand in them. */
const EVENT_NAME = /^[a-z0-9_]+$/;

/** A feature under one rollout: what can be known before a lead comes is made ready once. */
export class RuledFeature {
  readonly key: string;
  readonly rule: FeatureRule;
  readonly onLead: FeatureHandler<LeadSnapshot>;
  readonly onOutcome: OutcomeHandler<unknown> | undefined;
  readonly #counterKeys: Remembered<string>;
  #settings: { readonly value: unknown } | undefined;
  #epoch: number | undefined;

  constructor(
    readonly feature: GrowthFeature,
    private readonly rollout: Rollout,
  ) {
    this.key = feature.key;
    this.rule = new FeatureRule(feature.key, rollout);
    this.onOutcome = feature.outcomes;
    this.#counterKeys = new Remembered((name) => {
      if (!EVENT_NAME.test(name)) throw new Error(`Event "${name}" is not a metric key`);
      return `${feature.key}:${name}`;
    });
    this.onLead = {
      observe: (lead, settings) => feature.observe(lead, settings),
      bypassed: (reason) => [`bypassed_${reason}`],
      propose: (lead, settings) => feature.propose(lead, settings),
    };
  }

  /** The feature's defaults under what the rollout says, frozen: every lead gets the same object. */
  get settings(): unknown {
    this.#settings ??= { value: layeredSettings(this.feature, this.rollout) };
    return this.#settings.value;
  }

  /** Of the allocation that an exposure belongs to. */
  get epoch(): number {
    return (this.#epoch ??= allocationEpoch(this.key, this.settings, this.rollout));
  }

  /**
   * The key under which an event or a reason of this feature is counted.
   * @throws Error when the name is no metric key: a fault of the feature's code
   */
  counterKey(name: string): string {
    return this.#counterKeys.of(name);
  }
}

function layeredSettings(feature: GrowthFeature, rollout: Rollout): unknown {
  return deepFreeze(
    Object.assign(
      {},
      feature.defaults,
      rollout.settings[feature.key],
      feature.settingsFrom?.(rollout.writebackToggles),
    ),
  );
}
