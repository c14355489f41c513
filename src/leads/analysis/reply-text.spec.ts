import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_FACTS } from '../lead-context.js';
import {
  MAX_REPLY_LENGTH,
  TIMELINES,
  type LeadAnalysis,
  type LeadFacts,
  type LeadPriority,
} from '../lead-documents.js';
import { fitsOneSegment, toSpokenName, writeFollowUpText, writeReply } from './reply-text.js';

const PRIORITIES: readonly LeadPriority[] = ['high', 'review_required', 'normal'];

function analysis(priority: LeadPriority, known: Partial<LeadFacts> = {}): LeadAnalysis {
  return {
    lead_score: 50,
    lead_temperature: 'cold',
    priority,
    estimated_commission: 0,
    facts: { ...EMPTY_FACTS, ...known },
    scores: { qualification: 0, urgency: 0, intent: 0 },
    meets_criteria: false,
    service_area_match: false,
  };
}

const COMPLETE: Partial<LeadFacts> = { budget_max: 400_000, areas: ['Plano'], timeline: '1_month' };

describe('writeReply', () => {
  it('greets a new lead by name, says that a machine writes, and promises only what follows', () => {
    expect(writeReply(analysis('high', COMPLETE), { firstName: 'Ana', hasHistory: false })).toBe(
      'Hi Ana, automated assistant here. We got your request for a home in Plano; a team member will contact you. When is a good time to talk?',
    );
  });

  it('thanks a lead it knows', () => {
    expect(
      writeReply(analysis('review_required', COMPLETE), { firstName: 'Ana', hasHistory: true }),
    ).toBe(
      'Thank you, Ana! A team member will review your request in Plano personally and contact you. Is there anything else we should know?',
    );
  });

  it.each<[Partial<LeadFacts>, string]>([
    [{}, 'What budget and area do you have in mind?'],
    [{ areas: ['Plano'] }, 'What budget do you have in mind?'],
    [{ budget_min: 300_000 }, 'Which area do you have in mind?'],
    [{ budget_max: 300_000, areas: ['Plano'] }, 'When do you hope to move?'],
    [
      { budget_max: 300_000, areas: ['Plano'], timeline: 'flexible' },
      'Is there anything else we should know?',
    ],
  ])('asks for what is missing in %j', (known, question) => {
    expect(writeReply(analysis('normal', known), { hasHistory: true })).toContain(question);
  });

  it.each([true, false])('never denies being automated (history: %s)', (hasHistory) => {
    for (const priority of PRIORITIES) {
      const reply = writeReply(analysis(priority), {
        firstName: 'Ana',
        hasHistory,
        asksWhetherAutomated: true,
      });
      expect(reply).toMatch(/^I'm an automated assistant of the team, Ana\. /);
    }
  });

  it('stays nameless where the record holds no name', () => {
    const reply = writeReply(analysis('normal'), {
      firstName: 'ana@example.com',
      hasHistory: false,
    });
    expect(reply).toMatch(/^Hi, automated assistant here\./);
  });

  it('drops the area rather than open a second segment', () => {
    const areas = ['Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'];
    const reply = writeReply(analysis('high', { ...COMPLETE, areas }), {
      firstName: 'Ana',
      hasHistory: false,
    });
    expect(reply).not.toContain('Llan');
    expect(fitsOneSegment(reply)).toBe(true);
  });

  it('fits one segment for every usual name, and the limit for any', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[A-Z][a-z]{1,11}$/),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    const facts = fc.record({
      budget_max: fc.option(fc.constant(400_000)),
      areas: fc.subarray(['Plano', 'x'.repeat(500)]),
      timeline: fc.constantFrom(...TIMELINES),
    });
    fc.assert(
      fc.property(
        name,
        facts,
        fc.constantFrom(...PRIORITIES),
        fc.boolean(),
        (firstName, known, priority, hasHistory) => {
          const reply = writeReply(analysis(priority, known), { firstName, hasHistory });
          expect(reply.length).toBeLessThanOrEqual(MAX_REPLY_LENGTH);
          if (/^[A-Z][a-z]{1,11}$/.test(firstName)) expect(fitsOneSegment(reply)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('writeFollowUpText', () => {
  it('follows up on the same day with a question and the way out', () => {
    const facts = { ...EMPTY_FACTS, ...COMPLETE };
    expect(writeFollowUpText('same_day_follow_up', { firstName: 'Ana', facts })).toBe(
      'Hi Ana, following up on your home search in Plano. When is a good time to talk? Reply STOP to opt out.',
    );
  });

  it('asks a lead being nurtured for what is missing', () => {
    expect(writeFollowUpText('nurture_sequence', { facts: EMPTY_FACTS })).toBe(
      'Hi, checking in on your home search. What budget and area do you have in mind? Reply STOP to opt out.',
    );
  });

  it('drops the area rather than open a second segment', () => {
    const facts = { ...EMPTY_FACTS, ...COMPLETE, areas: ['x'.repeat(500)] };
    const text = writeFollowUpText('nurture_sequence', { firstName: 'Ana', facts });
    expect(fitsOneSegment(text)).toBe(true);
  });
});

describe('fitsOneSegment', () => {
  it.each([
    ['a'.repeat(160), true],
    ['a'.repeat(161), false],
    ['é'.repeat(160), true],
    ['ł' + 'a'.repeat(69), true],
    ['ł' + 'a'.repeat(70), false],
  ])('of %j is %s', (text, expected) => {
    expect(fitsOneSegment(text)).toBe(expected);
  });
});

describe('toSpokenName', () => {
  it.each([
    ['Ana', 'Ana'],
    ['  Ana  ', 'Ana'],
    ['Mary Jane', 'Mary Jane'],
    ['O’Brien', "O'Brien"],
    ['José', 'José'],
    ['Jean-Luc', 'Jean-Luc'],
    ['J. R.', 'J. R.'],
    ['美玲', '美玲'],
    ['<b>Ana</b>', 'Ana'],
    ['Ana\u0000\u202E', 'Ana'],
    ['Ana\nMaria', 'Ana Maria'],
    ['Wolfeschlegelstein Hausenbergerdorff', 'Wolfeschlegelstein'],
  ])('greets %j as %j', (stored, expected) => {
    expect(toSpokenName(stored)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    '   ',
    'ana@example.com',
    '@ana_sells',
    'ana_sells',
    'bob.smith',
    'user42',
    '+12145550100',
    '{{contact.first_name}}',
    '<script>alert(1)</script>',
    'http://spam.example',
    'Unknown',
    'N/A',
    'null',
    'x'.repeat(31),
    '\u{1F600}',
  ])('greets nobody as %j', (stored) => {
    expect(toSpokenName(stored)).toBeUndefined();
  });
});
