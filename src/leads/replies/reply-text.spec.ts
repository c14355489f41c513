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
import { writeFollowUpText, writeHelp, writeReply, type ReplyContext } from './reply-text.js';
import { fitsOneSegment } from './segments.js';

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

const SOMEBODY: ReplyContext = {
  firstName: 'Ana',
  language: 'en',
  businessName: 'Acme Homes',
  hasHistory: false,
  asksWhetherAutomated: false,
  asksQuestion: false,
  lastQuestion: null,
};

function reply(
  priority: LeadPriority,
  known: Partial<LeadFacts> = {},
  context: Partial<ReplyContext> = {},
): string {
  return writeReply(analysis(priority, known), { ...SOMEBODY, ...context }).text;
}

describe('writeReply', () => {
  it('names the business to a new lead, says that a machine writes, and how to stop', () => {
    expect(reply('high', COMPLETE)).toBe(
      'Hi Ana, automated assistant of Acme Homes here. We got your request; a team member will contact you. When is a good time to talk? Reply STOP to unsubscribe',
    );
  });

  it('speaks of the team where the business has no name', () => {
    expect(reply('normal', {}, { businessName: undefined })).toMatch(
      /^Hi Ana, automated assistant of our team here\..*Reply STOP to unsubscribe$/,
    );
  });

  it('thanks a lead it knows', () => {
    expect(reply('review_required', COMPLETE, { hasHistory: true })).toBe(
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
    expect(reply('normal', known, { hasHistory: true })).toContain(question);
  });

  it('does not ask again at once what it has just asked', () => {
    const context = { hasHistory: true, lastQuestion: 'budget' } as const;
    expect(reply('normal', { areas: ['Plano'] }, context)).toContain('When do you hope to move?');
    const known: Partial<LeadFacts> = { areas: ['Plano'], timeline: 'flexible' };
    expect(writeReply(analysis('normal', known), { ...SOMEBODY, ...context }).asks).toBe(false);
  });

  it('answers no question itself', () => {
    expect(reply('high', COMPLETE, { hasHistory: true, asksQuestion: true })).toBe(
      'Thank you, Ana! A team member will check that and get back to you. When is a good time to talk?',
    );
  });

  it.each([true, false])('never denies being automated (history: %s)', (hasHistory) => {
    for (const priority of PRIORITIES) {
      expect(reply(priority, {}, { hasHistory, asksWhetherAutomated: true })).toMatch(
        /^I'm an automated assistant of Acme Homes, Ana\. /,
      );
    }
  });

  it('writes Spanish to who writes Spanish, in letters that fit one segment', () => {
    for (const priority of PRIORITIES) {
      const text = reply(priority, COMPLETE, { language: 'es' });
      expect(text).toMatch(/^Hola Ana, soy el asistente virtual de Acme Homes\./);
      expect(text).toMatch(/Reply STOP to unsubscribe$/);
      expect(text).not.toMatch(/[áíóú]/);
    }
  });

  it('stays nameless where the record holds no name', () => {
    expect(reply('normal', {}, { firstName: 'ana@example.com' })).toMatch(
      /^Hi, automated assistant of Acme Homes here\./,
    );
  });

  it('drops the area rather than open a second segment', () => {
    const areas = ['Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'];
    const text = reply('high', { ...COMPLETE, areas });
    expect(text).not.toContain('Llan');
    expect(fitsOneSegment(text)).toBe(true);
  });

  it('stays within the limit for any name and business', () => {
    const facts = fc.record({
      budget_max: fc.option(fc.constant(400_000)),
      areas: fc.subarray(['Plano', 'x'.repeat(500)]),
      timeline: fc.constantFrom(...TIMELINES),
    });
    const context = fc.record({
      firstName: fc.string({ unit: 'grapheme', maxLength: 60 }),
      language: fc.constantFrom('en' as const, 'es' as const),
      businessName: fc.option(fc.stringMatching(/^[A-Za-z ]{1,40}$/), { nil: undefined }),
      hasHistory: fc.boolean(),
      asksWhetherAutomated: fc.boolean(),
      asksQuestion: fc.boolean(),
      lastQuestion: fc.constantFrom(null, 'budget' as const, 'area' as const, 'timeline' as const),
    });
    fc.assert(
      fc.property(facts, context, fc.constantFrom(...PRIORITIES), (known, said, priority) => {
        expect(reply(priority, known, said).length).toBeLessThanOrEqual(MAX_REPLY_LENGTH);
      }),
      { numRuns: 300 },
    );
  });
});

describe('writeHelp', () => {
  it('says who writes and how to stop', () => {
    expect(writeHelp(SOMEBODY)).toMatch(/Acme Homes.*Reply STOP to unsubscribe$/);
    expect(writeHelp({ ...SOMEBODY, language: 'es' })).toMatch(/Acme Homes.*STOP/);
  });
});

describe('writeFollowUpText', () => {
  const known = { ...SOMEBODY, hasHistory: true };

  it('follows up on the same day with a question and the way out', () => {
    const facts = { ...EMPTY_FACTS, ...COMPLETE };
    expect(writeFollowUpText('same_day_follow_up', facts, known)).toBe(
      'Hi Ana, following up on your home search in Plano. When is a good time to talk? Reply STOP to unsubscribe',
    );
  });

  it('names the business where it is the first text', () => {
    expect(writeFollowUpText('nurture_sequence', EMPTY_FACTS, SOMEBODY)).toBe(
      'Hi Ana, automated assistant of Acme Homes here. Checking in on your home search. What budget and area do you have in mind? Reply STOP to unsubscribe',
    );
  });

  it('drops the area rather than open a second segment', () => {
    const facts = { ...EMPTY_FACTS, ...COMPLETE, areas: ['x'.repeat(500)] };
    expect(fitsOneSegment(writeFollowUpText('nurture_sequence', facts, known))).toBe(true);
  });
});
