import { hash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Decision } from '../decide/decision.js';
import { RECENT_TURNS } from './stored-input.js';

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
  'conversion',
  'handoff',
  'increments',
] as const satisfies readonly (keyof Decision)[];
export type DecisionPart = (typeof DECISION_PARTS)[number];

export type DecisionDigests = Readonly<Partial<Record<DecisionPart, string>>>;

/** The same for the same decision, whatever the order of its keys. A part that says nothing has none. */
export function decisionDigests(
  decision: Omit<Decision, 'state'> & { readonly state: string },
): DecisionDigests {
  const parts = DECISION_PARTS.flatMap((part) => {
    const value = part === 'context' ? recentContext(decision) : decision[part];
    return isNothing(value) ? [] : [[part, digestOf(value)] as const];
  });
  return Object.fromEntries(parts);
}

/** Dates count by their instant. */
export function digestOf(value: unknown): string {
  return hash('sha256', stringify(value) ?? '', 'hex').slice(0, DIGEST_LENGTH);
}

/** Older turns are copied, never decided on, and not kept with the inputs. */
function recentContext({ context }: Pick<Decision, 'context'>) {
  return context === null ? null : { ...context, turns: context.turns.slice(-RECENT_TURNS) };
}

function isNothing(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.keys(value as object).length === 0;
}
