import { describe, expect, it } from '@jest/globals';
import { timelineItem } from './timeline-item.js';
import type { EffectDetails, HandoffDetails, TimelineRow } from './timeline-row.js';

const PLACE = { at: new Date('2026-03-02T15:00:00.000Z'), rank: 0, id: 'x' };
const at = '2026-03-02T15:00:00.000Z';

function effect(details: Partial<EffectDetails>): TimelineRow {
  const untouched = { kind: 'add_tags', state: 'delivered', last_error: null, payload: {} };
  return { ...PLACE, source: 'effect', details: { ...untouched, ...details } };
}

function handoff(step: HandoffDetails['step'], by: string | null = null): TimelineRow {
  const details = { step, by, reason_code: 'sla_high_risk_contact_now' };
  return { ...PLACE, source: 'handoff', details };
}

function decision(
  reply: { readonly send: boolean; readonly withheld: string | null } | null,
): TimelineRow {
  const grade = { lead_score: 94.3, lead_temperature: 'hot', priority: 'review_required' };
  return { ...PLACE, source: 'decision', details: { ...grade, reply } };
}

function delivery(body: object, state = 'processed', error: string | null = null): TimelineRow {
  const stored = { location_id: 'l', delivery_id: 'd', scheme: 'hmac', body: JSON.stringify(body) };
  return { ...PLACE, source: 'delivery', details: { ...stored, received_at: at, state, error } };
}

const MESSAGE = { type: 'message.received', location_id: 'l', contact_id: 'c' };

describe('an item of the timeline', () => {
  it.each<[string, TimelineRow, object]>([
    [
      'a message',
      delivery({ ...MESSAGE, message: 'hello' }),
      { kind: 'message_in', text: 'hello', sentence: 'Lead wrote' },
    ],
    [
      'a lead without a message',
      delivery({ ...MESSAGE, type: 'contact.created' }),
      { kind: 'message_in', sentence: 'Lead came in without a message' },
    ],
    [
      'a message that could not be decided',
      delivery({ ...MESSAGE, message: 'hello' }, 'failed', 'TypeError'),
      {
        kind: 'message_in',
        text: 'hello',
        reason: 'TypeError',
        sentence: 'Lead wrote; deciding failed, so nobody has answered',
      },
    ],
    [
      'a person of the team',
      { ...PLACE, source: 'turn', details: { from: 'human', text: 'Hi' } },
      { kind: 'message_out', text: 'Hi', sentence: 'A person of the team wrote' },
    ],
    [
      'a withheld reply',
      decision({ send: false, withheld: 'handoff_open' }),
      { kind: 'decision', reason: 'handoff_open', sentence: 'Reply withheld: handoff open' },
    ],
    [
      'a reply',
      decision({ send: true, withheld: null }),
      {
        kind: 'decision',
        sentence: 'Decided to reply: score 94.3, hot, priority review required',
      },
    ],
    [
      'a text that went out',
      effect({ kind: 'send_message', payload: { text: 'Hi' } }),
      { kind: 'message_out', text: 'Hi', state: 'delivered', sentence: 'We wrote' },
    ],
    [
      'a text that did not',
      effect({
        kind: 'send_message',
        state: 'suppressed',
        last_error: 'do_not_disturb',
        payload: { text: 'Hi' },
      }),
      {
        kind: 'effect',
        text: 'Hi',
        state: 'suppressed',
        reason: 'do_not_disturb',
        sentence: 'Reply withheld: do not disturb',
      },
    ],
    [
      'a planned follow-up',
      effect({ kind: 'follow_up', state: 'pending', payload: { action: 'immediate_call' } }),
      { kind: 'effect', state: 'pending', sentence: 'Follow-up (immediate call) planned' },
    ],
    [
      'an effect of another build',
      effect({ kind: 'send_fax', state: 'dead', last_error: 'HTTP 404' }),
      {
        kind: 'effect',
        state: 'dead',
        reason: 'HTTP 404',
        sentence: 'Send fax given up: HTTP 404',
      },
    ],
    [
      'a handoff',
      handoff('opened'),
      {
        kind: 'handoff',
        state: 'opened',
        reason: 'sla_high_risk_contact_now',
        sentence: 'Handed to a person: sla high risk contact now',
      },
    ],
    [
      'its end',
      handoff('resolved', 'ann'),
      {
        kind: 'handoff',
        state: 'resolved',
        reason: 'sla_high_risk_contact_now',
        sentence: 'Handoff resolved (ann)',
      },
    ],
  ])('tells %s', (_what, row, item) => {
    expect(timelineItem(row)).toEqual({ at, ...item });
  });
});
