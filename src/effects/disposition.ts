import type { EffectState } from './effect.tables.js';
import type { CrmFailure, CrmResult } from '../crm/crm.port.js';
import type { EffectProgress, StoredEffect } from './claimed-lane.js';

/** What one attempt at an effect came to. */
export type Disposition =
  | { readonly kind: 'delivered'; readonly remoteId?: string }
  /** Repeating cannot help; an operator may replay it. */
  | { readonly kind: 'dead'; readonly error: string }
  /** Must not happen: opted out, do not disturb. */
  | { readonly kind: 'suppressed'; readonly reason: string }
  /** Not now, e.g. at night. */
  | { readonly kind: 'postponed'; readonly until: Date; readonly reason: string }
  /** Waits until the location has a token. */
  | { readonly kind: 'waiting'; readonly reason: 'no_credentials' }
  /** Nothing happened, or repeating is harmless: try again. */
  | {
      readonly kind: 'retry';
      readonly error: string;
      readonly afterMs?: number;
      readonly cause: RetryCause;
      /** True when a send was announced and certainly did not happen. */
      readonly unsent?: boolean;
      /** Fewer tries than usual, for what does harm when repeated. */
      readonly maxAttempts?: number;
    }
  /** A message that may have gone out: look before anything else. */
  | { readonly kind: 'in_doubt'; readonly error: string; readonly afterMs?: number }
  /** Nobody knows, and looking did not tell: shown to a person. */
  | { readonly kind: 'uncertain'; readonly error: string };

/** `limited`: our turn has not come; `away`: nobody answers; `failed`: it answers, and badly. */
export type RetryCause = 'limited' | 'away' | 'failed';

/** Dispositions after which the contact's later effects must wait. */
export type HoldingDisposition = Extract<Disposition, { kind: 'retry' | 'in_doubt' }>;

export function holdsLane(disposition: Disposition): disposition is HoldingDisposition {
  return disposition.kind === 'retry' || disposition.kind === 'in_doubt';
}

/**
 * Reads a CRM failure for an effect that may safely be repeated. For a message, `unknown_outcome`
 * has to be handled before this.
 */
export function dispositionOfFailure(failure: CrmFailure): Disposition {
  const error = describeFailure(failure);
  switch (failure.kind) {
    case 'no_credentials':
      return { kind: 'waiting', reason: 'no_credentials' };
    case 'do_not_disturb':
      return { kind: 'suppressed', reason: 'do_not_disturb' };
    case 'unauthorized':
    case 'not_found':
    case 'rejected':
      return { kind: 'dead', error };
    case 'rate_limited':
      return retry(error, failure.retryAfterMs, 'limited');
    case 'unreachable':
      return retry(error, failure.retryAfterMs, 'away');
    case 'unknown_outcome':
      return retry(error, failure.retryAfterMs, isAway(failure) ? 'away' : 'failed');
  }
}

/** Tries of a note or task of which nobody knows whether the first one was kept. */
const MAX_REPEATS = 5;

/** The same for what leaves a copy at every call: a lost answer is not asked for again and again. */
export async function settleSeldom<T>(
  call: Promise<CrmResult<T>>,
  remoteId: (value: T) => string,
): Promise<Disposition> {
  const result = await call;
  const disposition = await settle(Promise.resolve(result), remoteId);
  // An error status says that it was not kept; silence does not.
  const isUnknown =
    !result.ok && result.failure.kind === 'unknown_outcome' && result.failure.status === undefined;
  return isUnknown && disposition.kind === 'retry'
    ? { ...disposition, cause: 'failed', maxAttempts: MAX_REPEATS }
    : disposition;
}

function describeFailure({ status, message }: CrmFailure): string {
  return status === undefined ? message : `${status}: ${message}`;
}

/** What stands in front of a CRM that is down answers in its place; time-outs and resets have no status. */
const AWAY_STATUSES: ReadonlySet<number> = new Set([408, 502, 503, 504]);

function isAway({ status }: CrmFailure): boolean {
  return status === undefined || AWAY_STATUSES.has(status);
}

/** Turns a CRM call that may be repeated into a disposition. */
export async function settle<T>(
  call: Promise<CrmResult<T>>,
  remoteId?: (value: T) => string,
): Promise<Disposition> {
  const result = await call;
  if (!result.ok) return dispositionOfFailure(result.failure);
  return remoteId === undefined
    ? { kind: 'delivered' }
    : { kind: 'delivered', remoteId: remoteId(result.value) };
}

function retry(error: string, afterMs: number | undefined, cause: RetryCause): Disposition {
  return { kind: 'retry', error, cause, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** The row of an effect after this attempt. */
export function progressOf(
  effect: StoredEffect,
  disposition: Disposition,
  { attempted, now }: { readonly attempted: number; readonly now: Date },
): EffectProgress {
  return {
    effectId: effect.effectId,
    attempts: effect.attempts + attempted,
    unsent: disposition.kind === 'retry' && disposition.unsent === true,
    firstFailedAt: firstFailureOf(effect, disposition, now),
    dueAt: disposition.kind === 'postponed' ? disposition.until : effect.dueAt,
    lastError: explanationOf(disposition),
    remoteId: disposition.kind === 'delivered' ? (disposition.remoteId ?? null) : null,
    state: STATES[disposition.kind],
  };
}

const STATES: Readonly<Record<Disposition['kind'], EffectState>> = {
  delivered: 'delivered',
  dead: 'dead',
  uncertain: 'uncertain',
  suppressed: 'suppressed',
  waiting: 'no_credentials',
  postponed: 'pending',
  retry: 'pending',
  in_doubt: 'sending',
};

/** Waiting for the morning or for a token is no failure, and ends one. */
function firstFailureOf(effect: StoredEffect, disposition: Disposition, now: Date): Date | null {
  if (disposition.kind === 'postponed' || disposition.kind === 'waiting') return null;
  return isFailure(disposition) ? (effect.firstFailedAt ?? now) : effect.firstFailedAt;
}

function isFailure(disposition: Disposition): boolean {
  if (disposition.kind === 'in_doubt') return true;
  return disposition.kind === 'retry' && disposition.cause !== 'limited';
}

function explanationOf(disposition: Disposition): string | null {
  if ('error' in disposition) return disposition.error;
  return 'reason' in disposition ? disposition.reason : null;
}
