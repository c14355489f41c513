import type { Place } from './findings.js';
import { whoIsAsked } from './who-is-asked.js';

/** Of us, or of the lead itself: "how do I get off this list". */
export function isAsked({ before }: Place): boolean {
  const asked = whoIsAsked(before);
  return asked === 'us' || asked === 'self';
}

/** "Rates go away" has a subject; "not interested go away" has none. */
export function isImperativeStart(before: string): boolean {
  return (
    before.trim() === '' ||
    / (?:please|just|and|now|so|interested|number|alone|thanks|no|off|me|buying|selling|ok|already|hell|stop|you need to|asked you to|told you to|you should|can you|will you|would you|you)$/.test(
      before,
    )
  );
}
