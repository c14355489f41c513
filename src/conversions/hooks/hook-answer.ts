import type { Disposition } from '../../effects/disposition.js';

/** What came of one call of a hook. */
export type HookAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  /** Refused, reset or too late: the receiver may have got it all the same. */
  | { readonly kind: 'no_answer'; readonly reason: string };

/**
 * Waits between attempts, growing as Standard Webhooks advises, until the outbox would give the
 * effect up anyway (after six hours): eight attempts in under four and a half hours.
 */
const RETRY_DELAYS_MS = [5, 30, 120, 600, 1_800, 3_600, 7_200].map((seconds) => seconds * 1_000);
/** Added at random, so that calls that failed together do not come back together. */
const MAX_JITTER = 0.2;
/** A receiver may ask for more patience than ours, up to this. */
const MAX_RETRY_AFTER_MS = 3_600_000;

const GONE = 410;

export function isAccepted(answer: HookAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}

/** The receiver wants no more calls, ever. */
export function isGone(answer: HookAnswer): boolean {
  return answer.kind === 'answered' && answer.status === GONE;
}

/** Whether the receiver is in trouble, rather than in disagreement. */
export function isTroubled(answer: HookAnswer): boolean {
  return answer.kind === 'no_answer' || answer.status === 429 || answer.status >= 500;
}

/**
 * @param attempts earlier attempts at the same event
 * @param random between 0 and 1
 */
export function dispositionOfAnswer(
  answer: HookAnswer,
  attempts: number,
  random: number,
): Disposition {
  if (isAccepted(answer)) return { kind: 'delivered' };
  const error = describe(answer);
  if (!isTroubled(answer)) return { kind: 'dead', error };
  const delayMs = RETRY_DELAYS_MS[attempts];
  if (delayMs === undefined) return { kind: 'dead', error: `given up: ${error}` };
  const askedMs = answer.kind === 'answered' ? (answer.retryAfterMs ?? 0) : 0;
  const afterMs = Math.max(
    Math.round(delayMs * (1 + MAX_JITTER * random)),
    Math.min(askedMs, MAX_RETRY_AFTER_MS),
  );
  return { kind: 'retry', error, afterMs, cause: answer.kind === 'answered' ? 'failed' : 'away' };
}

function describe(answer: HookAnswer): string {
  if (answer.kind === 'no_answer') return `the hook gave no answer (${answer.reason})`;
  const isRedirect = answer.status >= 300 && answer.status < 400;
  return `the hook answered ${answer.status}${isRedirect ? ': redirects are not followed' : ''}`;
}
