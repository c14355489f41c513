import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../leads/lead-context.js';
import type { HandoffOptions } from './handoff.js';
import {
  describeWishes,
  missingFacts,
  numberHandoff,
  planOpening,
  suggestNextStep,
  userInTurn,
  type HandoffRequest,
  type NumberedHandoff,
} from './plan-handoff.js';
import {
  SAMPLE_ANALYSIS,
  SAMPLE_CONTEXT,
  SAMPLE_OPENED_AT,
  SAMPLE_OPTIONS,
  sampleRequest,
} from './testing/sample-handoffs.js';

const DEADLINE = new Date('2026-03-02T15:05:00.000Z');

/** As it is opened: planned when it is decided, numbered when it is stored. */
function planHandoff(
  request: HandoffRequest,
  handoffId: number,
  options: HandoffOptions,
): NumberedHandoff {
  const lead = { locationId: 'loc', contactId: 'contact' };
  return numberHandoff(lead, 'delivery-1', planOpening(request, options), handoffId);
}

function noteOf(...args: Parameters<typeof planHandoff>): string {
  const note = planHandoff(...args).effects.find(({ step }) => step === 'handoff_note')?.payload;
  return note?.kind === 'add_note' ? note.body : '';
}

describe('planHandoff', () => {
  it('records who has to do what by when', () => {
    expect(planHandoff(sampleRequest(), 7, SAMPLE_OPTIONS).record).toEqual({
      locationId: 'loc',
      contactId: 'contact',
      handoffId: 7,
      reasonCode: 'sla_high_risk_contact_now',
      riskLevel: 'high',
      assignedTo: 'user-b',
      openedAt: SAMPLE_OPENED_AT,
      deadlineAt: DEADLINE,
      deliveryId: 'delivery-1',
      summary: {
        wants: 'A home in Frisco, about $450,000, within a month, pre-approved',
        missing: [],
        next_step: 'Call and agree on a time to meet.',
        lead_score: 94.8,
        lead_temperature: 'hot',
        priority: 'high',
        source: 'facebook ads',
        facts: sampleRequest().analysis.facts,
      },
    });
  });

  it('writes the task, the note and the timer, in this order', () => {
    const { effects } = planHandoff(sampleRequest(), 7, SAMPLE_OPTIONS);
    expect(effects.map(({ step, dueAt }) => [step, dueAt])).toEqual([
      ['handoff_task', SAMPLE_OPENED_AT],
      ['handoff_note', SAMPLE_OPENED_AT],
      ['handoff_deadline', DEADLINE],
    ]);
    expect(effects[0]?.payload).toEqual({
      kind: 'create_task',
      title: 'Contact Dana now (score 94.8)',
      body: 'A home in Frisco, about $450,000, within a month, pre-approved. Call and agree on a time to meet. See the note on the contact.',
      dueAt: '2026-03-02T15:05:00.000Z',
      assignedTo: 'user-b',
    });
    expect(effects[2]?.payload).toEqual({ kind: 'handoff_deadline', handoffId: 7 });
  });

  it("leaves the task to the contact's owner when no users are configured", () => {
    const options = { ...SAMPLE_OPTIONS, userIds: [], assignsContact: true };
    const { record, effects } = planHandoff(sampleRequest(), 7, options);
    expect(record.assignedTo).toBeNull();
    expect(effects[0]?.payload).toMatchObject({ assignedTo: null });
    expect(effects.map(({ payload }) => payload.kind)).not.toContain('assign_contact');
  });

  it("makes the user the contact's owner when the operator wants it", () => {
    const { effects } = planHandoff(sampleRequest(), 8, {
      ...SAMPLE_OPTIONS,
      assignsContact: true,
    });
    const owner = effects.find(({ step }) => step === 'handoff_owner');
    expect(owner?.payload).toEqual({ kind: 'assign_contact', userId: 'user-a' });
  });

  it.each([
    ['high', '2026-03-09T13:05:00.000Z'],
    ['medium', '2026-03-09T14:00:00.000Z'],
    ['low', '2026-03-09T14:00:00.000Z'],
  ] as const)('a lead at %s risk on a Sunday has until %s', (riskLevel, deadline) => {
    const openedAt = new Date('2026-03-08T18:00:00.000Z');
    const request = sampleRequest({ openedAt, proposal: { riskLevel, reasonCode: 'reason' } });
    expect(planHandoff(request, 1, SAMPLE_OPTIONS).record.deadlineAt.toISOString()).toBe(deadline);
  });

  it('does not change its inputs', () => {
    const request = sampleRequest();
    const before = structuredClone(request);
    planHandoff(request, 1, SAMPLE_OPTIONS);
    expect(request).toEqual(before);
  });
});

describe('the note', () => {
  it('can be acted on at a glance', () => {
    expect(noteOf(sampleRequest(), 7, SAMPLE_OPTIONS)).toBe(
      [
        'HANDOFF: contact now, by Mon 2 Mar 09:05 CST',
        'Wants: A home in Frisco, about $450,000, within a month, pre-approved',
        'Next step: Call and agree on a time to meet.',
        'Missing: nothing',
        'Score: 94.8 of 100 (hot), priority high, source facebook ads',
        '',
        'Last messages:',
        'Lead, Mon 2 Mar 09:00 CST: "Pre-approved for $450k, need Frisco within 30 days"',
        'Assistant, Mon 2 Mar 09:00 CST: "Hi Dana, automated assistant here."',
        '',
        'Why: sla_high_risk_contact_now. Write to the lead or add the tag handoff_ack to take it.',
        'The assistant stays silent until the handoff is resolved (tag handoff_resolved).',
      ].join('\n'),
    );
  });

  it('shows the last five messages, each on one line, cut where it is long', () => {
    const text = `Hello\nNext step: send me money ${'😀'.repeat(400)}`;
    const turns = Array.from({ length: 9 }, () => ({
      at: '2026-03-02T15:00:00.000Z',
      from: 'lead' as const,
      text,
    }));
    const note = noteOf(
      sampleRequest({ context: { ...SAMPLE_CONTEXT, turns } }),
      1,
      SAMPLE_OPTIONS,
    );
    const lines = note.split('\n').filter((line) => line.startsWith('Lead, '));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/: "Hello Next step: send me money .*…"$/);
    expect(note.isWellFormed()).toBe(true);
    expect(note.match(/^Next step:/gm)).toHaveLength(1);
  });
});

describe('userInTurn', () => {
  it('gives every user the same number of turns', () => {
    const users = [1, 2, 3, 4, 5, 6].map((turn) => userInTurn(['a', 'b', 'c'], turn));
    expect(users).toEqual(['b', 'c', 'a', 'b', 'c', 'a']);
  });

  it("leaves it to the contact's owner when nobody is configured", () => {
    expect(userInTurn([], 7)).toBeNull();
  });
});

describe('describeWishes', () => {
  it('says all that is known', () => {
    expect(describeWishes(SAMPLE_ANALYSIS.facts)).toBe(
      'A home in Frisco, about $450,000, within a month, pre-approved',
    );
  });

  it('leaves out what is not', () => {
    expect(describeWishes(EMPTY_FACTS)).toBe('A home');
    expect(describeWishes({ ...EMPTY_FACTS, areas: ['Plano', 'Allen'] })).toBe(
      'A home in Plano or Allen',
    );
  });

  it.each([
    [null, 500_000, 'A home, up to $500,000'],
    [300_000, null, 'A home, from $300,000'],
    [300_000, 500_000, 'A home, $300,000 to $500,000'],
  ])('reads a budget of %s to %s', (budget_min, budget_max, wishes) => {
    expect(describeWishes({ ...EMPTY_FACTS, budget_min, budget_max })).toBe(wishes);
  });
});

describe('what to do next', () => {
  it('asks for what is missing, the most telling first', () => {
    const missing = missingFacts({ ...EMPTY_FACTS, timeline: 'immediate' });
    expect(missing).toEqual(['budget', 'area', 'financing']);
    expect(suggestNextStep(missing, true)).toBe('Call and ask about budget, area and financing.');
    expect(suggestNextStep(['area'], true)).toBe('Call and ask about area.');
  });

  it('is to meet when nothing is missing', () => {
    const missing = missingFacts(SAMPLE_ANALYSIS.facts);
    expect(missing).toEqual([]);
    expect(suggestNextStep(missing, true)).toBe('Call and agree on a time to meet.');
  });

  it('is no call to a lead without a number', () => {
    expect(suggestNextStep([], false)).toMatch(/^Write in the conversation/);
  });
});
