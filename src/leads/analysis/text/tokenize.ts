import { toPlainText } from './plain-text.js';
import { withoutAccents, wordSet } from './words.js';

export { wordSet, withoutAccents };

/** What stands between a token and the one before it. */
export const GAP = { none: 0, clause: 1, sentence: 2, question: 3 } as const;
export type Gap = (typeof GAP)[keyof typeof GAP];

/** A word, figure or sign of a message. Punctuation is not a token: it lives in the gaps. */
export interface Token {
  readonly kind: 'word' | 'number' | 'symbol' | 'opaque';
  /** Lower-cased; a figure as written. */
  readonly text: string;
  /** True for a word of two letters or more written in capitals. */
  readonly isUpper: boolean;
  /** NaN unless this is a number. */
  readonly value: number;
  /** Nothing at all, not even a space, between this token and the one before. */
  readonly isGlued: boolean;
  readonly gap: Gap;
}

export type Tokens = readonly Token[];

const LEXEME = /\p{L}[\p{L}\p{M}\p{N}]*(?:'\p{L}+)*|\d+(?:[.,:/]\d+)*|\.\d+|\s+|[^]/gu;
/** Stands for a web or mail address, whose parts are not words of the message. */
const ADDRESS = '\uFFFC';
const TRANSPARENT = new Set(['"', '“', '”', '*', '_', ':', '=', '^', "'", '\\']);
type SignToken = Pick<Token, 'kind' | 'text'>;

/** Signs that are words, or mean as much as one. */
const TOKENS_OF_SIGNS: ReadonlyMap<string, SignToken> = new Map<string, SignToken>([
  ...['$', '€', '£'].map((sign) => [sign, { kind: 'symbol', text: '$' }] as const),
  ...['+', '#', '%', '<', '>'].map((sign) => [sign, { kind: 'symbol', text: sign }] as const),
  ['≤', { kind: 'symbol', text: '<' }],
  ['≥', { kind: 'symbol', text: '>' }],
  ['&', { kind: 'word', text: 'and' }],
  ['/', { kind: 'word', text: 'or' }],
  ['@', { kind: 'word', text: 'at' }],
  ['~', { kind: 'word', text: 'around' }],
  ['≈', { kind: 'word', text: 'around' }],
  [ADDRESS, { kind: 'opaque', text: ADDRESS }],
]);
const SENTENCE_ENDS = new Set(['!', ';', '。']);
const DASHES = new Set(['-', '–', '—', '−', '‐', '‑']);
/** A full stop behind these ends no sentence. */
const ABBREVIATIONS = wordSet(
  'approx max min sq ft st dr mr mrs ms ave rd ln blvd mo mos yr yrs wk wks apt vs',
);
const SCALE_WORDS = wordSet('k m mm mil mill million thousand grand hundred');
/** A line at least this long was wrapped by a mail program, not ended by its writer. */
const WRAPPED_LINE_LENGTH = 60;

export function tokenize(text: string): Tokens {
  return new Tokenizer(withoutAccents(hideAddresses(toPlainText(text)))).run();
}

/** The word at a position; empty beyond either end, so that callers can look around freely. */
export function wordAt(tokens: Tokens, index: number): string {
  return tokens[index]?.text ?? '';
}

/** True when the token at `index` continues the clause of the one before it. */
export function continuesClause(tokens: Tokens, index: number): boolean {
  const token = tokens[index];
  return index > 0 && token !== undefined && token.gap === GAP.none;
}

/** The same of its sentence. */
export function continuesSentence(tokens: Tokens, index: number): boolean {
  const token = tokens[index];
  return index > 0 && token !== undefined && token.gap < GAP.sentence;
}

function hideAddresses(text: string): string {
  if (!/@|www\.|https?:|\.com/i.test(text)) return text;
  return text.replace(/\S+/g, (chunk) => (isAddress(chunk) ? ADDRESS : chunk));
}

function isAddress(chunk: string): boolean {
  if (/^\W{0,3}(?:https?:|www\.)/i.test(chunk) || /\.com(?:\/|$)/i.test(chunk)) return true;
  const at = chunk.indexOf('@');
  return at > 0 && chunk.indexOf('.', at) > at + 1;
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private gap: Gap = GAP.sentence;
  private lineStart = 0;
  /** Where the last token ended in the text. */
  private gluedEnd = -1;

  constructor(private readonly text: string) {}

  run(): Tokens {
    for (const match of this.text.matchAll(LEXEME)) this.read(match[0], match.index);
    return this.tokens;
  }

  private read(lexeme: string, at: number): void {
    const first = lexeme.charCodeAt(0);
    if (lexeme.trim() === '') this.readSpace(lexeme, at);
    else if (isDigit(first) || (lexeme.length > 1 && first === 46)) this.readNumber(lexeme, at);
    else if (lexeme.length > 1 && !isSurrogate(first)) this.push('word', lexeme, at);
    else if (/\p{L}/u.test(lexeme)) this.push('word', lexeme, at);
    else this.readSign(lexeme, at);
  }

  private readSpace(space: string, at: number): void {
    const newline = space.indexOf('\n');
    if (newline === -1) return;
    const isBlankLine = space.indexOf('\n', newline + 1) !== -1;
    const isWrapped = at - this.lineStart >= WRAPPED_LINE_LENGTH;
    if (isBlankLine) this.widen(GAP.sentence);
    else if (!isWrapped) this.widen(GAP.clause);
    this.lineStart = at + space.length;
  }

  private readNumber(lexeme: string, at: number): void {
    const value = parseFigure(lexeme);
    this.push(Number.isNaN(value) ? 'opaque' : 'number', lexeme, at, value);
  }

  private readSign(sign: string, at: number): void {
    const token = TOKENS_OF_SIGNS.get(sign);
    if (this.isSpan(sign, at)) this.push('symbol', '-', at);
    else if (token !== undefined) this.push(token.kind, token.text, at);
    else if (sign === '.') this.readFullStop(at);
    else if (sign === '?') this.widen(GAP.question);
    else if (SENTENCE_ENDS.has(sign)) this.widen(GAP.sentence);
    else if (!TRANSPARENT.has(sign) && !this.isHyphen(sign, at)) this.widen(GAP.clause);
  }

  /** "300k - 400k", as against "pre-approved" and "Plano - asap". */
  private isSpan(sign: string, at: number): boolean {
    if (!DASHES.has(sign) && sign !== '~') return false;
    return this.endsInFigure() && /^\s{0,3}\$?\s?\.?\d/.test(this.text.slice(at + 1, at + 8));
  }

  private isHyphen(sign: string, at: number): boolean {
    return DASHES.has(sign) && sign !== '—' && this.isBetweenLetters(at);
  }

  private endsInFigure(): boolean {
    const last = this.tokens.at(-1);
    if (last === undefined || this.gap !== GAP.none) return false;
    return last.kind === 'number' || last.text === '$' || SCALE_WORDS.has(last.text);
  }

  private isBetweenLetters(at: number): boolean {
    return [at - 1, at + 1].every((index) => /[\p{L}\p{N}]/u.test(this.text[index] ?? ''));
  }

  private readFullStop(at: number): void {
    const isEllipsis = this.text[at + 1] === '.' || this.text[at - 1] === '.';
    if (isEllipsis) this.widen(GAP.clause);
    else if (!ABBREVIATIONS.has(this.tokens.at(-1)?.text ?? '')) this.widen(GAP.sentence);
  }

  private widen(gap: Gap): void {
    if (gap > this.gap) this.gap = gap;
  }

  private push(kind: Token['kind'], lexeme: string, at: number, value = Number.NaN): void {
    this.tokens.push({
      kind,
      text: lexeme.toLowerCase(),
      isUpper: lexeme.length > 1 && lexeme === lexeme.toUpperCase(),
      value,
      isGlued: this.gluedEnd === at,
      gap: this.gap,
    });
    this.gap = GAP.none;
    this.gluedEnd = at + lexeme.length;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Dates, times, telephone numbers and addresses of machines are NaN: they are not figures. */
function parseFigure(figure: string): number {
  if (/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(figure)) return Number(figure);
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(figure)) return Number(figure.replaceAll(',', ''));
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(figure)) return Number(figure.replaceAll('.', ''));
  return Number.NaN;
}
