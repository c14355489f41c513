import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { StatusSignal } from '../../leads/crm-event.js';
import { type Outcome, OUTCOMES } from '../growth-feature.js';
import { classifyOutcome, readOutcome } from './classify-outcome.js';
import { statusKey } from './status-words.js';

interface OutcomeVector {
  readonly status: string;
  readonly outcome: Outcome;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/vectors/outcomes.json', import.meta.url), 'utf8'),
) as readonly OutcomeVector[];

function signal(
  value: string,
  subject: StatusSignal['subject'] = 'opportunity',
  field = 'status',
): StatusSignal {
  return { field, value, subject };
}

describe('classifyOutcome', () => {
  it.each(vectors)('reads the known answer of $status', ({ status, outcome }) => {
    expect(classifyOutcome(signal(status))).toBe(outcome);
  });

  describe.each<[Outcome, readonly string[]]>([
    [
      'converted',
      [
        'WON',
        'wOn',
        '  won  ',
        'Won!',
        'won 2026',
        '✅ Won',
        'Ｗｏｎ',
        'Closed - Won',
        'closed_won',
        'closedwon',
        'ClosedWon',
        'Stage 7: Closed/Won',
        'dealWon',
        'booked',
        'Booked (by phone)',
        'Appt booked',
        'appointment-booked',
        'Appointment: Confirmed',
        'Confirmed appointment',
        'appointment_showed',
        'under_contract',
        'UNDER-CONTRACT',
        'underContract',
        'open, now under contract',
        'not lost, won',
        'not lost - won',
        'no answer at first; won later',
        'never dead, booked',
        'no show first, then won',
        'won, appointment cancelled',
        're-booked',
      ],
    ],
    [
      'lost',
      [
        'LOST',
        'LoSt',
        'closed_lost',
        'closedlost',
        'Closed/Lost',
        'leadLost',
        'Lost - was won once',
        'won then lost',
        'won/lost',
        'new, do not contact',
        'dead lead',
        'Un-qualified',
        'dis-qualified',
        'DISQUALIFIED: budget',
        'do-not-contact',
        'doNotContact',
        'don’t contact',
        "don't contact",
        'dont contact',
        'don t contact',
        'DND',
        'dnd on',
        'optout',
        'opt_out',
        'Opted out',
        'not_interested',
        'notInterested',
        'notinterested',
        "isn't interested",
        'isnt interested',
        'no longer interested',
        'not at all interested',
        'never really interested',
        'uninterested',
        'Interested? No',
        'Abandoned cart',
        'no answer, lost',
        'no budget lost',
        'not qualified - lost',
        'lost: no reason given',
        'not won but lost',
      ],
    ],
    [
      'active',
      [
        'NEW',
        'brand new',
        '3 - New',
        'new_lead',
        'newLead 7 - open',
        'Open',
        're-open',
        'Contacted!',
        'nurture sequence',
        'pre-qualified',
        'follow-up',
        'FollowUp',
        'follow_up',
        'followup',
        'not won, nurture',
        'not ready nurture',
        'not won but open',
        'no-show: follow up',
        'cancelled appointment, contacted',
        'never lost, still open',
        'not contacted by mail, qualified',
      ],
    ],
    [
      'unknown',
      [
        'not won',
        'NOT WON',
        'not-won',
        'notWon',
        "hasn't won",
        'hasnt won',
        'never won',
        'no longer under contract',
        'not yet under contract',
        'not won or lost',
        'neither won nor lost',
        'almost won',
        'yet to be won',
        'without appointment booked',
        'no appointment has been booked',
        'Booked? No',
        'booked = false',
        'won: no',
        'cannot be contacted',
        "couldn't be contacted",
        'not contacted',
        'non-qualified',
        'not qualified',
        'not disqualified',
        'not unqualified',
        'not dead yet',
        'not new',
        'do not follow up',
        'wont sell',
        'won’t sell',
        'won`t sell',
        'won_t_sell',
        "WON'T SELL",
        'wonderful',
        'swonk',
        'wön',
        'renewed',
        'renewal',
        'newly',
        'knew',
        'news',
        're-opened',
        'opening',
        'unopened',
        'deadline',
        'deadlock',
        'undead',
        'losting',
        'almost',
        'requalified',
        'unbooked',
        'un-booked',
        'booked (cancelled)',
        'booked, then canceled',
        'Appointment booked - no show',
        'appt cancelled',
        'appointment rescheduled',
        'appointment not confirmed',
        'unconfirmed appointment',
        'Appointment invalid',
        'confirmed',
        'contact',
        'contract',
        'interested',
        'Very interested',
        'No - interested in selling',
        'closed',
        'dnd off',
        'dnd: false',
        'DND removed',
        'nurturing',
        'no',
        'n/a',
        '---',
        "'",
        '成约',
        '__proto__',
        'constructor',
      ],
    ],
  ])('%s', (outcome, statuses) => {
    it.each(statuses)('%j', (status) => {
      expect(classifyOutcome(signal(status))).toBe(outcome);
    });
  });

  it.each<[string, Outcome]>([
    ['new', 'converted'],
    ['confirmed', 'converted'],
    ['Showed', 'converted'],
    ['booked', 'converted'],
    ['cancelled', 'unknown'],
    ['canceled', 'unknown'],
    ['noshow', 'unknown'],
    ['No-Show', 'unknown'],
    ['invalid', 'unknown'],
    ['not confirmed', 'unknown'],
    ['rescheduled', 'unknown'],
    ['', 'unknown'],
  ])('reads the appointment state %j as %s', (state, outcome) => {
    expect(classifyOutcome(signal(state, 'appointment', 'appointmentStatus'))).toBe(outcome);
    expect(classifyOutcome(signal(state, 'contact', 'appointment_status'))).toBe(outcome);
  });

  it.each<[string, Outcome]>([
    ['true', 'lost'],
    ['active', 'lost'],
    ['permanent', 'lost'],
    ['dnd', 'lost'],
    ['opt-out', 'lost'],
    ['false', 'unknown'],
    ['inactive', 'unknown'],
  ])('reads the consent %j as %s', (value, outcome) => {
    expect(classifyOutcome(signal(value, 'consent', 'dnd'))).toBe(outcome);
  });

  it('lets an operator’s mapping win, however the status is punctuated', () => {
    const mappings = new Map<string, Outcome>([
      [statusKey('Keys handed over!'), 'converted'],
      [statusKey('Lost'), 'active'],
      [statusKey('new'), 'unknown'],
      [statusKey('成约'), 'converted'],
    ]);

    expect(classifyOutcome(signal('keys_handed_over'), mappings)).toBe('converted');
    expect(classifyOutcome(signal('LOST'), mappings)).toBe('active');
    expect(classifyOutcome(signal('new', 'appointment'), mappings)).toBe('unknown');
    expect(classifyOutcome(signal('成约'), mappings)).toBe('converted');
    expect(classifyOutcome(signal('won'), mappings)).toBe('converted');
  });

  it('answers any text without throwing, the same in every case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(OUTCOMES).toContain(classifyOutcome(signal(text)));
      }),
    );
    fc.assert(
      fc.property(fc.mixedCase(fc.constantFrom('won', 'lost', 'booked', 'qualified')), (text) => {
        expect(classifyOutcome(signal(text))).toBe(classifyOutcome(signal(text.toLowerCase())));
      }),
    );
  });

  it('never counts a term inside of another word', () => {
    const letters = fc.stringMatching(/^[bcfghjkmpqrsvxyz]{1,4}$/);
    fc.assert(
      fc.property(letters, fc.constantFrom('won', 'lost', 'dead', 'new', 'open'), (other, term) => {
        expect(classifyOutcome(signal(other + term))).toBe('unknown');
        expect(classifyOutcome(signal(term + other))).toBe('unknown');
      }),
    );
  });

  it('reads a very long status in bounded time', () => {
    expect(classifyOutcome(signal('not '.repeat(100_000)))).toBe('unknown');
  });
});

describe('readOutcome', () => {
  it('is unknown and names no signal when nothing is given', () => {
    const nothing = { outcome: 'unknown', signal: null };

    expect(readOutcome([])).toEqual(nothing);
    expect(readOutcome([signal(' ')])).toEqual(nothing);
  });

  it('lets the first field of the contract’s order decide, understood or not', () => {
    const stage = signal('Closed Won', 'opportunity', 'stage');
    const status = signal('banana', 'opportunity', 'status');
    const opportunityStatus = signal('', 'opportunity', 'opportunity_status');

    expect(readOutcome([stage, status, opportunityStatus])).toEqual({
      outcome: 'unknown',
      signal: { field: 'status', value: 'banana' },
    });
    expect(readOutcome([stage])).toEqual({
      outcome: 'converted',
      signal: { field: 'stage', value: 'Closed Won' },
    });
  });

  it('reads other fields in the order of the payload', () => {
    const appointment = signal('showed', 'appointment', 'appointmentStatus');

    expect(readOutcome([appointment]).outcome).toBe('converted');
    expect(readOutcome([appointment, signal('lost')]).outcome).toBe('lost');
  });

  it('takes the strongest tag, and tags only where there is no status', () => {
    const tags = ['Qualified', 'booked', 'not interested'].map((tag) => signal(tag, 'tag', 'tags'));

    expect(readOutcome(tags)).toEqual({
      outcome: 'lost',
      signal: { field: 'tags', value: 'not interested' },
    });
    expect(readOutcome([...tags, signal('open')]).outcome).toBe('active');
  });

  it('passes mappings on', () => {
    expect(readOutcome([signal('stage x')], new Map([['stage x', 'lost']])).outcome).toBe('lost');
  });
});
