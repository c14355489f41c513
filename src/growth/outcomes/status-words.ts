/** One word of a status, lower-cased. */
export interface StatusWord {
  readonly text: string;
  /** True after punctuation that parts one statement from the next, as in `not won - nurture`. */
  readonly startsClause: boolean;
}

/** Longer values are no status; reading their start keeps the work bounded. */
const MAX_STATUS_LENGTH = 1_000;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u00b4`]/g;
const WORD_OR_BREAK =
  /[\p{L}\p{N}\p{M}]+(?:'\p{L}+)*|[,;:|/\\()[\]{}<>=.!?\n\r\u2013\u2014\u2192]| -+ /gu;
/** `leadLost`; each part has three letters at least, so that `LoSt` stays one word. */
const CAMEL_CASE = /^\p{L}\p{Ll}{2,}(?:\p{Lu}\p{Ll}{2,})+$/u;
const CAMEL_EDGE = /(?<=\p{Ll})(?=\p{Lu})/u;
/** `don't`, `dont`: the part before `n't` and the negation. `won't` gives `wo`, never `won`. */
const CONTRACTION = /^(.+)n't$/;
const BARE_CONTRACTION =
  /^(ai|are|ca|could|did|do|does|had|has|have|is|must|need|should|was|were|wo|would)nt$/;
/** `un-qualified` is one word that somebody hyphenated. */
const PREFIXES = new Set(['un', 'dis']);

/**
 * Reads a status as words: `Closed_Won`, `closed-won` and `dealWon` are two each. A word that
 * `isWhole` knows is never split, so that `quaLified` stays what it is.
 */
export function statusWords(
  status: string,
  isWhole: (word: string) => boolean,
): readonly StatusWord[] {
  const words: StatusWord[] = [];
  let startsClause = true;
  for (const [piece] of readableText(status).matchAll(WORD_OR_BREAK)) {
    const parts = /[\p{L}\p{N}]/u.test(piece) ? wordsOf(piece, isWhole) : [];
    for (const text of parts) {
      if (startsClause || !joinToLast(words, text)) words.push({ text, startsClause });
      startsClause = false;
    }
    if (parts.length === 0) startsClause = true;
  }
  return words.flatMap(expandContraction);
}

/** Two statuses with the same key are the same to an operator who maps them. */
export function statusKey(status: string): string {
  return readableText(status)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function readableText(status: string): string {
  return status
    .slice(0, MAX_STATUS_LENGTH)
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, "'");
}

function wordsOf(piece: string, isWhole: (word: string) => boolean): readonly string[] {
  const word = piece.toLowerCase();
  if (isWhole(word) || !CAMEL_CASE.test(piece)) return [word];
  return piece.split(CAMEL_EDGE).map((part) => part.toLowerCase());
}

/** Puts back together what punctuation tore apart: `un-qualified`, and `won t` of a lost apostrophe. */
function joinToLast(words: StatusWord[], text: string): boolean {
  const last = words.at(-1);
  if (last === undefined) return false;
  const isTorn =
    PREFIXES.has(last.text) || (text === 't' && BARE_CONTRACTION.test(`${last.text}t`));
  if (isTorn) words[words.length - 1] = { ...last, text: last.text + text };
  return isTorn;
}

function expandContraction(word: StatusWord): readonly StatusWord[] {
  const not: StatusWord = { text: 'not', startsClause: false };
  if (word.text === 'cannot') return [{ ...word, text: 'can' }, not];
  const stem = (CONTRACTION.exec(word.text) ?? BARE_CONTRACTION.exec(word.text))?.[1];
  return stem === undefined ? [word] : [{ ...word, text: stem }, not];
}
