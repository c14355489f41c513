/** Reactions ("tapbacks") as they arrive on other phones: words about a message that they repeat. */

const PEOPLE_DO =
  'liked|loved|disliked|laughed at|emphasized|emphasised|questioned|le gust[oó]|le gusta|me gusta|no le gust[oó]|no le gusta|no me gusta|' +
  'le encant[oó]|le encanta|me encanta|le dio risa|le caus[oó] risa|le hizo gracia|se ri[oó] de|enfatiz[oó]|destac[oó]|exclam[oó]|cuestion[oó]|pregunt[oó] por|puso en duda';
const TAKEN_BACK =
  '(?:removed an? .{1,24}? from|quit[oó] (?:un|una|el|la) .{1,24}? (?:de|a)|elimin[oó] (?:un|una|el|la) .{1,24}? (?:de|a))';
const SIGN = '\\p{Extended_Pictographic}[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]*';
const SIGNED = `(?:(?:reacted(?: with)?|reaccion[oó](?: con)?|ha reaccionado con)\\s*)?["“]?${SIGN}["”]?\\s*(?:to|a)`;
const OPENING = new RegExp(`^(?:${PEOPLE_DO}|${TAKEN_BACK}|${SIGNED})\\s*(?=["“”„«'‘’])`, 'iu');
const THINGS =
  'an? (?:image|photo|picture|video|movie|attachment|audio message|voice message|message|link|location|contact|gif|sticker|file)|\\d+ (?:photos|images|videos|attachments)|' +
  '(?:una?|tu|su) (?:imagen|foto|video|v[ií]deo|mensaje(?: de audio)?|archivo|enlace|ubicaci[oó]n|contacto|gif|sticker|adjunto)|your (?:message|photo|image|video)';
const OF_THING = new RegExp(
  `^(?:${PEOPLE_DO}|${TAKEN_BACK}|${SIGNED})\\s+(?:${THINGS})[.!]?$`,
  'iu',
);
/** "Reacted to “…” with 👍". */
const REACTED_TO = /^(?:reacted to|reaccion[oó] a)\s*(?=["“”„«'‘’])/iu;
const WITH_SIGN = new RegExp(`^\\s*(?:with|con)\\s+${SIGN}\\.?$`, 'iu');

/** Zero-width and direction marks, variation selectors, hair spaces. */
const INVISIBLE =
  /\uFE0E|\uFE0F|\u200D|[\u200A-\u200C\u200E\u200F\u202A-\u202F\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const LONGEST_HEAD = 80;
const CLOSING: Readonly<Record<string, string>> = {
  '“': '”',
  '”': '”',
  '„': '“”',
  '«': '»',
  '"': '"',
  "'": "'",
  '‘': '’',
  '’': '’',
};

/** Whether a message says nothing but how its sender feels about another message. */
export function isReaction(text: string): boolean {
  let rest = text.trim();
  const head = rest.slice(0, LONGEST_HEAD).replace(INVISIBLE, '');
  if (!OPENING.test(head) && !REACTED_TO.test(head) && !OF_THING.test(head)) return false;
  rest = rest.replace(INVISIBLE, '').trim();
  if (rest.length < LONGEST_HEAD && OF_THING.test(rest)) return true;
  const repeated = OPENING.exec(rest.slice(0, LONGEST_HEAD));
  if (repeated) return isWholeQuotation(rest.slice(repeated[0].length), (tail) => tail === '');
  const reacted = REACTED_TO.exec(rest);
  return (
    reacted !== null &&
    isWholeQuotation(rest.slice(reacted[0].length), (tail) => WITH_SIGN.test(tail))
  );
}

/** A quotation that begins here and ends with the message, or was cut before its closing mark. */
function isWholeQuotation(quoted: string, isTail: (tail: string) => boolean): boolean {
  const opening = quoted[0] ?? '';
  const closing = CLOSING[opening] ?? '';
  const end =
    closing === "'" || closing === '’' ? lastMark(quoted) : closingMark(quoted, opening, closing);
  if (end === -1) return closing !== "'" || /(?:…|\.{3})$/.test(quoted);
  return isTail(
    quoted
      .slice(end + 1)
      .replace(/^[.!\s]+$/, '')
      .trim(),
  );
}

/** The mark that closes the first; inner quotations are passed over. */
function closingMark(quoted: string, opening: string, closing: string): number {
  let depth = 1;
  for (let at = 1; at < quoted.length; at += 1) {
    const mark = quoted[at] ?? '';
    if (closing.includes(mark)) depth -= 1;
    else if (mark === opening) depth += 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** Apostrophes look like the closing mark: only one at the very end, or before other words, closes. */
function lastMark(quoted: string): number {
  const inner = /['’](?=\s+(?:but|and|pero|y|is|was|are)\s)/.exec(quoted.slice(1));
  if (inner) return inner.index + 1;
  const end = quoted.replace(/[.!\s]+$/, '').length - 1;
  return end > 0 && '\'’"”'.includes(quoted[end] ?? '') ? end : -1;
}
