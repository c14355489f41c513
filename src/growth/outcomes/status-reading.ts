import { wordSet } from '../../leads/analysis/text/tokenize.js';
import type { TermMeaning } from './outcome-terms.js';
import { termAt } from './outcome-terms.js';
import type { StatusWord } from './status-words.js';

/** What a status says, and whether it denies it. */
export interface Statement {
  readonly meaning: TermMeaning;
  readonly isNegated: boolean;
}

const NEGATORS = wordSet(
  'not no never neither nor without non almost nearly hardly barely unlikely',
);
/** Words that stand between a negation and what it denies: `not yet been contacted`, `no deal was won`. */
const FILLERS = wordSet(
  'a an the any all at of to as that this so much very quite really fully yet ever even longer still ' +
    'currently actually be been being is are was were has have had do does did will would could can get got ' +
    'i we you he she it they or lead leads deal deals opportunity sale appointment appointments appt ' +
    'client customer contact prospect status stage',
);
const ALTERNATIVES = new Set(['or', 'nor']);
/** After a term and at the end of its clause these deny it: `Booked? No`, `qualified = false`. */
const DENIALS = new Set(['no', 'not', 'false']);

/**
 * Reads the statements of a status in order. A negation denies the next word that carries meaning,
 * and no more than that, so that `no answer, lost` is lost and `not ready nurture` is nurture; `or`
 * carries it on, the end of a clause ends it.
 */
export function readStatements(words: readonly StatusWord[]): readonly Statement[] {
  const statements: Statement[] = [];
  let isNegating = false;
  let rest = words;
  for (let word = rest[0]; word !== undefined; word = rest[0]) {
    const step = readNext(rest, isNegating && !word.startsClause);
    if (step.statement !== undefined) statements.push(step.statement);
    isNegating = step.isNegating;
    rest = step.rest;
  }
  return statements;
}

interface ReadingStep {
  readonly statement?: Statement;
  readonly rest: readonly StatusWord[];
  /** Whether the next word of meaning is denied. */
  readonly isNegating: boolean;
}

function readNext(words: readonly StatusWord[], isNegating: boolean): ReadingStep {
  const term = termAt(words);
  const rest = words.slice(term?.words.length ?? 1);
  if (term === undefined) return { rest, isNegating: negatesAfterWord(words, isNegating) };
  const isNegated = isNegating || isDenied(rest);
  return {
    statement: { meaning: term.meaning, isNegated },
    rest,
    isNegating: isNegating && isAlternative(rest[0]),
  };
}

/** A word that is no term starts a negation, lets one through, or uses it up. */
function negatesAfterWord([word, next]: readonly StatusWord[], isNegating: boolean): boolean {
  if (word === undefined) return false;
  if (isNegator(word, next)) return true;
  return isNegating && (FILLERS.has(word.text) || isAlternative(next));
}

function isAlternative(word: StatusWord | undefined): boolean {
  return word !== undefined && ALTERNATIVES.has(word.text);
}

function isNegator(word: StatusWord, next: StatusWord | undefined): boolean {
  return NEGATORS.has(word.text) || (word.text === 'yet' && next?.text === 'to');
}

function isDenied([denial, after]: readonly StatusWord[]): boolean {
  const endsClause = after === undefined || after.startsClause;
  return denial !== undefined && DENIALS.has(denial.text) && endsClause;
}
