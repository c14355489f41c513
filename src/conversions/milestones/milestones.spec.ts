import { describe, expect, it } from '@jest/globals';
import { appointmentChange, sampleChange, sampleMessage } from '../testing/sample-change.js';
import { milestonesOf } from './milestones.js';

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
