import { GAP, wordAt, type Tokens } from './tokenize.js';

/** One entry of a lexicon: the words to be found one after the other, and what they mean. */
export interface Phrase<Meaning> {
  readonly words: readonly string[];
  readonly meaning: Meaning;
}

/** Phrases by a word that each of them must hold, longest first. */
export type Lexicon<Meaning> = ReadonlyMap<string, readonly Phrase<Meaning>[]>;

export interface PhraseMatch<Meaning> {
  readonly start: number;
  /** Index behind the last word. */
  readonly end: number;
  readonly phrase: Phrase<Meaning>;
}

/** Found by `phraseStartingAt`. Phrases are written in lower case, one blank between words. */
export function compileLexicon<Meaning>(
  entries: readonly (readonly [meaning: Meaning, phrases: readonly string[]])[],
): Lexicon<Meaning> {
  return index(entries, (words) => words[0] ?? '');
}

/** Found by `phraseEndingAt`. */
export function compileEndingLexicon<Meaning>(
  entries: readonly (readonly [meaning: Meaning, phrases: readonly string[]])[],
): Lexicon<Meaning> {
  return index(entries, (words) => words.at(-1) ?? '');
}

function index<Meaning>(
  entries: readonly (readonly [Meaning, readonly string[]])[],
  keyOf: (words: readonly string[]) => string,
): Lexicon<Meaning> {
  const lexicon = new Map<string, Phrase<Meaning>[]>();
  for (const [meaning, phrases] of entries) {
    for (const phrase of phrases) {
      const words = phrase.split(' ');
      const found = lexicon.get(keyOf(words)) ?? [];
      lexicon.set(keyOf(words), [...found, { words, meaning }]);
    }
  }
  for (const found of lexicon.values()) found.sort((a, b) => b.words.length - a.words.length);
  return lexicon;
}

/** The longest phrase that begins with the token at `start`. */
export function phraseStartingAt<Meaning>(
  tokens: Tokens,
  start: number,
  lexicon: Lexicon<Meaning>,
): PhraseMatch<Meaning> | undefined {
  const phrase = lexicon
    .get(wordAt(tokens, start))
    ?.find(({ words }) => standsAt(tokens, start, words));
  return phrase && { start, end: start + phrase.words.length, phrase };
}

/** The longest phrase whose last word is the token before `end`. */
export function phraseEndingAt<Meaning>(
  tokens: Tokens,
  end: number,
  lexicon: Lexicon<Meaning>,
): PhraseMatch<Meaning> | undefined {
  const phrase = lexicon
    .get(wordAt(tokens, end - 1))
    ?.find(({ words }) => standsAt(tokens, end - words.length, words));
  return phrase && { start: end - phrase.words.length, end, phrase };
}

/** Every phrase of the lexicon, in order of mention, none inside another. */
export function findPhrases<Meaning>(
  tokens: Tokens,
  lexicon: Lexicon<Meaning>,
): readonly PhraseMatch<Meaning>[] {
  const matches: PhraseMatch<Meaning>[] = [];
  for (let at = 0; at < tokens.length;) {
    const match = phraseStartingAt(tokens, at, lexicon);
    if (match) matches.push(match);
    at = match?.end ?? at + 1;
  }
  return matches;
}

/** Punctuation inside breaks a phrase. */
export function standsAt(tokens: Tokens, start: number, words: readonly string[]): boolean {
  return words.every((word, offset) => {
    const token = tokens[start + offset];
    return token?.text === word && (offset === 0 || token.gap === GAP.none);
  });
}
