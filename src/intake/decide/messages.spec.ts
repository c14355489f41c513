import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { askedLead } from '../../leads/crm-event.js';
import type { LeadFacts } from '../../leads/lead-documents.js';
import { sampleRollout } from '../../growth/testing/gate-for.js';
import { sampleDecidingSettings } from '../testing/sample-settings.js';
import { UNKNOWN_LEAD } from './decision.js';
import { readMessage } from './read-message.js';

/** Messages as people write them, with what a careful reader records of each. */

type FactName = Exclude<keyof LeadFacts, 'areas'>;

interface Reading extends LeadFacts {
  readonly text: string;
  readonly kind: string;
  readonly group: 'en' | 'es' | 'opt' | 'non';
  readonly opt_out: boolean;
  /** Only `opt_out` is judged. */
  readonly judge?: 'opt_out';
  /** Other values that count as right. */
  readonly accept?: Partial<Record<FactName, readonly unknown[]>> & {
    readonly areas?: readonly (readonly string[])[];
    readonly opt_out?: readonly boolean[];
  };
  readonly debatable?: boolean;
}

const { as_of: asOf, cases } = JSON.parse(
  readFileSync(
    new URL('../../../test/fixtures/vectors/text-messages.json', import.meta.url),
    'utf8',
  ),
) as { readonly as_of: string; readonly cases: readonly Reading[] };
const judged = cases.filter(({ debatable }) => debatable !== true);

/** The contract's measures. */
const AT_LEAST = { en: 0.92, es: 0.85, non: 0.92, opt: 0.92 };
const RECALL = 0.98;
const PRECISION = 0.96;

const FACTS: readonly FactName[] = ['budget_min', 'budget_max', 'timeline', 'financing'];

function read(text: string): { readonly facts: LeadFacts; readonly refuses: boolean } {
  const at = new Date(asOf);
  const { analysis, consent } = readMessage({
    event: askedLead(at, { type: 'asked', locationId: 'l', contactId: 'c', text }),
    situation: UNKNOWN_LEAD,
    settings: sampleDecidingSettings(),
    rollout: sampleRollout(),
    at,
  });
  return { facts: analysis.facts, refuses: consent?.verdict === 'opt_out' };
}

function faults(one: Reading): string[] {
  const { facts, refuses } = read(one.text);
  const refusals = [one.opt_out, ...(one.accept?.opt_out ?? [])];
  const found = refusals.includes(refuses) ? [] : [`refuses: ${refuses}`];
  return one.judge === 'opt_out' ? found : [...found, ...wrongFacts(facts, one)];
}

function wrongFacts(facts: LeadFacts, { accept = {}, ...one }: Reading): string[] {
  const wrong = FACTS.filter((name) => ![one[name], ...(accept[name] ?? [])].includes(facts[name]));
  const sorted = (areas: readonly string[]): string => [...areas].sort().join();
  const areas = [one.areas, ...(accept.areas ?? [])].map(sorted);
  return [
    ...wrong.map((name) => `${name} ${facts[name]} for ${one[name]}`),
    ...(areas.includes(sorted(facts.areas)) ? [] : [`areas ${facts.areas.join()}`]),
  ];
}

describe('messages as people write them', () => {
  it.each(Object.entries(AT_LEAST))('of group %s are understood', (group, least) => {
    const ofGroup = judged.filter((one) => one.group === group);
    const wrong = ofGroup.flatMap((one) => {
      const found = faults(one);
      return found.length === 0 ? [] : [`${one.text}: ${found.join('; ')}`];
    });
    const share = 1 - wrong.length / ofGroup.length;
    expect(share >= least ? [] : wrong).toEqual([]);
  });

  it('tell refusals from what only sounds like one', () => {
    const certain = judged.filter(({ accept }) => accept?.opt_out === undefined);
    const read_ = certain.map((one) => ({ ...one, refuses: read(one.text).refuses }));
    const right = read_.filter((one) => one.opt_out && one.refuses).length;
    const recall = right / read_.filter((one) => one.opt_out).length;
    const precision = right / read_.filter((one) => one.refuses).length;
    expect(recall).toBeGreaterThanOrEqual(RECALL);
    expect(precision).toBeGreaterThanOrEqual(PRECISION);
  });
});
