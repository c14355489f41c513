import { hash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Outcome } from '../growth/growth-feature.js';
import type { Rollout } from '../growth/rollout/rollout.js';
import { EMPTY_CONTEXT, type LeadContext, type Turn } from '../leads/lead-context.js';
import {
  UNKNOWN_LEAD,
  type Decision,
  type DecidingSettings,
  type Situation,
} from './decide/decision.js';

/** Turns of the conversation that deciding looks at; the older ones it only carries along. */
export const RECENT_TURNS = 6;

/** A situation as it is kept: without what is as of a lead of whom nothing is known. */
export type StoredSituation = Partial<Omit<Situation, 'standing'>> & {
  readonly standing?: Omit<NonNullable<Situation['standing']>, 'occurredAt'> & {
    readonly occurredAt: string;
  };
};

/** Everything that deciding reads of a situation, and no more: about a kilobyte for a usual lead. */
export function storedSituation(situation: Situation): StoredSituation {
  const { context, featureStates, standing, handoff, isEcho, register } = situation;
  return {
    context: Object.assign({}, context, { turns: decidingTurns(context.turns) }),
    ...(Object.keys(featureStates).length > 0 ? { featureStates } : {}),
    ...(standing === null
      ? {}
      : { standing: { ...standing, occurredAt: standing.occurredAt.toISOString() } }),
    ...(handoff === null
      ? {}
      : { handoff: { handoffId: handoff.handoffId, state: handoff.state } }),
    ...(isEcho ? { isEcho } : {}),
    ...(register.length > 0 ? { register } : {}),
  };
}

export function restoredSituation({ standing, ...stored }: StoredSituation): Situation {
  return {
    ...UNKNOWN_LEAD,
    ...stored,
    context: { ...EMPTY_CONTEXT, ...stored.context },
    standing:
      standing === undefined ? null : { ...standing, occurredAt: new Date(standing.occurredAt) },
  };
}

/** The recent ones, and before them the last one of ours: whether we have written at all counts too. */
function decidingTurns(turns: LeadContext['turns']): readonly Turn[] {
  const recent = turns.slice(-RECENT_TURNS);
  const isOurs = ({ from }: Turn): boolean => from === 'bot';
  if (recent.some(isOurs)) return recent;
  const ours = turns.findLast(isOurs);
  return ours === undefined ? recent : [ours, ...recent];
}

/** A rollout with the features that it was in force for, in the order in which they run. */
export interface StoredRollout {
  readonly rollout: Rollout;
  readonly features: readonly string[];
}

export type StoredSettings = Omit<DecidingSettings, 'mappings'> & {
  readonly mappings: readonly (readonly [status: string, outcome: Outcome])[];
};

export function storedSettings({ mappings, ...settings }: DecidingSettings): StoredSettings {
  return { ...settings, mappings: [...mappings] };
}

export function restoredSettings({ mappings, ...settings }: StoredSettings): DecidingSettings {
  return { ...settings, mappings: new Map(mappings) };
}

/** Hex digits kept of a SHA-256: enough that no two decisions of an installation are taken for each other. */
const DIGEST_LENGTH = 16;

/** Parts of a decision that are compared one by one, so that a difference can be named. */
export const DECISION_PARTS = [
  'state',
  'document',
  'context',
  'featureStates',
  'effects',
  'cancelFollowUps',
  'cancelReplies',
  'conversion',
  'handoff',
  'consent',
  'increments',
] as const satisfies readonly (keyof Decision)[];
export type DecisionPart = (typeof DECISION_PARTS)[number];

export type DecisionDigests = Readonly<Partial<Record<DecisionPart, string>>>;

/** The same for the same decision, whatever the order of its keys. A part that says nothing has none. */
export function decisionDigests(
  decision: Omit<Decision, 'state'> & { readonly state: string },
): DecisionDigests {
  const parts = DECISION_PARTS.flatMap((part) => {
    const value = digestedPart(decision, part);
    return isNothing(value) ? [] : [[part, digestOf(value)] as const];
  });
  return Object.fromEntries(parts);
}

type DigestedDecision = Parameters<typeof decisionDigests>[0];

/** The many small increments as text: an object each costs more than all the rest. */
function digestedPart(decision: DigestedDecision, part: DecisionPart): unknown {
  if (part === 'context') return recentContext(decision);
  if (part !== 'increments') return decision[part];
  return decision.increments.map(({ metric, key, value }) => `${metric} ${key} ${value}`);
}

/** Dates count by their instant. */
export function digestOf(value: unknown): string {
  return hash('sha256', stringify(value) ?? '', 'hex').slice(0, DIGEST_LENGTH);
}

/** Older turns are copied, never decided on, and not kept with the inputs. */
function recentContext({ context }: Pick<Decision, 'context'>) {
  return context && Object.assign({}, context, { turns: context.turns.slice(-RECENT_TURNS) });
}

function isNothing(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.keys(value as object).length === 0;
}
