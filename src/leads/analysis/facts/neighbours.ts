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

/** Whether one of `words` is among the `reach` words before `start`, in its clause. */
export function holdsBefore(
  tokens: Tokens,
  start: number,
  reach: number,
  words: ReadonlySet<string>,
): boolean {
  for (let at = start; at > start - reach && continuesClause(tokens, at); at -= 1) {
    if (words.has(wordAt(tokens, at - 1))) return true;
  }
  return false;
}

/** Whether one of `words` is among the `reach` words from `end` on, in its clause. */
export function holdsAfter(
  tokens: Tokens,
  end: number,
  reach: number,
  words: ReadonlySet<string>,
): boolean {
  for (let at = end; at < end + reach && continuesClause(tokens, at); at += 1) {
    if (words.has(wordAt(tokens, at))) return true;
  }
  return false;
}
