import { describe, expect, it } from '@jest/globals';
import type { CrmContact } from '../../crm/crm.port.js';
import { settingsWith } from '../../settings/testing/sample-settings.js';
import type { LeadRepository } from '../../leads/lead.repository.js';
import { EffectRegistry, type HoldVerdict } from '../effect-registry.js';
import type { LeadSuppression } from './lead-suppression.js';
import {
  CONVERSATIONAL_MS,
  followUpForm,
  maySend,
  SendingRules,
  type SendingRulesInput,
} from './sending-rules.js';

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

  it('drops a follow-up that was planned at the very moment at which a person took over, and no reply', () => {
    const context = {
      suppression: null,
      contact: {},
      human_takeover_at: '2026-03-02T18:00:00.000Z',
    };
    expect(maySend(input({ context }))).toEqual({ kind: 'suppress', reason: 'human_takeover' });
    expect(maySend(input({ context, purpose: 'reply' }))).toEqual({ kind: 'send' });
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

describe('SendingRules', () => {
  const LEAD = { locationId: 'l', contactId: 'c' };
  const MESSAGE = { purpose: 'reply', createdAt: DAY } as const;
  const waitUntil = (until: Date): HoldVerdict => ({ kind: 'postpone', until, reason: 'busy' });

  function open() {
    const registry = new EffectRegistry();
    const suppressed: unknown[] = [];
    const suppression = {
      suppress: (lead: unknown) => Promise.resolve(void suppressed.push(lead)),
    } as LeadSuppression;
    const leads = {} as LeadRepository;
    const rules = new SendingRules(leads, registry, suppression, settingsWith());
    return { registry, rules, suppressed };
  }

  it('holds nothing while nobody has registered a hold, or while none of them minds', async () => {
    const { registry, rules } = open();
    expect(await rules.holds(LEAD, MESSAGE, DAY)).toEqual({ kind: 'send' });
    registry.addHold({ judge: () => Promise.resolve({ kind: 'send' }) });
    expect(await rules.holds(LEAD, MESSAGE, DAY)).toEqual({ kind: 'send' });
  });

  it('has a message wait for the first hold that minds, and tells it what is asked', async () => {
    const { registry, rules } = open();
    const asked: unknown[] = [];
    registry.addHold({ judge: () => Promise.resolve({ kind: 'send' }) });
    registry.addHold({
      judge: (...question) => {
        asked.push(question);
        return Promise.resolve(waitUntil(MORNING));
      },
    });
    registry.addHold({ judge: () => Promise.resolve(waitUntil(NIGHT)) });
    expect(await rules.holds(LEAD, MESSAGE, DAY)).toEqual(waitUntil(MORNING));
    expect(asked).toEqual([[LEAD, MESSAGE, DAY]]);
  });

  it('takes the refusal of a text for good, and of nothing else', async () => {
    const { rules, suppressed } = open();
    await rules.takeRefusal(LEAD, 'Email');
    expect(suppressed).toEqual([]);
    await rules.takeRefusal(LEAD, 'SMS');
    expect(suppressed).toEqual([LEAD]);
  });
});
