import { wordSet } from './words.js';

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
