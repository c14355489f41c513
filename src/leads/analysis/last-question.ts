import type { Turn } from '../lead-context.js';
import type { LastQuestion } from './facts/facts-reading.js';

/** What our sentences ask for, by a word that only that question holds. */
const ASKED_FOR: readonly (readonly [RegExp, LastQuestion])[] = [
  [/\b(?:budget|presupuesto)\b[^.!?]*\?/iu, 'budget'],
  [/\b(?:hope to move|looking to move|mudarse|mudarte)\b[^.!?]*\?/iu, 'timeline'],
  [/\b(?:area|zona)\b[^.!?]*\?/iu, 'area'],
];

/** What the last thing that was said to the lead asked for; null when the lead has not been asked. */
export function lastQuestionOf(turns: readonly Turn[]): LastQuestion | null {
  const last = turns.findLast(({ from }) => from !== 'lead');
  if (last === undefined) return null;
  return ASKED_FOR.find(([pattern]) => pattern.test(last.text))?.[1] ?? null;
}
