import { describe, expect, it } from '@jest/globals';
import type { Handoff } from './handoff.js';
import { breachEffects, resolutionEffects } from './handoff-effects.js';
import { sampleHandoff, SAMPLE_OPTIONS } from './testing/sample-handoffs.js';

const AT = new Date('2026-03-02T15:05:01.000Z');
const handoff: Handoff = {
  ...sampleHandoff(),
  state: 'open',
  breachedAt: AT,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
};

describe('breachEffects', () => {
  it('tags the contact, gives it to the next user and says why', () => {
    const payloads = breachEffects(handoff, 'user-b', AT, SAMPLE_OPTIONS).map(
      ({ payload }) => payload,
    );
    expect(payloads).toEqual([
      { kind: 'add_tags', tags: ['handoff_breached'] },
      {
        kind: 'create_task',
        title: 'Overdue handoff: contact this lead now (score 94.8)',
        body: 'A home in Frisco, about $450,000. Call and agree on a time to meet.',
        dueAt: AT.toISOString(),
        assignedTo: 'user-b',
      },
      { kind: 'assign_contact', userId: 'user-b' },
      {
        kind: 'add_note',
        body: [
          'HANDOFF OVERDUE: nobody took this lead by Mon 2 Mar 09:05 CST',
          'Wants: A home in Frisco, about $450,000',
          'Next step: Call and agree on a time to meet.',
          'Now assigned to user user-b.',
        ].join('\n'),
      },
    ]);
  });

  it('reassigns to nobody when there is nobody else', () => {
    const kinds = breachEffects(handoff, null, AT, SAMPLE_OPTIONS).map(
      ({ payload }) => payload.kind,
    );
    expect(kinds).toEqual(['add_tags', 'add_note']);
  });
});

describe('resolutionEffects', () => {
  it('takes every tag of the handoff off', () => {
    expect(resolutionEffects(AT, SAMPLE_OPTIONS.tags).map(({ payload }) => payload)).toEqual([
      {
        kind: 'remove_tags',
        tags: ['needs_handoff', 'handoff_breached', 'handoff_ack', 'handoff_resolved'],
      },
    ]);
  });
});
