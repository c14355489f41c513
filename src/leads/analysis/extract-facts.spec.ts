import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../lead-context.js';
import { DEFAULT_LEAD_PROFILE } from '../lead-profile.js';
import type { LeadFacts } from '../lead-documents.js';
import { extractFacts } from './extract-facts.js';
import {
  AREA_CASES,
  BUDGET_CASES,
  FINANCING_CASES,
  MIXED_CASES,
  NO_BUDGET_CASES,
  TIMELINE_CASES,
} from './testing/fact-cases.js';

interface TextFactVectors {
  readonly service_areas: readonly string[];
  readonly cases: readonly (Partial<LeadFacts> & { readonly text: string })[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/vectors/text-facts.json', import.meta.url), 'utf8'),
) as TextFactVectors;

describe('extractFacts', () => {
  it.each(vectors.cases)('reads the known answer of "$text"', ({ text, ...expected }) => {
    expect(extractFacts(text, vectors.service_areas)).toMatchObject(expected);
  });

  describe.each([
    ['a budget', BUDGET_CASES],
    ['no budget', NO_BUDGET_CASES],
    ['a timeline', TIMELINE_CASES],
    ['financing', FINANCING_CASES],
    ['areas', AREA_CASES],
    ['a whole message', MIXED_CASES],
  ])('reads %s', (_, cases) => {
    it.each(cases)('%j', (text, expected) => {
      expect(extractFacts(text, DEFAULT_LEAD_PROFILE.serviceAreas)).toEqual({
        ...EMPTY_FACTS,
        ...expected,
      });
    });
  });
});
