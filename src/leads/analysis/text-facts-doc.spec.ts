import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { LeadFacts } from '../lead-documents.js';
import { sampleReading } from './testing/sample-reading.js';
import { extractFacts } from './analyse-lead.js';

/** docs/text-facts.md, held against the code. */
const page = readFileSync(new URL('../../../docs/text-facts.md', import.meta.url), 'utf8');

const rows = page
  .split('\n')
  .filter(
    (line) => line.startsWith('|') && !line.startsWith('|---') && !line.startsWith('| message'),
  )
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, message = '', budget = '', timeline = '', financing = '', areas = '']) => ({
    message,
    facts: {
      ...parseBudget(budget),
      timeline: timeline || 'unknown',
      financing: financing || 'unknown',
      areas: areas === '' ? [] : areas.split(', '),
    },
  }));

function parseBudget(cell: string): Pick<LeadFacts, 'budget_min' | 'budget_max'> {
  const [min = '', max = ''] = cell.split(/-|\.\./);
  return {
    budget_min: min === '' ? null : Number(min),
    budget_max: max === '' ? null : Number(max),
  };
}

describe('docs/text-facts.md', () => {
  it('has its two tables', () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });

  it.each(rows)('tells the truth about "$message"', ({ message, facts }) => {
    expect(extractFacts(message, sampleReading())).toEqual(facts);
  });
});
