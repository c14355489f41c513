import { describe, expect, it } from '@jest/globals';
import type { LeadChange, OutboundMessage } from '../../leads/crm-event.js';
import { EMPTY_CONTEXT, type LeadContext } from '../../leads/lead-context.js';
import { applyChange, applyOutbound } from './decide-change.js';

const AT = new Date('2026-03-02T18:00:00.000Z');

const change = (changes: Partial<LeadChange> = {}): LeadChange => ({
  kind: 'change',
  type: 'ContactUpdate',
  subject: 'contact',
  locationId: 'l',
  contactId: 'c',
  occurredAt: AT,
  receivedAt: AT,
  contact: {},
  source: null,
  signals: [],
  ...changes,
});

const outbound = (changes: Partial<OutboundMessage> = {}): OutboundMessage => ({
  kind: 'outbound',
  type: 'OutboundMessage',
  locationId: 'l',
  contactId: 'c',
  occurredAt: AT,
  receivedAt: AT,
  text: 'Hi, Kim here',
  messageId: null,
  sentBy: 'app',
  userId: 'kim',
  status: null,
  ...changes,
});

const before: LeadContext = {
  ...EMPTY_CONTEXT,
  turns: [{ at: AT.toISOString(), from: 'lead', text: 'hello' }],
  follow_up: { action: 'nurture_sequence', due_at: AT.toISOString() },
};

describe('applyChange', () => {
  it('learns of the contact and leaves the follow-up', () => {
    const { context, cancelFollowUps } = applyChange(
      before,
      change({ contact: { phone: '+1' }, source: 'zillow' }),
      false,
    );
    expect(context).toMatchObject({
      contact: { phone: '+1' },
      first_source: 'zillow',
      last_source: 'zillow',
      follow_up: before.follow_up,
    });
    expect(cancelFollowUps).toBe(false);
  });

  it('ends the follow-up when the lead is won or lost', () => {
    const { context, cancelFollowUps } = applyChange(before, change(), true);
    expect(context.follow_up).toBeNull();
    expect(cancelFollowUps).toBe(true);
  });

  it('ends the follow-up of a lead whom the CRM blocks', () => {
    const blocked = applyChange(before, change({ doNotDisturb: true }), false);
    expect(blocked.cancelFollowUps).toBe(true);
    expect(blocked.context.follow_up).toBeNull();
    expect(applyChange(before, change({ doNotDisturb: false }), false).cancelFollowUps).toBe(false);
  });
});

describe('applyOutbound', () => {
  it('hands the lead to a person who answers it', () => {
    const { context, cancelFollowUps } = applyOutbound(before, outbound());
    expect(cancelFollowUps).toBe(true);
    expect(context).toMatchObject({ human_takeover_at: AT.toISOString(), follow_up: null });
    expect(context.turns.at(-1)).toMatchObject({ from: 'human', text: 'Hi, Kim here' });
  });

  it('takes the first message of a thread for an opener', () => {
    const { context, cancelFollowUps } = applyOutbound({ ...before, turns: [] }, outbound());
    expect(cancelFollowUps).toBe(false);
    expect(context.human_takeover_at).toBeNull();
  });

  it.each([{ sentBy: 'workflow' }, { sentBy: 'api' }, { userId: null }])(
    'ignores what no person sent: %o',
    (changes) => {
      expect(applyOutbound(before, outbound(changes))).toEqual({
        context: before,
        cancelFollowUps: false,
      });
    },
  );
});
