import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EMPTY_FACTS } from '../lead-context.js';
import type { LeadAnalysis, LeadFacts } from '../lead-documents.js';
import { readConsent } from './consent/detect-consent.js';
import { sampleReading, sampleRequest } from './testing/sample-reading.js';
import { analyseLead, extractFacts } from './analyse-lead.js';

/**
 * Messages read by a person from the rules of the contract's section 4 alone, before the code was
 * asked. A fact that a row does not name must stay unknown.
 */

type WithText<Expected> = Expected & { readonly text: string };

function fixture<Expected>(name: string): readonly WithText<Expected>[] {
  const url = new URL(`../../../test/fixtures/readings/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as readonly WithText<Expected>[];
}

describe('readings by hand', () => {
  it.each(fixture<Partial<LeadFacts>>('text-facts-neighbours'))(
    'finds the facts of $text as well',
    ({ text, ...expected }) => {
      expect(extractFacts(text, sampleReading())).toEqual({ ...EMPTY_FACTS, ...expected });
    },
  );

  it.each(fixture<Partial<LeadFacts>>('text-facts-messages'))(
    'finds the facts of $text, as people text',
    ({ text, ...expected }) => {
      expect(extractFacts(text, sampleReading())).toEqual({ ...EMPTY_FACTS, ...expected });
    },
  );

  it.each(fixture<{ readonly consent: string | null }>('consent-neighbours'))(
    'finds what $text says about being written to',
    ({ text, consent }) => {
      expect(readConsent(text)?.verdict ?? null).toBe(consent);
    },
  );

  it.each(fixture<Partial<LeadFacts>>('text-facts'))(
    'finds the facts of $text',
    ({ text, ...expected }) => {
      expect(extractFacts(text, sampleReading())).toEqual({
        ...EMPTY_FACTS,
        ...expected,
      });
    },
  );

  it.each(fixture<Partial<LeadAnalysis>>('scores'))('scores $text', ({ text, ...expected }) => {
    const { analysis } = analyseLead(sampleRequest(text));
    expect(analysis).toMatchObject(expected);
  });
});
