import type { Outcome } from '../../growth/growth-feature.js';
import type { Rollout } from '../../growth/rollout/rollout.js';
import type { LeadContext, Turn } from '../../leads/lead-context.js';
import { UNKNOWN_LEAD, type DecidingSettings, type Situation } from '../decide/decision.js';

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
  const { context, featureStates, standing, handoff, isEcho } = situation;
  return {
    context: { ...context, turns: decidingTurns(context.turns) },
    ...(Object.keys(featureStates).length > 0 ? { featureStates } : {}),
    ...(standing === null
      ? {}
      : { standing: { ...standing, occurredAt: standing.occurredAt.toISOString() } }),
    ...(handoff === null
      ? {}
      : { handoff: { handoffId: handoff.handoffId, state: handoff.state } }),
    ...(isEcho ? { isEcho } : {}),
  };
}

export function restoredSituation({ standing, ...stored }: StoredSituation): Situation {
  return {
    ...UNKNOWN_LEAD,
    ...stored,
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
