import { aimOfVerb, type Aim } from './aim.js';
import type { Finding, Place } from './findings.js';

export const verdictOf: Readonly<Record<Aim, Finding['verdict'] | null>> = {
  lead: 'opt_out',
  doubt: 'hold',
  limited: null,
  other: null,
};

/** A verb with its object, said to us. */
export function ofVerb({ phrase, after }: Place): Finding['verdict'] | null {
  // The lead as object may stand inside the phrase ("hitting me up", "text me or call").
  const aimed = / (?:me|us)(?: |$)/.test(phrase) && !/ (?:me|us)$/.test(phrase);
  const tail = / (?:me|us)$/.exec(phrase)?.[0] ?? (aimed ? ' me' : '');
  return verdictOf[aimOfVerb(`${tail}${after}`, / call(?:ing)?(?: me)?$/.test(phrase))];
}
