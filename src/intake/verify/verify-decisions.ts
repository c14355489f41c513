import type { GrowthGateService } from '../../growth/growth-gate.service.js';
import type { CrmEvent } from '../../leads/crm-event.js';
import { isComposite } from '../../shared/loose-json.js';
import { DECIDER_VERSION, decide } from '../decide/decide.js';
import type { Decision, DecidingSettings } from '../decide/decision.js';
import type {
  DecisionInputReadModel,
  Period,
  TracedDecision,
} from './decision-input.read-model.js';
import {
  DECISION_PARTS,
  decisionDigests,
  digestOf,
  restoredSettings,
  restoredSituation,
  type DecisionPart,
  type StoredRollout,
  type StoredSettings,
} from '../decision-trace.js';

/** What came of computing the decisions of a period again. */
export interface VerificationDto {
  /** Computed again, with the same result or another. */
  readonly compared: number;
  /** Decided by another version of deciding, or with other features. */
  readonly other_version: number;
  /** What they were decided from is no longer kept. */
  readonly expired: number;
  /** The person was erased. */
  readonly erased: number;
  readonly differences: number;
}

export interface DecisionDifference {
  readonly location_id: string;
  readonly delivery_id: string;
  readonly decided_at: string;
  readonly part: DecisionPart | 'event';
  /** Within the stored document, where that is what differs. */
  readonly path?: string;
  readonly stored?: unknown;
  readonly computed?: unknown;
}

export interface Verification {
  readonly counts: VerificationDto;
  readonly firstDifference: DecisionDifference | null;
}

/** Reads a stored body as it was read when it came; undefined when it cannot be read any more. */
export type EventReader = (
  delivery: Pick<TracedDecision, 'location_id' | 'delivery_id' | 'received_at'> & {
    readonly body: string;
    readonly scheme: string;
  },
) => CrmEvent | undefined;

export interface VerificationTools {
  readonly inputs: Pick<DecisionInputReadModel, 'list' | 'countDocuments' | 'getBasis'>;
  readonly gate: GrowthGateService;
  /** Keys of this build's features, in the order in which they run. */
  readonly features: readonly string[];
  readonly readEvent: EventReader;
}

/** Computes the stored decisions of a period again from what they were decided from. */
export async function verifyDecisions(
  period: Period,
  tools: VerificationTools,
): Promise<Verification> {
  const bases = new BasisCache(tools.inputs);
  const counts = {
    compared: 0,
    other_version: 0,
    // Less those that are found with it.
    expired: await tools.inputs.countDocuments(period),
    erased: 0,
    differences: 0,
  };
  let firstDifference: DecisionDifference | null = null;
  for await (const traced of tools.inputs.list(period)) {
    if (traced.document !== null) counts.expired -= 1;
    const verdict = await verify(traced, tools, bases);
    if (typeof verdict === 'string') {
      counts[verdict] += 1;
      continue;
    }
    counts.differences += 1;
    counts.compared += 1;
    firstDifference ??= verdict;
  }
  return { counts, firstDifference };
}

type Verdict = Exclude<keyof VerificationDto, 'differences'>;

async function verify(
  traced: TracedDecision,
  { gate, features, readEvent }: VerificationTools,
  bases: BasisCache,
): Promise<Verdict | DecisionDifference> {
  const { body, scheme, situation } = traced;
  if (situation === null) return 'erased';
  // A later delivery of the same id has another body.
  if (body === null || scheme === null) return 'expired';
  if (traced.body_digest !== null && digestOf(body) !== traced.body_digest) return 'expired';
  const { rollout, features: ranWith } = await bases.rollout(traced.rollout_id);
  const isOtherVersion =
    traced.decider_version !== DECIDER_VERSION || ranWith.join() !== features.join();
  if (isOtherVersion) return 'other_version';
  const event = readEvent({ ...traced, body, scheme });
  if (event === undefined) return difference(traced, 'event');
  const settings = await bases.settings(traced.settings_id);
  const decision = decide(
    { event, situation: restoredSituation(situation), settings, rollout, at: traced.decided_at },
    gate,
  );
  return compare(traced, decision);
}

function compare(traced: TracedDecision, decision: Decision): 'compared' | DecisionDifference {
  const computed = decisionDigests(decision);
  const part = DECISION_PARTS.find((name) => computed[name] !== traced.digests[name]);
  if (part === undefined) return 'compared';
  const found =
    part === 'document'
      ? firstDifference(traced.document, JSON.parse(JSON.stringify(decision.document)), '')
      : undefined;
  return { ...difference(traced, part), ...found };
}

function difference(
  { location_id, delivery_id, decided_at }: TracedDecision,
  part: DecisionDifference['part'],
): DecisionDifference {
  return { location_id, delivery_id, decided_at: decided_at.toISOString(), part };
}

type Differing = Pick<DecisionDifference, 'path' | 'stored' | 'computed'>;

/** The first place in which two documents differ; undefined when they are the same. */
function firstDifference(stored: unknown, computed: unknown, path: string): Differing | undefined {
  if (digestOf(stored) === digestOf(computed)) return undefined;
  if (!isComposite(stored) || !isComposite(computed)) return { path, stored, computed };
  const keys = new Set([...Object.keys(stored), ...Object.keys(computed)]);
  for (const key of keys) {
    const found = firstDifference(stored[key], computed[key], `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return { path, stored, computed };
}

/** Few bases serve many decisions. */
class BasisCache {
  private readonly rollouts = new Map<string, StoredRollout>();
  private readonly settingsById = new Map<string, DecidingSettings>();

  constructor(private readonly inputs: Pick<DecisionInputReadModel, 'getBasis'>) {}

  async rollout(basisId: string): Promise<StoredRollout> {
    const known = this.rollouts.get(basisId);
    if (known !== undefined) return known;
    const rollout = (await this.inputs.getBasis(basisId)) as StoredRollout;
    this.rollouts.set(basisId, rollout);
    return rollout;
  }

  async settings(basisId: string): Promise<DecidingSettings> {
    const known = this.settingsById.get(basisId);
    if (known !== undefined) return known;
    const settings = restoredSettings((await this.inputs.getBasis(basisId)) as StoredSettings);
    this.settingsById.set(basisId, settings);
    return settings;
  }
}
