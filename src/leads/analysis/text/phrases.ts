import { continuesClause, GAP, type Tokens, withoutAccents, wordAt, wordSet } from './tokenize.js';

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

/** Phrases written with a comma between them. */
export const phraseList = (list: string): readonly string[] => list.split(', ');

/** Found by `phraseStartingAt`. Phrases are written in lower case, one blank between words. */
export function compileLexicon<Meaning>(
  entries: readonly (readonly [meaning: Meaning, phrases: readonly string[]])[],
): Lexicon<Meaning> {
  return index(entries, (words) => words[0] ?? '');
}

/** Each phrase of a list means itself; found by `phraseStartingAt`. */
export function compilePhrases(list: string): Lexicon<string> {
  return compileLexicon(phraseList(list).map((phrase) => [phrase, [phrase]]));
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
    for (const phrase of new Set(phrases.map(withoutAccents))) {
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

/**
 * Whether a phrase is denied. Negation reaches over a few words of its own clause: it ends at
 * punctuation, at a conjunction, at a new subject ("no I have cash"), at a new participle and where
 * it has found what it denies ("no rush, paying cash", with the comma or without).
 */

const NEGATORS = wordSet(
  'not no non never none nothing nor neither without cannot lack lacking unable ' +
    'sin ni nunca tampoco ninguno ninguna ' +
    'dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt havent hasnt hadnt aint',
);
/** A negator before one of these denies nothing that follows: "can't wait", "not only", "no problem". */
const HARMLESS_FOLLOWERS = wordSet(
  'sure only just wait forget worry worries problem problems doubt matter hesitate know idea mind care thanks',
);
const SCOPE_ENDS = wordSet(
  'but however although though if whether because since so and then until till before than antes hasta pero',
);
const SUBJECTS = wordSet("i we i'm we're i've we've i'll we'll im id i'd we'd it's that's");
/** "I don't think we have cash" denies the cash. */
/** "No way we have", too. */
const OPINION_VERBS = wordSet('way think believe guess suppose feel');
const REPLACED_BY: Readonly<Record<string, string>> = {
  instead: 'of',
  rather: 'than',
  other: 'than',
};
const REACH_WORDS = 6;

/** What a denial is mostly about: behind it another statement begins, unless one of the next words joins it on. */
const DENIED_THINGS = wordSet(
  'cash loan loans mortgage mortgages financing preapproved approved preapproval approval',
);
const JOINED_ON = wordSet(
  'or nor for from with through by to of in on at a an the letter letters loan loans buyer buyers offer offers pre ' +
    'preapproval preapprovals preapproved approval approved',
);
const HURRIES = wordSet('rush hurry');
const ALTERNATIVES = wordSet('or nor');
const PARTICIPLES = wordSet('paying using looking buying searching moving relocating closing');
/** Before a participle they make one verb with it: "not really paying cash", "won't be paying cash". */
const BEFORE_PARTICIPLE = wordSet(
  'be been being am is are was were really actually currently even yet still just ever now of about at i we',
);
const ANSWERS = wordSet('no nope nah false');
/** Of the next line of a form, where line ends were lost. */
const LABELS = wordSet(
  'budget price timeline timeframe area areas city location name phone email beds bedrooms when lender financing',
);
const NAMED_THINGS = wordSet('buyer buyers letter offer purchase loan');

const DENYING_VERBS = wordSet(
  "isn't aren't wasn't won't wouldn't doesn't ain't isnt arent wasnt wont wouldnt doesnt can't cannot",
);
const COPULAS = wordSet('is are was will would am does');
const DENIABLE_PREDICATES = wordSet(
  'needed necessary required wanted an possible available happening yet done ready complete started eligible interested allowed',
);
const HARMLESS_PREDICATES = wordSet('bad problem issue matter');

export function isNegator(tokens: Tokens, index: number): boolean {
  const word = wordAt(tokens, index);
  if (!NEGATORS.has(word) && !word.endsWith("n't")) return false;
  const next = wordAt(tokens, index + 1);
  const isHarmless =
    continuesClause(tokens, index + 1) &&
    HARMLESS_FOLLOWERS.has(next) &&
    !standsAt(tokens, index + 1, ['care', 'for']);
  return !isHarmless && !(word === 'not' && wordAt(tokens, index - 1) === 'why');
}

/** True when the phrase at `start`..`end` is denied from either side. */
export function isNegated(tokens: Tokens, start: number, end: number): boolean {
  return isNegatedBefore(tokens, start) || isNegatedAfter(tokens, end);
}

export function isNegatedBefore(tokens: Tokens, start: number, reach = REACH_WORDS): boolean {
  for (let at = start; at > start - reach && continuesClause(tokens, at); at -= 1) {
    const before = at - 1;
    if (isNegator(tokens, before) || isReplaced(tokens, before)) return true;
    if (endsScope(tokens, before) || isSpent(tokens, before)) return false;
  }
  return false;
}

/** "jumbo not needed", "cash is not an option", "Dallas isn't for us". */
export function isNegatedAfter(tokens: Tokens, end: number): boolean {
  if (isAnsweredNo(tokens, end)) return true;
  if (!continuesClause(tokens, end)) return false;
  const hasCopula = COPULAS.has(wordAt(tokens, end));
  const at = hasCopula ? end + 1 : end;
  const denies = wordAt(tokens, at) === 'not' || DENYING_VERBS.has(wordAt(tokens, at));
  if (!denies || !isNegator(tokens, at)) return false;
  const isHarmless = [at + 1, at + 2].some((index) =>
    HARMLESS_PREDICATES.has(wordAt(tokens, index)),
  );
  if (isHarmless) return false;
  return (
    hasCopula || wordAt(tokens, at) !== 'not' || DENIABLE_PREDICATES.has(wordAt(tokens, at + 1))
  );
}

/** Only `bridges` may stand between the denial and what it denies. */
export function isNegatedOver(
  tokens: Tokens,
  start: number,
  bridges: ReadonlySet<string>,
  reach: number,
): boolean {
  for (let at = start; at > start - reach && continuesClause(tokens, at); at -= 1) {
    if (isNegator(tokens, at - 1) || isReplaced(tokens, at - 1)) return true;
    if (!bridges.has(wordAt(tokens, at - 1))) return false;
  }
  return false;
}

/** "Pre-approved: no", "Cash? Not yet.", as forms are filled in. */
function isAnsweredNo(tokens: Tokens, end: number): boolean {
  const at = NAMED_THINGS.has(wordAt(tokens, end)) && continuesClause(tokens, end) ? end + 1 : end;
  if (!continuesClause(tokens, at) && tokens[at]?.gap !== GAP.question) return false;
  const isNotYet = wordAt(tokens, at) === 'not' && wordAt(tokens, at + 1) === 'yet';
  const isAnswer = isNotYet || ANSWERS.has(wordAt(tokens, at));
  return isAnswer && endsAnswer(tokens, isNotYet ? at + 2 : at + 1);
}

function endsAnswer(tokens: Tokens, at: number): boolean {
  return !continuesClause(tokens, at) || LABELS.has(wordAt(tokens, at));
}

/** The denial has found what it denies, or another verb begins, before the phrase is reached. */
function isSpent(tokens: Tokens, index: number): boolean {
  const word = wordAt(tokens, index);
  const next = wordAt(tokens, index + 1);
  if (DENIED_THINGS.has(word)) return !JOINED_ON.has(next);
  if (HURRIES.has(word)) return !ALTERNATIVES.has(next);
  const before = wordAt(tokens, index - 1);
  return PARTICIPLES.has(word) && !BEFORE_PARTICIPLE.has(before) && !isNegator(tokens, index - 1);
}

function isReplaced(tokens: Tokens, index: number): boolean {
  const expected = REPLACED_BY[wordAt(tokens, index - 1)];
  return expected !== undefined && wordAt(tokens, index) === expected;
}

function endsScope(tokens: Tokens, index: number): boolean {
  const word = wordAt(tokens, index);
  if (SCOPE_ENDS.has(word)) return true;
  return SUBJECTS.has(word) && !OPINION_VERBS.has(wordAt(tokens, index - 1));
}
