import { Injectable } from '@nestjs/common';
import axios, { isAxiosError, type AxiosResponse } from 'axios';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../../shared/clock.js';
import type { HookAnswer } from './hook-answer.js';

/** Within the 15 to 30 s that Standard Webhooks gives a receiver, and well within the lease of a lane. */
const TIMEOUT_MS = 15_000;

/** One event as a receiver gets it. */
export interface HookMessage {
  /** The same at every attempt: receivers tell repeats by it. */
  readonly id: string;
  readonly type: string;
  /** ISO time of the event itself. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface HookTarget {
  readonly url: string;
  readonly secrets: readonly string[];
}

/** Signs and posts one event as the Standard Webhooks specification has it. */
@Injectable()
export class HookClient {
  constructor(private readonly clock: Clock) {}

  /**
   * @param hook `url` and the secrets to sign with
   * @param stop ends the call early
   */
  async post(
    { url, secrets }: HookTarget,
    message: HookMessage,
    stop: AbortSignal,
  ): Promise<HookAnswer> {
    const { id, type, timestamp, data } = message;
    const body = JSON.stringify({ type, timestamp, data });
    const call = openCall(stop);
    try {
      const reply = await axios.post<NodeJS.ReadableStream>(url, body, {
        headers: this.headers(secrets, id, body),
        signal: call.signal,
        // A redirect would carry the event to wherever it points.
        maxRedirects: 0,
        validateStatus: null,
        responseType: 'stream',
        ...(isLoopback(url) ? { proxy: false } : {}),
      });
      return this.answer(reply);
    } catch (error) {
      return { kind: 'no_answer', reason: reasonOf(error) };
    } finally {
      call.close();
    }
  }

  /** The time is that of the attempt, which receivers hold against their own clock. */
  private headers(
    secrets: readonly string[],
    id: string,
    body: string,
  ): Readonly<Record<string, string>> {
    const sentAt = this.clock.now();
    const signatures = secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body));
    return {
      'content-type': 'application/json',
      'user-agent': 'GrowthGate',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
      'webhook-signature': signatures.join(' '),
    };
  }

  /** The status says it all: whatever else the receiver sends is not read. */
  private answer(reply: AxiosResponse<NodeJS.ReadableStream>): HookAnswer {
    if ('destroy' in reply.data && typeof reply.data.destroy === 'function') reply.data.destroy();
    const retryAfterMs = readRetryAfterMs(reply.headers['retry-after'], this.clock.now());
    return { kind: 'answered', status: reply.status, retryAfterMs };
  }
}

/**
 * Ends with `stop`, or at the time limit over the whole call: a receiver that drips must not hold it
 * longer. Not by `AbortSignal.any`, with which Node keeps a trace of every call while `stop` lives.
 */
function openCall(stop: AbortSignal): { readonly signal: AbortSignal; close(): void } {
  const call = new AbortController();
  const end = (): void => call.abort();
  const limit = setTimeout(end, TIMEOUT_MS).unref();
  if (stop.aborted) end();
  stop.addEventListener('abort', end);
  return {
    signal: call.signal,
    close: () => {
      clearTimeout(limit);
      stop.removeEventListener('abort', end);
    },
  };
}

/** RFC 9110: seconds or a date. */
function readRetryAfterMs(header: unknown, now: Date): number | null {
  if (typeof header !== 'string' || header.trim() === '') return null;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - now.getTime() : seconds * 1_000;
  return waitMs >= 0 ? waitMs : null;
}

/** Never the message, which may hold the address and with it a password. */
function reasonOf(error: unknown): string {
  return isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
}

function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
