import { continuesClause, type Tokens, wordAt } from '../text/tokenize.js';

/** Where a phrase stands among the tokens; `end` is behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function followsDirectly(tokens: Tokens, end: number, words: ReadonlySet<string>): boolean {
  return continuesClause(tokens, end) && words.has(wordAt(tokens, end));
}

export function leadsDirectly(tokens: Tokens, start: number, words: ReadonlySet<string>): boolean {
  return continuesClause(tokens, start) && words.has(wordAt(tokens, start - 1));
}

/** Whether one of `words` is among the `reach` words before `start`, in its clause unless a sentence is meant. */
export function holdsBefore(
  tokens: Tokens,
  start: number,
  reach: number,
  words: ReadonlySet<string>,
  continues = continuesClause,
): boolean {
  for (let at = start; at > start - reach && continues(tokens, at); at -= 1) {
    if (words.has(wordAt(tokens, at - 1))) return true;
  }
  return false;
}

/** Whether one of `words` is among the `reach` words from `end` on, in its clause unless a sentence is meant. */
export function holdsAfter(
  tokens: Tokens,
  end: number,
  reach: number,
  words: ReadonlySet<string>,
  continues = continuesClause,
): boolean {
  for (let at = end; at < end + reach && continues(tokens, at); at += 1) {
    if (words.has(wordAt(tokens, at))) return true;
  }
  return false;
}

/** Words that lead to a phrase, and those that may stand between. */
export interface Lead {
  readonly words: ReadonlySet<string>;
  readonly bridges: ReadonlySet<string>;
}

/** Whether one of the words stands before `start`, within `reach`, with nothing but bridges between. */
export function isLedBy(
  tokens: Tokens,
  start: number,
  reach: number,
  { words, bridges }: Lead,
): boolean {
  for (let at = start; at > start - reach && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (words.has(word)) return true;
    if (!bridges.has(word)) return false;
  }
  return false;
}
