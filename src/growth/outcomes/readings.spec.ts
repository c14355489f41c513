import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../growth-feature.js';
import { classifyOutcome } from './classify-outcome.js';

interface StatusReading {
  readonly status: string;
  readonly outcome: Outcome;
}

/** Statuses read by a person from the rules of the contract's section 6 alone. */
const readings = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/readings/outcomes.json', import.meta.url), 'utf8'),
) as readonly StatusReading[];

describe('statuses read by hand', () => {
  it.each(readings)('$status is $outcome', ({ status, outcome }) => {
    expect(classifyOutcome({ field: 'status', value: status, subject: 'contact' })).toBe(outcome);
  });
});
