import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../lead-context.js';
import type { LeadFacts } from '../lead-documents.js';
import { DEFAULT_LEAD_PROFILE } from '../../config/lead-profile.js';
import {
  estimateCommission,
  gradePriority,
  gradeTemperature,
  meetsMinimumBudget,
} from './grade-lead.js';

const facts = (known: Partial<LeadFacts>): LeadFacts => ({ ...EMPTY_FACTS, ...known });

describe('gradeTemperature', () => {
  it.each([
    [100, 'hot'],
    [80, 'hot'],
    [79.9, 'warm'],
    [60, 'warm'],
    [59.9, 'cold'],
    [0, 'cold'],
  ])('calls %d %s', (leadScore, expected) => {
    expect(gradeTemperature(leadScore)).toBe(expected);
  });
});

describe('gradePriority', () => {
  it.each([
    [{ budget_max: 800_001, areas: ['Plano'] }, 'review_required'],
    [{ budget_max: 800_001 }, 'review_required'],
    [{ budget_min: 900_000 }, 'review_required'],
    [{ budget_max: 800_000, areas: ['Plano'] }, 'high'],
    [{ budget_max: 200_000, areas: ['Plano'] }, 'high'],
    [{ budget_max: 199_999, areas: ['Plano'] }, 'normal'],
    [{ budget_max: 400_000 }, 'normal'],
    [{ budget_min: 400_000, areas: ['Plano'] }, 'normal'],
    [{ areas: ['Plano'] }, 'normal'],
    [{}, 'normal'],
  ])('of %j is %s', (known, expected) => {
    expect(gradePriority(facts(known), DEFAULT_LEAD_PROFILE)).toBe(expected);
  });
});

describe('meetsMinimumBudget', () => {
  it.each([
    [{ budget_max: 200_000 }, true],
    [{ budget_max: 2_000_000 }, true],
    [{ budget_max: 199_999 }, false],
    [{ budget_min: 400_000 }, false],
    [{}, false],
  ])('of %j is %s', (known, expected) => {
    expect(meetsMinimumBudget(facts(known), DEFAULT_LEAD_PROFILE)).toBe(expected);
  });
});

describe('estimateCommission', () => {
  it.each([
    [425_000, 0.06, 25_500],
    [333_333, 0.06, 19_999.98],
    [333_333, 0.0275, 9_166.66],
    [50_005, 0.0301, 1_505.15],
    [null, 0.06, 0],
  ])('of %p at %d is %d', (budgetMax, commissionRate, expected) => {
    const profile = { ...DEFAULT_LEAD_PROFILE, commissionRate };
    expect(estimateCommission(facts({ budget_max: budgetMax }), profile)).toBe(expected);
  });
});
