import { describe, expect, it } from '@jest/globals';
import { redact, REDACTED, redactText } from './log-redaction.js';

describe('redact', () => {
  it.each([
    'text',
    'message',
    'messageText',
    'body',
    'phone',
    'email',
    'first_name',
    'lastName',
    'access_token',
    'Authorization',
  ])('hides the value of %s at any depth', (key) => {
    expect(redact({ lead: [{ [key]: 'Anna wants a house' }] })).toEqual({
      lead: [{ [key]: REDACTED }],
    });
  });

  it('keeps what an operator needs', () => {
    const event = {
      deliveryId: 'a3f1c0de-1234-4aaa-9bbb-123456789012',
      locationId: 've9EPM428h8vShlRW1KT',
      operation: 'sendMessage',
      status: 429,
      durationMs: 12.5,
      at: new Date('2026-03-02T15:00:00Z'),
      ok: false,
      missing: null,
    };

    expect(redact(event)).toEqual(event);
  });

  it.each([
    'call +1 (214) 555-0100 now',
    'call +4915112345678',
    'call 214-555-0100',
    'call (214) 555-0100',
    'call 2145550100',
    'write to anna.lee+home@mail.example.com',
  ])('hides the number or address inside "%s"', (text) => {
    const redacted = redactText(text);

    expect(redacted).toContain(REDACTED);
    expect(redacted).not.toMatch(/\d{3}|anna/);
  });

  it.each([
    '2026-03-02T15:04:05.678Z',
    '1772463845678',
    '127.0.0.1:54321',
    'took 1234.5678 ms',
    'at src/webhook/intake.ts:120:34',
    'a3f1c0de-1234-4aaa-9bbb-123456789012',
  ])('leaves "%s" as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('takes of an error only what is known to be harmless', () => {
    const fault = Object.assign(new Error('duplicate key of anna@example.com'), {
      code: '23505',
      detail: 'Key (email)=(anna@example.com) already exists.',
      cause: new Error('from 214-555-0100'),
    });

    const redacted = redact(fault);

    expect(redacted).toMatchObject({
      type: 'Error',
      code: '23505',
      reason: `duplicate key of ${REDACTED}`,
      cause: { reason: `from ${REDACTED}` },
    });
    expect(JSON.stringify(redacted)).not.toMatch(/anna|0100/);
  });

  it('ends at a cycle', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;

    expect(JSON.stringify(redact(cycle))).toContain(REDACTED);
  });
});
