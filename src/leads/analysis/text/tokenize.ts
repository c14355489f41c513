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

/** A lexicon of single words, written with a blank between them. */
export const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(' '));

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
  return new Tokenizer(hideAddresses(toPlainText(text))).run();
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

/**
 * What a lead wrote, without what carried it: markup, quoted history, signatures of phones, and the
 * many code points that look alike. Every step is one linear pass, because a pasted e-mail may hold
 * 256 KB and comes from a stranger.
 */

const BLOCK_TAGS = wordSet(
  'p br div tr td th li ul ol table tbody thead h1 h2 h3 h4 h5 h6 hr body html section article blockquote',
);
const INLINE_TAGS = wordSet('span a b i u em strong font img small big sub sup o:p center');
/** Their content is not speech. */
const HIDDEN_TAGS = wordSet('style script head title');

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  rsquo: "'",
  lsquo: "'",
  ndash: '-',
  mdash: '—',
  dollar: '$',
};

/** The person's own words, with straight apostrophes, in compatibility form (NFKC). */
export function toPlainText(text: string): string {
  const unmarked = text.includes('<') ? stripMarkup(text) : text;
  const decoded = unmarked.includes('&') ? decodeEntities(unmarked) : unmarked;
  return unifyLookAlikes(cutQuotedHistory(decoded));
}

/** A text that is shorter may grow to this. */
const MOST_GROWN = 2_000;

function unifyLookAlikes(text: string): string {
  return (
    text
      .normalize('NFKC')
      // One sign may stand for eighteen letters: the text must not grow beyond what is read.
      .slice(0, Math.max(text.length, MOST_GROWN))
      .replace(/[\u2018\u2019\u201B\u02BC\u00B4`]/g, "'")
      // Invisible: soft hyphen, zero-width and direction marks, variation selectors.
      .replace(/\u00AD|[\u200B-\u200F]|[\u202A-\u202E]|\u2060|\uFE0E|\uFE0F|\uFEFF/g, '')
      .replace(/\+ ?\/ ?-|±/g, ' around ')
      // "Budget -> 400k".
      .replace(/->/g, ': ')
      // "a.s.a.p." and "V.A." are words.
      .replace(/(?<![\p{L}\p{N}])(?:[a-z]\.){2,}[a-z]?(?![a-z])/giu, (initials) =>
        initials.replaceAll('.', ''),
      )
      .replace(/(?<![\p{L}\p{N}])w\/o(?![\p{L}\p{N}])/giu, 'without')
  );
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x?[\da-f]{1,6}|[a-z]{2,8});/gi, (entity, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? entity;
    const isHex = name[1] === 'x' || name[1] === 'X';
    const codePoint = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
  });
}

/** Only tags that mail programs write are markup: "<400k" and "a < b" stay as they are. */
function stripMarkup(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let open = text.indexOf('<');
  while (open !== -1) {
    const tag = readTag(text, open);
    if (tag === undefined) {
      open = text.indexOf('<', open + 1);
      continue;
    }
    const close = text.indexOf('>', open);
    if (close === -1) break;
    parts.push(text.slice(from, open));
    if (tag.isQuote && hasWords(parts)) return parts.join('');
    if (tag.breaksLine) parts.push('\n');
    from = tag.hides ? endOfElement(text, tag.name, close) : close + 1;
    open = text.indexOf('<', from);
  }
  parts.push(text.slice(from));
  return parts.join('');
}

interface Tag {
  readonly name: string;
  readonly breaksLine: boolean;
  readonly hides: boolean;
  /** Opens the quoted message that is being answered. */
  readonly isQuote: boolean;
}

const EMPTY_TAGS = new Set(['meta', 'link', '!--', '!doctype']);
/** Enough of a tag to tell what it is. */
const TAG_HEAD_LENGTH = 80;

function readTag(text: string, open: number): Tag | undefined {
  const head = text.slice(open, open + TAG_HEAD_LENGTH).toLowerCase();
  const match = /^<(\/?)([a-z][a-z0-9:]*|!--|!doctype)/.exec(head);
  const name = match?.[2] ?? '';
  const breaksLine = BLOCK_TAGS.has(name);
  const isKnown = [INLINE_TAGS, HIDDEN_TAGS, EMPTY_TAGS].some((tags) => tags.has(name));
  if (!breaksLine && !isKnown) return undefined;
  const isOpening = match?.[1] === '';
  const isQuote = name === 'blockquote' || (name === 'div' && head.includes('gmail_quote'));
  return {
    name,
    breaksLine,
    hides: isOpening && HIDDEN_TAGS.has(name),
    isQuote: isOpening && isQuote,
  };
}

/** An element that is never closed hides the rest, as it does in a browser. */
function endOfElement(text: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[^<>]{0,20}>`, 'gi');
  closing.lastIndex = from;
  return closing.test(text) ? closing.lastIndex : text.length;
}

function hasWords(parts: readonly string[]): boolean {
  return parts.some((part) => part.trim() !== '');
}

/**
 * Cuts the message that is being answered, and a phone's advertisement. Our own "Reply STOP to opt
 * out" comes back in it, and must not be read as the lead's wish. A text that is nothing else stays.
 */
function cutQuotedHistory(text: string): string {
  const marker =
    /(?:^|\n)[ \t]*(?:on [^\n]{1,200}\n?[^\n]{0,100}\bwrote:|-{2,} ?original message ?-{2,}|_{10,}|sent from my [^\n]{1,40}|get outlook for )/i;
  const cut = marker.exec(text)?.index;
  if (cut === undefined) return text;
  const own = text.slice(0, cut);
  return own.trim() === '' ? text : own;
}
