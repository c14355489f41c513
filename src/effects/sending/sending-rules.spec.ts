import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from '../../config/configuration.js';
import type { MessagingConfiguration } from '../../config/messaging-configuration.js';
import type { ConsentMark } from '../../consent/consent-register.js';
import type { CrmContact } from '../../crm/crm.port.js';
import { EMPTY_CONTEXT, type LeadContext } from '../../leads/lead-context.js';
import { zonesOfPhone } from './area-code-zone.js';
import { followUpForm } from './sending-door.js';
import {
  CONVERSATIONAL_MS,
  freeFrom,
  judgeSending,
  type KnownLead,
  type Outgoing,
  type SendingQuestion,
} from './sending-rules.js';
import { UNKNOWN_TO_US } from '../testing/sample-known-lead.js';

const DAY = new Date('2026-03-02T18:00:00Z');
const NIGHT = new Date('2026-03-03T05:00:00Z');
const MORNING = new Date('2026-03-03T14:00:00Z');
const MINUTE_MS = 60_000;
const DALLAS = '+12145550123';

function contact(changes: Partial<CrmContact> = {}, blocked: readonly string[] = []): CrmContact {
  return {
    id: 'c',
    tags: [],
    customFields: [],
    blockedChannels: blocked,
    isBlocked: (channel) => blocked.includes(channel),
    phone: DALLAS,
    ...changes,
  };
}

interface Circumstances {
  readonly outgoing?: Partial<Outgoing>;
  readonly context?: Partial<LeadContext>;
  readonly known?: Partial<KnownLead>;
  readonly contact?: CrmContact;
  readonly messaging?: Partial<MessagingConfiguration>;
  readonly now?: Date;
}

function ask(circumstances: Circumstances = {}) {
  const { now = DAY } = circumstances;
  const question: SendingQuestion = {
    lead: { locationId: 'l', contactId: 'c' },
    outgoing: {
      purpose: 'follow_up',
      channel: 'SMS',
      isTheirChannel: true,
      createdAt: now,
      dueAt: now,
      ...circumstances.outgoing,
    },
    known: {
      ...UNKNOWN_TO_US,
      ...circumstances.known,
      context: { ...EMPTY_CONTEXT, ...circumstances.context },
    },
    contact: circumstances.contact ?? contact(),
    messaging: { ...readConfiguration({}).messaging, ...circumstances.messaging },
    locationTimezone: 'America/Chicago',
    now,
  };
  return judgeSending(question);
}

function mark(changes: Partial<ConsentMark> = {}): ConsentMark {
  return {
    address: `tel:${DALLAS}`,
    channel: 'SMS',
    kind: 'refused',
    contactId: 'another',
    at: '2026-03-01T00:00:00.000Z',
    ...changes,
  };
}

const SEND = { kind: 'send' };
const suppress = (reason: string) => ({ kind: 'suppress', reason });
const REPLY = { purpose: 'reply', answersAt: DAY } as const;
const NOTICE = { purpose: 'notice' } as const;

describe('judgeSending', () => {
  it('sends by day', () => {
    expect(ask()).toEqual(SEND);
  });

  it.each(['reply', 'follow_up', 'notice'] as const)(
    'never sends a %s to a number that anybody has refused',
    (purpose) => {
      expect(ask({ outgoing: { purpose }, known: { register: [mark()] } })).toEqual(
        suppress('suppressed'),
      );
    },
  );

  it('knows the number by the CRM and by what was known before, and another channel not at all', () => {
    const register = [mark()];
    const moved = contact({ phone: '+19725550100' });
    expect(ask({ contact: moved, known: { register } })).toEqual(SEND);
    expect(
      ask({ contact: moved, context: { contact: { phone: DALLAS } }, known: { register } }),
    ).toEqual(suppress('suppressed'));
    expect(ask({ outgoing: { channel: 'Email' }, known: { register } })).toEqual(SEND);
  });

  it.each([['follow_up'], ['reply'], ['notice']] as const)(
    'never sends a %s on a channel that the CRM blocks',
    (purpose) => {
      expect(ask({ outgoing: { purpose }, contact: contact({}, ['SMS']) })).toEqual(
        suppress('do_not_disturb'),
      );
      expect(ask({ outgoing: { purpose }, contact: contact({}, ['Email']) })).toEqual(SEND);
    },
  );

  it('sends nothing but a notice to who wears a kill tag', () => {
    const tagged = contact({ tags: ['VIP', ' AI-Off'] });
    expect(ask({ contact: tagged })).toEqual(suppress('kill_tag'));
    expect(ask({ contact: tagged, outgoing: NOTICE })).toEqual(SEND);
  });

  it.each([REPLY, { purpose: 'follow_up' }] as const)(
    'drops %j when a person took over after it was planned, or at that very moment',
    (outgoing) => {
      const takenOver = (at: string) => ask({ outgoing, context: { human_takeover_at: at } });
      expect(takenOver('2026-03-02T18:00:00.000Z')).toEqual(suppress('human_takeover'));
      expect(takenOver('2026-03-02T17:59:59.999Z')).toMatchObject({ kind: 'postpone' });
      expect(takenOver('2026-03-01T18:00:00.000Z')).toEqual(SEND);
    },
  );

  it('never resumes by itself where the operator wants it so', () => {
    const context = { human_takeover_at: '2026-01-01T00:00:00.000Z' };
    expect(ask({ context, messaging: { takeoverMs: null } })).toEqual(suppress('human_takeover'));
  });

  it('waits while a person reads what may be a refusal', () => {
    const register = [mark({ kind: 'hold', contactId: 'c', at: '2026-03-01T00:00:00.000Z' })];
    expect(ask({ known: { register } })).toMatchObject({ kind: 'postpone', reason: 'hold' });
    expect(ask({ known: { register }, context: { clear_at: '2026-03-01T00:00:01.000Z' } })).toEqual(
      SEND,
    );
  });

  it('sends nothing where nothing can arrive', () => {
    const unreachable = {
      contact: { ...contact(), phone: '' },
      outgoing: { isTheirChannel: false },
    };
    expect(ask(unreachable)).toEqual(suppress('unreachable'));
    expect(ask({ ...unreachable, context: { contact: { phone: DALLAS } } })).toEqual(SEND);
    expect(ask({ ...unreachable, outgoing: { isTheirChannel: true } })).toEqual(SEND);
  });

  it('leaves a reply to a person that an outage has held up, and not what waited on purpose', () => {
    const old = new Date(DAY.getTime() - 61 * MINUTE_MS);
    expect(ask({ outgoing: { ...REPLY, createdAt: old, dueAt: old } })).toEqual(suppress('stale'));
    expect(ask({ outgoing: { ...REPLY, createdAt: old, dueAt: DAY } })).toEqual(SEND);
    expect(ask({ outgoing: { createdAt: old, dueAt: old } })).toEqual(SEND);
  });

  it('caps texts that nobody asked for by postponing them, and replies by leaving them to a person', () => {
    const three = [1, 2, 3].map((hour) => new Date(DAY.getTime() - hour * 60 * MINUTE_MS));
    expect(ask({ known: { sent: { replies: [], others: three } } })).toEqual({
      kind: 'postpone',
      until: new Date(DAY.getTime() + 21 * 60 * MINUTE_MS),
      reason: 'capped',
    });
    const ten = Array.from({ length: 10 }, () => DAY);
    const known = { sent: { replies: ten, others: three } };
    expect(ask({ outgoing: REPLY, known })).toEqual(suppress('capped'));
    expect(ask({ outgoing: NOTICE, known })).toEqual(SEND);
  });

  it('holds a follow-up at night until the morning of the contact', () => {
    expect(ask({ now: NIGHT })).toEqual({
      kind: 'postpone',
      until: MORNING,
      reason: 'quiet_hours',
    });
  });

  it('answers a message just received at any hour, by the message’s own time', () => {
    const reply = (agoMs: number) => ({
      now: NIGHT,
      outgoing: { ...REPLY, answersAt: new Date(NIGHT.getTime() - agoMs) },
    });
    expect(ask(reply(0))).toEqual(SEND);
    expect(ask(reply(CONVERSATIONAL_MS + 1)).kind).toBe('postpone');
    expect(ask({ ...reply(0), messaging: { quietHoursForReplies: true } }).kind).toBe('postpone');
    expect(ask({ now: NIGHT, outgoing: NOTICE })).toEqual(SEND);
    expect(ask({ now: NIGHT, messaging: { quietHours: null } })).toEqual(SEND);
  });

  it('takes the stricter of the zones of the contact and of its number', () => {
    const now = new Date('2026-03-03T14:30:00Z');
    expect(ask({ now })).toEqual(SEND);
    expect(ask({ now, contact: contact({ phone: '+12135550100' }) })).toMatchObject({
      until: new Date('2026-03-03T16:00:00Z'),
    });
    expect(ask({ now, contact: contact({ timezone: 'America/Los_Angeles' }) })).toMatchObject({
      until: new Date('2026-03-03T16:00:00Z'),
    });
    expect(ask({ now, contact: contact({ phone: '+442079460000' }) })).toEqual(SEND);
  });
});

describe('freeFrom', () => {
  it('takes the longest wait of several caps', () => {
    const at = (minutes: number) => new Date(DAY.getTime() - minutes * MINUTE_MS);
    const caps = [
      { count: 1, periodMs: 10 * MINUTE_MS },
      { count: 3, periodMs: 100 * MINUTE_MS },
    ];
    expect(freeFrom([at(11)], caps, DAY)).toBeNull();
    expect(freeFrom([at(9)], caps, DAY)).toEqual(new Date(DAY.getTime() + MINUTE_MS));
    expect(freeFrom([at(90), at(50), at(9)], caps, DAY)).toEqual(
      new Date(DAY.getTime() + 10 * MINUTE_MS),
    );
  });
});

describe('zonesOfPhone', () => {
  it.each([
    [DALLAS, ['America/Chicago']],
    ['(213) 555-0100', ['America/Los_Angeles']],
    ['+18505550100', ['America/New_York', 'America/Chicago']],
    ['+442079460000', []],
    ['nobody', []],
    [undefined, []],
  ])('of %s are %j', (phone, zones) => {
    expect(zonesOfPhone(phone)).toEqual(zones);
  });
});

describe('followUpForm', () => {
  const workflow = { nurtureWorkflowId: 'w', replyMode: 'all' } as const;

  it.each([
    ['immediate_call', workflow, { kind: 'call' }],
    ['immediate_call', { ...workflow, replyMode: 'off' }, { kind: 'call' }],
    ['nurture_sequence', workflow, { kind: 'workflow', workflowId: 'w' }],
    ['nurture_sequence', { ...workflow, replyMode: 'off' }, { kind: 'workflow', workflowId: 'w' }],
    ['nurture_sequence', { ...workflow, nurtureWorkflowId: undefined }, { kind: 'text' }],
    ['same_day_follow_up', workflow, { kind: 'text' }],
    ['same_day_follow_up', { ...workflow, replyMode: 'high_priority' }, { kind: 'text' }],
    ['same_day_follow_up', { ...workflow, replyMode: 'suggest' }, { kind: 'suggestion' }],
    ['same_day_follow_up', { ...workflow, replyMode: 'off' }, { kind: 'suggestion' }],
  ] as const)('makes of %s with %j %j', (action, settings, form) => {
    expect(followUpForm(action, settings)).toEqual(form);
  });
});
