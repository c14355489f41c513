/** Elements that end a line. */
const BLOCKS = new Set(
  'address article blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
/** Elements whose content is not for reading. */
const UNREADABLE = new Set(['head', 'script', 'style', 'title']);

const ENTITIES = new Map([
  ['amp', '&'],
  ['apos', "'"],
  ['gt', '>'],
  ['hellip', '…'],
  ['ldquo', '“'],
  ['lsquo', '‘'],
  ['lt', '<'],
  ['mdash', '—'],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['quot', '"'],
  ['rdquo', '”'],
  ['rsquo', '’'],
]);

/**
 * The words of an HTML e-mail. Not a parser: one pass over the text, linear also for hostile input,
 * and a `<` that opens no tag ("budget < 500k") stays.
 */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let position = 0;
  while (position < html.length) {
    const tagStart = indexOfMatch(html, /<[a-z/!?]/gi, position);
    parts.push(html.slice(position, tagStart));
    if (BLOCKS.has(tagName(html, tagStart))) parts.push('\n');
    position = endOfTag(html, tagStart);
  }
  return collapseSpace(decodeEntities(parts.join('')));
}

/** Index behind the tag, its unreadable content included; a tag that never ends takes the rest. */
function endOfTag(html: string, tagStart: number): number {
  if (html.startsWith('<!--', tagStart)) return indexBehind(html, '-->', tagStart);
  const end = indexBehind(html, '>', tagStart);
  const name = tagName(html, tagStart);
  if (!UNREADABLE.has(name) || html.startsWith('</', tagStart)) return end;
  return indexBehind(html, '>', indexOfMatch(html, new RegExp(`</${name}`, 'gi'), end));
}

/** Lower case; empty when no tag starts there. */
function tagName(html: string, tagStart: number): string {
  const name = /<\/?([a-z0-9]*)/iy;
  name.lastIndex = tagStart;
  return (name.exec(html)?.[1] ?? '').toLowerCase();
}

/** The length of the text when there is no match, as below. */
function indexOfMatch(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function indexBehind(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from);
  return index < 0 ? text.length : index + mark.length;
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (entity, name: string) =>
    name.startsWith('#') ? decodeNumber(name) : (ENTITIES.get(name.toLowerCase()) ?? entity),
  );
}

function decodeNumber(name: string): string {
  const codePoint = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (codePoint === 0 || codePoint > 0x10ffff || isSurrogate) return '\uFFFD';
  return String.fromCodePoint(codePoint);
}

function collapseSpace(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}
