import { describe, expect, it } from '@jest/globals';
import { connectionFailure, replyFailure, retryAfterMs } from './ghl-failures.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const reply = (status: number, body: unknown = {}, headers = {}) =>
  replyFailure({ status, body, headers }, NOW);

describe('replyFailure', () => {
  it.each([200, 201, 202, 204, 299])('takes %i for a success', (status) => {
    expect(reply(status)).toBeUndefined();
  });

  it.each([
    [302, 'rejected'],
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not_found'],
    [408, 'unknown_outcome'],
    [409, 'rejected'],
    [422, 'rejected'],
    [429, 'rate_limited'],
    [500, 'unknown_outcome'],
    [502, 'unknown_outcome'],
    [503, 'unknown_outcome'],
    [504, 'unknown_outcome'],
  ])('takes %i for %s', (status, kind) => {
    expect(reply(status)).toMatchObject({ kind, status });
  });

  it.each([
    ['Cannot send message as DND is active for SMS.', 'do_not_disturb'],
    ['cannot send message as dnd is active for Email.', 'do_not_disturb'],
    ['Contact not found', 'not_found'],
    ['CONVERSATIONS_CONTACT_NOT_FOUND', 'not_found'],
    ['dndSettings must be an object', 'rejected'],
    ['Location not found', 'rejected'],
  ])('reads the 400 "%s" as %s', (message, kind) => {
    expect(reply(400, { statusCode: 400, message })).toMatchObject({ kind });
  });

  it('knows the code of a merged contact', () => {
    const body = { message: 'Bad Request', canonicalCode: 'CONVERSATIONS_CONTACT_NOT_FOUND' };
    expect(reply(400, body)?.kind).toBe('not_found');
  });

  it.each([408, 504, 524])('knows that a call may be worked on still after %i', (status) => {
    expect(reply(status)).toMatchObject({ timedOut: true });
    expect(reply(503)).not.toHaveProperty('timedOut');
  });

  it('says how long to wait after a 429, and only then', () => {
    expect(reply(429, {}, { 'retry-after': '2' })).toMatchObject({ retryAfterMs: 2_000 });
    expect(reply(503, {}, { 'retry-after': '2' })).not.toHaveProperty('retryAfterMs');
  });

  it('joins the sentences of a validation error', () => {
    const message = ['property a should not exist', 'property b should not exist'];
    expect(reply(422, { message })?.message).toBe(
      'property a should not exist; property b should not exist',
    );
  });

  it('quotes neither people nor texts', () => {
    const message =
      'Phone +1 (555) 123-4567 of jo.doe@example.com refused "call me at home" in message';
    const said = reply(400, { message })?.message ?? '';
    expect(said).not.toMatch(/555|4567|jo\.doe|example|call me/);
    expect(said).toContain('refused');
  });

  it.each([undefined, null, 'text', 7, [], { message: { deep: true } }, { message: [1, null] }])(
    'survives the body %j',
    (body) => {
      expect(reply(400, body)).toEqual({ kind: 'rejected', status: 400, message: 'HTTP 400' });
    },
  );

  it('keeps messages short', () => {
    expect(reply(400, { message: 'word '.repeat(500) })?.message.length).toBeLessThan(250);
  });
});

describe('connectionFailure', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'ETIMEDOUT', 'ERR_CANCELED'])(
    'knows that nothing happened after %s when nothing had left',
    (code) => {
      expect(connectionFailure({ code }, false)).toEqual({
        kind: 'unreachable',
        message: `CRM not reached (${code})`,
      });
    },
  );

  it.each(['ETIMEDOUT', 'ECONNABORTED', 'ERR_CANCELED'])(
    'knows that a call may be worked on still after %s',
    (code) => {
      expect(connectionFailure({ code }, true)).toMatchObject({
        kind: 'unknown_outcome',
        timedOut: true,
      });
    },
  );

  it.each(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE'])(
    'does not know what happened after %s, but that the connection is gone',
    (code) => {
      const failure = connectionFailure({ code }, true);
      expect(failure.kind).toBe('unknown_outcome');
      expect(failure).not.toHaveProperty('timedOut');
    },
  );

  it.each([undefined, null, 'boom', new Error('boom')])('survives %s', (error) => {
    expect(connectionFailure(error, true)).toEqual({
      kind: 'unknown_outcome',
      message: 'No reply from the CRM (unknown)',
    });
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['nothing', {}, 10_000],
    ['Retry-After in seconds', { 'retry-after': '7' }, 7_000],
    ['Retry-After as a date', { 'retry-after': 'Mon, 01 Jun 2026 12:00:20 GMT' }, 20_000],
    ['a date in the past', { 'retry-after': 'Mon, 01 Jun 2026 11:00:00 GMT' }, 250],
    ['an endless Retry-After', { 'retry-after': '999999999' }, 3_600_000],
    ['an unreadable Retry-After', { 'retry-after': 'soon' }, 10_000],
    ['the interval', { 'x-ratelimit-interval-milliseconds': '4000' }, 4_000],
    ['an endless interval', { 'x-ratelimit-interval-milliseconds': '86400000' }, 30_000],
    ['both', { 'retry-after': '3', 'x-ratelimit-interval-milliseconds': '9000' }, 3_000],
    ['the day used up', { 'x-ratelimit-daily-remaining': '0', 'retry-after': '1' }, 3_600_000],
    [
      'the day used up and a span',
      { 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-daily-reset': '600000' },
      600_000,
    ],
    [
      'the day used up and a time',
      {
        'x-ratelimit-daily-remaining': '0',
        'x-ratelimit-daily-reset': String(NOW.getTime() + 60_000),
      },
      60_000,
    ],
    ['calls left today', { 'x-ratelimit-daily-remaining': '5', 'retry-after': '1' }, 1_000],
    ['numbers that are none', { 'x-ratelimit-interval-milliseconds': '-5' }, 10_000],
  ])('waits as told by %s', (_, headers, expected) => {
    expect(retryAfterMs(headers, NOW)).toBe(expected);
  });
});
