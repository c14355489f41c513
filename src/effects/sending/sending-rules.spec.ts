import { describe, expect, it } from '@jest/globals';
import type { CrmContact } from '../../crm/crm.port.js';
import { CONVERSATIONAL_MS, maySend, type SendingRulesInput } from './sending-rules.js';

const DAY = new Date('2026-03-02T18:00:00Z');
const NIGHT = new Date('2026-03-03T05:00:00Z');
const MORNING = new Date('2026-03-03T14:00:00Z');

function contact(blocked: readonly string[] = [], timezone?: string): CrmContact {
  return {
    id: 'c',
    tags: [],
    customFields: [],
    isBlocked: (channel) => blocked.includes(channel),
    ...(timezone === undefined ? {} : { timezone }),
  };
}

function input(changes: Partial<SendingRulesInput> = {}): SendingRulesInput {
  const now = changes.now ?? DAY;
  return {
    purpose: 'follow_up',
    channel: 'SMS',
    contact: contact(),
    context: { suppression: null, contact: {}, human_takeover_at: null },
    createdAt: now,
    now,
    quietHours: { fromHour: 21, toHour: 8 },
    quietHoursForReplies: false,
    locationTimezone: 'America/Chicago',
    ...changes,
  };
}

describe('maySend', () => {
  it('sends by day', () => {
    expect(maySend(input())).toEqual({ kind: 'send' });
  });

  it('sends when nothing is stored of the lead', () => {
    expect(maySend(input({ context: undefined }))).toEqual({ kind: 'send' });
  });

  it.each(['reply', 'follow_up'] as const)('never sends a %s to a suppressed lead', (purpose) => {
    const suppression = { at: DAY.toISOString(), reason: 'opted_out' };
    expect(
      maySend(input({ purpose, context: { suppression, contact: {}, human_takeover_at: null } })),
    ).toEqual({
      kind: 'suppress',
      reason: 'opted_out',
    });
  });

  it('never sends on a channel that the CRM blocks', () => {
    expect(maySend(input({ contact: contact(['SMS']) }))).toEqual({
      kind: 'suppress',
      reason: 'do_not_disturb',
    });
    expect(maySend(input({ contact: contact(['Email']) }))).toEqual({ kind: 'send' });
  });

  it('drops a follow-up when a person took over after it was planned, not before', () => {
    const takenOver = (at: string): Partial<SendingRulesInput> => ({
      context: { suppression: null, contact: {}, human_takeover_at: at },
    });
    expect(maySend(input(takenOver('2026-03-02T18:00:01Z')))).toEqual({
      kind: 'suppress',
      reason: 'human_takeover',
    });
    expect(maySend(input(takenOver('2026-03-02T17:59:59Z')))).toEqual({ kind: 'send' });
  });

  it('holds a follow-up at night until the morning of the contact', () => {
    expect(maySend(input({ now: NIGHT }))).toEqual({
      kind: 'postpone',
      until: MORNING,
      reason: 'quiet_hours',
    });
  });

  it('answers a message just received at any hour', () => {
    expect(maySend(input({ purpose: 'reply', now: NIGHT }))).toEqual({ kind: 'send' });
  });

  it('holds a reply at night that is no longer part of a conversation', () => {
    const createdAt = new Date(NIGHT.getTime() - CONVERSATIONAL_MS - 1);
    expect(maySend(input({ purpose: 'reply', now: NIGHT, createdAt })).kind).toBe('postpone');
  });

  it('holds replies at night too when the operator wants it', () => {
    expect(maySend(input({ purpose: 'reply', now: NIGHT, quietHoursForReplies: true })).kind).toBe(
      'postpone',
    );
  });

  it('knows no night when quiet hours are off', () => {
    expect(maySend(input({ now: NIGHT, quietHours: null }))).toEqual({ kind: 'send' });
  });

  it('takes the stricter of the zones that are known of the contact', () => {
    const verdict = maySend(
      input({
        now: new Date('2026-03-03T14:30:00Z'),
        contact: contact([], 'America/Chicago'),
        context: {
          suppression: null,
          contact: { timezone: 'America/Los_Angeles' },
          human_takeover_at: null,
        },
      }),
    );
    expect(verdict).toEqual({
      kind: 'postpone',
      until: new Date('2026-03-03T16:00:00Z'),
      reason: 'quiet_hours',
    });
  });
});
