import type { Doubt, EffectState } from './effect.tables.js';
import type { CrmFailure, CrmResult } from '../crm/crm.port.js';
import type { EffectProgress, StoredEffect } from './claimed-lane.js';
import type { EffectDraft } from './effect.js';

/** What one attempt at an effect came to. */
export type Disposition =
  | { readonly kind: 'delivered'; readonly remoteId?: string }
  /** Repeating cannot help; an operator may replay it. */
  | { readonly kind: 'dead'; readonly error: string }
  /** Must not happen: opted out, do not disturb. */
  | {
      readonly kind: 'suppressed';
      readonly reason: string;
      /** What has to be done in its place. */
      readonly instead?: EffectDraft | undefined;
    }
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
    }
  /** An announced call that may have been carried out: look before anything else. */
  | {
      readonly kind: 'in_doubt';
      readonly error: string;
      readonly doubt: Doubt | null;
      readonly afterMs?: number;
    }
  /** Nobody knows, and looking did not tell: shown to a person. */
  | {
      readonly kind: 'uncertain';
      readonly error: string;
      /** What has to be done in its place. */
      readonly instead?: EffectDraft;
    };

/** `limited`: our turn has not come; `away`: nobody answers; `failed`: it answers, and badly. */
export type RetryCause = 'limited' | 'away' | 'failed';

/** A disposition after which the contact's later effects must wait. */
export type HoldingDisposition = Extract<Disposition, { kind: 'retry' }>;
/** A disposition after which only later effects of the same sort must wait. */
export type DoubtfulDisposition = Extract<Disposition, { kind: 'in_doubt' }>;

/** The reasons that are stored. */
const SUPPRESSIONS = { do_not_disturb: 'do_not_disturb', withheld: 'cancelled' } as const;

/**
 * Reads a CRM failure for an effect that may safely be repeated. For an announced call, `unknown_outcome`
 * has to be handled before this.
 */
export function dispositionOfFailure(failure: CrmFailure): Disposition {
  const error = describeFailure(failure);
  switch (failure.kind) {
    case 'do_not_disturb':
    case 'withheld':
      return { kind: 'suppressed', reason: SUPPRESSIONS[failure.kind] };
    case 'no_credentials':
      return { kind: 'waiting', reason: 'no_credentials' };
    case 'unauthorized':
    case 'not_found':
    case 'rejected':
      return { kind: 'dead', error };
    case 'rate_limited':
    case 'unreachable':
    case 'unknown_outcome':
      return retry(error, failure.retryAfterMs, causeOf(failure));
  }
}

function describeFailure({ status, message }: CrmFailure): string {
  return status === undefined ? message : `${status}: ${message}`;
}

/** What stands in front of a CRM that is down answers in its place; time-outs and resets have no status. */
const AWAY_STATUSES: ReadonlySet<number> = new Set([408, 502, 503, 504]);

function causeOf({ kind, status }: CrmFailure): RetryCause {
  if (kind === 'rate_limited') return 'limited';
  return status === undefined || AWAY_STATUSES.has(status) ? 'away' : 'failed';
}

/** Turns a CRM call that may be repeated into a disposition. */
export async function settle(call: Promise<CrmResult<unknown>>): Promise<Disposition> {
  const result = await call;
  return result.ok ? { kind: 'delivered' } : dispositionOfFailure(result.failure);
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
    doubt: disposition.kind === 'in_doubt' ? disposition.doubt : null,
    instead: 'instead' in disposition ? (disposition.instead ?? null) : null,
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
