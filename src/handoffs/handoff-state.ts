import type { HandoffState } from './handoff.js';

/** What a person may do with a handoff. */
export type HandoffStep = 'acknowledge' | 'resolve';

/** `refused`: too late, the handoff is over. */
export type StepVerdict = 'applies' | 'already_done' | 'refused';

/**
 * The life of a handoff: open → acknowledged → resolved, never back. Resolving one that nobody has
 * acknowledged acknowledges it in the same breath, so that the time it took is always known.
 */
const VERDICTS: Readonly<Record<HandoffStep, Readonly<Record<HandoffState, StepVerdict>>>> = {
  acknowledge: { open: 'applies', acknowledged: 'already_done', resolved: 'refused' },
  resolve: { open: 'applies', acknowledged: 'applies', resolved: 'already_done' },
};

export function judgeStep(step: HandoffStep, state: HandoffState): StepVerdict {
  return VERDICTS[step][state];
}
