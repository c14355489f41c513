import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../growth/growth-feature.js';
import { milestonesOf, readChange } from './read-change.js';
import {
  appointmentChange,
  CHANGED_AT,
  sampleChange,
  sampleMessage,
  sampleSignal,
} from './testing/sample-change.js';

const NONE = new Map<string, Outcome>();
const status = (value: string) => sampleChange({ signals: [sampleSignal(value)] });

describe('reading a change', () => {
  it('understands a status without help', () => {
    expect(readChange(status('Closed Won'), NONE)).toEqual({
      outcome: 'converted',
      signal: { field: 'status', value: 'Closed Won' },
      unmapped: null,
    });
  });

  it('lists a status that nobody understands', () => {
    expect(readChange(status('Contract  Signed!'), NONE)).toEqual({
      outcome: 'unknown',
      signal: { field: 'status', value: 'Contract  Signed!' },
      unmapped: {
        locationId: 'loc-1',
        statusKey: 'contract signed',
        field: 'status',
        value: 'Contract  Signed!',
        seenAt: CHANGED_AT,
      },
    });
  });

  it('takes the meaning that the operator has given', () => {
    const mappings = new Map<string, Outcome>([['contract signed', 'converted']]);
    expect(readChange(status('CONTRACT-SIGNED'), mappings)).toMatchObject({
      outcome: 'converted',
      unmapped: null,
    });
  });

  it('leaves a status alone that the operator has called meaningless', () => {
    const mappings = new Map<string, Outcome>([['banana', 'unknown']]);
    expect(readChange(status('Banana'), mappings).unmapped).toBeNull();
  });

  it.each(['cancelled', 'canceled', 'no-show', 'noshow', 'invalid'])(
    'knows that an appointment may be %s, which is no outcome',
    (state) => {
      expect(readChange(appointmentChange(state), NONE)).toMatchObject({
        outcome: 'unknown',
        unmapped: null,
      });
    },
  );

  it('lists neither tags nor consent', () => {
    const tag = sampleSignal('blue', { field: 'tags', subject: 'tag' });
    const consent = sampleSignal('maybe', { field: 'dnd', subject: 'consent' });
    expect(readChange(sampleChange({ subject: 'tag', signals: [tag] }), NONE).unmapped).toBeNull();
    expect(readChange(sampleChange({ signals: [consent] }), NONE).unmapped).toBeNull();
  });

  it('lists nothing of an event without a status', () => {
    expect(readChange(sampleChange({ signals: [] }), NONE)).toEqual({
      outcome: 'unknown',
      signal: null,
      unmapped: null,
    });
  });

  it.each([
    ['without letters', '🔥🔥'],
    ['that unfolds to thousands of letters', '\uFDFA'.repeat(256)],
  ])('lists no status %s', (_what, value) => {
    expect(readChange(status(value), NONE).unmapped).toBeNull();
  });

  it('never throws, and gives short keys only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (value) => {
        const { unmapped } = readChange(status(value), NONE);
        expect((unmapped?.statusKey ?? '').length).toBeLessThanOrEqual(256);
      }),
    );
  });
});

describe('the milestones of a message', () => {
  it('are a reply when it has text', () => {
    expect(milestonesOf(sampleMessage('Is it still available?'), { outcome: 'unknown' })).toEqual([
      'reply',
    ]);
  });

  it('are none when it has no text', () => {
    expect(milestonesOf(sampleMessage(' '), { outcome: 'unknown' })).toEqual([]);
  });

  it('are an opt-out and no reply when it refuses further messages', () => {
    const reading = { outcome: 'unknown', consent: 'opt_out' } as const;
    expect(milestonesOf(sampleMessage('STOP'), reading)).toEqual(['opted_out']);
  });

  it('are a reply when it allows messages again', () => {
    const reading = { outcome: 'unknown', consent: 'opt_in' } as const;
    expect(milestonesOf(sampleMessage('START'), reading)).toEqual(['reply']);
  });
});

describe('the milestones of a change', () => {
  it.each(['new', 'Confirmed', 'showed'])('count the appointment that is %s', (state) => {
    expect(milestonesOf(appointmentChange(state), { outcome: 'converted' })).toEqual([
      'appointment_booked',
      'converted',
    ]);
  });

  it.each(['cancelled', 'noshow', 'invalid', 'renewed'])('are none when it is %s', (state) => {
    expect(milestonesOf(appointmentChange(state), { outcome: 'unknown' })).toEqual([]);
  });

  it('count a booking also where the operator has mapped its state to something else', () => {
    expect(milestonesOf(appointmentChange('new'), { outcome: 'active' })).toEqual([
      'appointment_booked',
    ]);
  });

  it.each([
    ['converted', ['converted']],
    ['lost', ['lost']],
    ['active', []],
    ['unknown', []],
  ] as const)('of an opportunity that is %s are %j', (outcome, kinds) => {
    expect(milestonesOf(sampleChange(), { outcome })).toEqual(kinds);
  });

  it('count an opt-out when the contact is set not to be disturbed, and none when that is lifted', () => {
    const blocked = sampleChange({ subject: 'consent', doNotDisturb: true });
    expect(milestonesOf(blocked, { outcome: 'lost' })).toEqual(['lost', 'opted_out']);
    const lifted = sampleChange({ subject: 'consent', doNotDisturb: false, signals: [] });
    expect(milestonesOf(lifted, { outcome: 'unknown' })).toEqual([]);
  });
});
