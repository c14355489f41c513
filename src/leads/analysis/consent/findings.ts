import { beginningsOf, firstLetters } from './first-letters.js';

/** A place of a message that says something about being written to. */
export interface Finding {
  /** Of its first word in the line. */
  readonly at: number;
  readonly verdict: 'opt_out' | 'hold';
  /** The words that name what is refused. */
  readonly phrase: string;
}

/** Null when it is something else. */
export type Verdict = Finding['verdict'] | null;

/** One wording, and what it comes to with the words around it. */
export interface Rule {
  readonly pattern: RegExp;
  readonly judge: (place: Place) => Verdict;
}

export interface Place {
  readonly match: RegExpExecArray;
  readonly phrase: string;
  /** The clause up to the phrase. */
  readonly before: string;
  readonly after: string;
}

const REACH = 120;
/** Nobody refuses so often in one message; keeps a hostile text cheap. */
const MOST_MATCHES = 40;

/** By pattern: known once, since patterns are never changed. */
const FIRST_LETTERS = new WeakMap<RegExp, ReadonlySet<string> | 'any'>();

function lettersOf(pattern: RegExp): ReadonlySet<string> | 'any' {
  const known = FIRST_LETTERS.get(pattern) ?? firstLetters(pattern) ?? 'any';
  FIRST_LETTERS.set(pattern, known);
  return known;
}

function mayHold(beginnings: ReadonlySet<string>, pattern: RegExp): boolean {
  const letters = lettersOf(pattern);
  if (letters === 'any') return true;
  for (const start of letters) if (beginnings.has(start)) return true;
  return false;
}

export function applyRules(line: string, rules: readonly Rule[]): readonly Finding[] {
  const beginnings = beginningsOf(line);
  return rules.flatMap(({ pattern, judge }) => {
    if (!mayHold(beginnings, pattern)) return [];
    const found: Finding[] = [];
    let seen = 0;
    for (const match of line.matchAll(pattern)) {
      const verdict = judge(placeOf(line, match));
      if (verdict !== null) found.push({ at: match.index, verdict, phrase: match[0] });
      seen += 1;
      if (seen === MOST_MATCHES) break;
    }
    return found;
  });
}

function placeOf(line: string, match: RegExpExecArray): Place {
  const end = match.index + match[0].length;
  const before = line.slice(Math.max(0, match.index - REACH), match.index);
  return {
    match,
    phrase: match[0],
    before: before.slice(
      Math.max(...['.', ',', '!', '?'].map((mark) => before.lastIndexOf(mark))) + 1,
    ),
    after: line.slice(end, end + REACH),
  };
}
