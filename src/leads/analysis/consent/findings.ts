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

/** Rules that are looked for together, by how what they find can begin. */
export class RuleBook {
  private readonly always: number[] = [];
  private readonly byBeginning = new Map<string, number[]>();

  constructor(private readonly rules: readonly Rule[]) {
    rules.forEach(({ pattern }, place) => {
      const letters = firstLetters(pattern);
      if (letters === null) this.always.push(place);
      for (const start of letters ?? []) {
        this.byBeginning.set(start, [...(this.byBeginning.get(start) ?? []), place]);
      }
    });
  }

  /** In the order of the rules; those of which the line holds no first word are not looked for. */
  findingsIn(line: string): readonly Finding[] {
    const places = new Set(this.always);
    for (const start of beginningsOf(line)) {
      for (const place of this.byBeginning.get(start) ?? []) places.add(place);
    }
    return this.rules.flatMap((rule, place) => (places.has(place) ? findingsOf(rule, line) : []));
  }
}

function findingsOf({ pattern, judge }: Rule, line: string): readonly Finding[] {
  const found: Finding[] = [];
  let seen = 0;
  for (const match of line.matchAll(pattern)) {
    const verdict = judge(placeOf(line, match));
    if (verdict !== null) found.push({ at: match.index, verdict, phrase: match[0] });
    seen += 1;
    if (seen === MOST_MATCHES) break;
  }
  return found;
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
