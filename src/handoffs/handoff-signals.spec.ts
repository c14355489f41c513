import { describe, expect, it } from '@jest/globals';
import type { LeadChange, LeadEvent, OutboundMessage } from '../leads/crm-event.js';
import { acknowledgementOf, resolutionOf } from './handoff-signals.js';

const at = new Date('2026-03-02T15:01:00.000Z');
const base = { locationId: 'loc', contactId: 'contact', occurredAt: at, receivedAt: at };
const OPEN = { state: 'open' } as const;
const watch = (tag: string, knownTags: readonly string[] = []) => ({ tag, knownTags });

function outbound(changes: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    ...base,
    kind: 'outbound',
    type: 'OutboundMessage',
    text: 'I will call you',
    messageId: 'm1',
    sentBy: 'app',
    userId: 'user-a',
    status: 'delivered',
    ...changes,
  };
}

function tagged(tags?: readonly string[]): LeadChange {
  return {
    ...base,
    kind: 'change',
    type: 'ContactTagUpdate',
    subject: 'tag',
    contact: tags === undefined ? {} : { tags },
    source: null,
    signals: [],
  };
}

const leadEvent: LeadEvent = {
  ...base,
  kind: 'lead',
  type: 'InboundMessage',
  text: 'hello?',
  contact: { tags: ['handoff_ack'] },
  source: null,
  channel: null,
  replyChannel: 'SMS',
  messageId: null,
  conversationId: null,
  signals: [],
};

describe('acknowledgementOf', () => {
  it('is a message that a user typed', () => {
    expect(acknowledgementOf(outbound(), OPEN, watch('handoff_ack'))).toEqual({ by: 'user-a' });
  });

  it.each([
    ['of a workflow', { sentBy: 'workflow' }],
    ['through the API', { sentBy: 'api' }],
    ['without a user', { userId: null }],
  ])('is no message %s', (_case, changes) => {
    expect(acknowledgementOf(outbound(changes), OPEN, watch('handoff_ack'))).toBeUndefined();
  });

  it('is the tag put on, in any case', () => {
    const event = tagged(['other', 'Handoff_Ack']);
    expect(acknowledgementOf(event, OPEN, watch('handoff_ack'))).toEqual({ by: 'tag:handoff_ack' });
  });

  it('is no tag left over from an earlier handoff', () => {
    const event = tagged(['handoff_ack', 'needs_handoff']);
    expect(acknowledgementOf(event, OPEN, watch('handoff_ack', ['HANDOFF_ACK']))).toBeUndefined();
  });

  it('is nothing that the lead does', () => {
    expect(acknowledgementOf(leadEvent, OPEN, watch('handoff_ack'))).toBeUndefined();
    expect(acknowledgementOf(tagged(), OPEN, watch('handoff_ack'))).toBeUndefined();
  });

  it.each(['acknowledged', 'resolved'] as const)('is not needed when it is %s', (state) => {
    expect(acknowledgementOf(outbound(), { state }, watch('handoff_ack'))).toBeUndefined();
  });
});

describe('resolutionOf', () => {
  it.each(['open', 'acknowledged'] as const)('ends one that is %s by a tag', (state) => {
    const signal = resolutionOf(tagged(['done']), 'unknown', { state }, watch('done'));
    expect(signal).toEqual({ by: 'tag:done' });
  });

  it.each(['converted', 'lost'] as const)('ends it when the lead is %s', (outcome) => {
    expect(resolutionOf(tagged(), outcome, OPEN, watch('done'))).toEqual({
      by: `outcome:${outcome}`,
    });
  });

  it('leaves it while the lead is neither', () => {
    expect(resolutionOf(tagged(['other']), 'active', OPEN, watch('done'))).toBeUndefined();
    expect(resolutionOf(outbound(), 'unknown', OPEN, watch('done'))).toBeUndefined();
    expect(
      resolutionOf(tagged(['done']), 'lost', { state: 'resolved' }, watch('done')),
    ).toBeUndefined();
  });
});
