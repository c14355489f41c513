import { OUR_WORDS } from './our-texts.js';

/**
 * Takes out the message that is being answered or forwarded. A `>` marks each of its lines, and what
 * stands above, between and below is the answer. Without such marks it reaches from its heading to
 * the end.
 */
export function withoutHistory(lines: readonly string[]): readonly string[] {
  const kinds = kindsIn(lines.join('\n'));
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const heading = kinds.length === 0 ? null : headingAt(lines, at, kinds);
    if (heading === null) {
      if (!isQuoted(lines, at)) own.push(lines[at] ?? '');
      continue;
    }
    if (heading.before.trim() !== '') own.push(heading.before);
    at += heading.length - 1;
    if (heading.opensQuote && isMarked(lines, at + 1)) continue;
    return hasWords(own) ? own : behindOurs(lines.slice(at + 1));
  }
  return own;
}

type FindHeading = (lines: readonly string[], at: number) => Heading | null;

/** Which kinds of heading a text can hold at all: most hold none, and are read faster. */
function kindsIn(text: string): readonly FindHeading[] {
  const isHeaded = /(?:from|de|von|desde|da)\s?:/i.test(text);
  const isDivided = isHeaded || /original|forward|reenviad|nachricht|message/i.test(text);
  const isAttributed = /wrote|escribi|escrito|schrieb|[eé]crit|escreveu|scritto|schreef/i.test(
    text,
  );
  return [
    ...(isAttributed ? [attributionAt] : []),
    ...(isDivided ? [dividerAt] : []),
    ...(isHeaded ? [headersAt] : []),
    ...(isAttributed ? [inlineAt] : []),
  ];
}

interface Heading {
  /** Lines that it takes. */
  readonly length: number;
  /** Own words in its first line. */
  readonly before: string;
  /** What follows may be marked line by line. */
  readonly opensQuote: boolean;
}

const hasWords = (lines: readonly string[]): boolean =>
  lines.some((line) => /[^\s\uE000]/.test(line));

/** An answer below an unmarked original is told by our words that end there. */
function behindOurs(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.includes(OUR_WORDS));
  if (last === -1) return [];
  const line = lines[last] ?? '';
  return [line.slice(line.lastIndexOf(OUR_WORDS) + 1), ...lines.slice(last + 1)];
}

/** "> 400k" alone is a sum and no quotation. */
const SUM = /^\s*>\s*\$?\s?\d[\d,.]*\s*(?:k|m|mil|thousand|million)?\b/i;

function isQuoted(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!/^\s{0,3}(?:>|&gt;)/.test(line)) return false;
  const isAlone = !isMarkedLine(lines[at - 1]) && !isMarkedLine(lines[at + 1]);
  return !(isAlone && SUM.test(line));
}

const isMarkedLine = (line: string | undefined): boolean => /^\s{0,3}(?:>|&gt;)/.test(line ?? '');

/** Whether the next line with words begins with a `>`. */
function isMarked(lines: readonly string[], from: number): boolean {
  for (let at = from; at < Math.min(lines.length, from + 4); at += 1) {
    if ((lines[at] ?? '').trim() !== '') return isMarkedLine(lines[at]);
  }
  return false;
}

function headingAt(
  lines: readonly string[],
  at: number,
  kinds: readonly FindHeading[],
): Heading | null {
  if ((lines[at] ?? '').trim() === '') return null;
  for (const find of kinds) {
    const heading = find(lines, at);
    if (heading !== null) return heading;
  }
  return null;
}

const LONGEST_ATTRIBUTION = 300;
const ATTRIBUTION_LINES = 3;
const ATTRIBUTION_START =
  /^\s{0,3}(?:>\s*)*(?:on|el|am|le|em|op|il|den|w dniu)\s|^\s{0,3}(?:>\s*)*\S[^<>]{0,80}<[^<>\s]{3,80}>|^\s{0,3}\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s/i;
const WROTE =
  /(?:\bwrote|\bescribi[oó]|\bha escrito|\bschrieb(?: am [^:]{1,60}(?::\d\d){0,2})?|\bschrieb [^:]{1,100}|\ba [eé]crit|\bescreveu|\bha scritto|\bschreef[^:]{0,80})\s?:\s*$/i;

/** "On <date> <name> wrote:", wrapped over up to three lines. */
function attributionAt(lines: readonly string[], at: number): Heading | null {
  if (!ATTRIBUTION_START.test((lines[at] ?? '').slice(0, LONGEST_ATTRIBUTION))) return null;
  let words = '';
  for (const [above, line] of lines.slice(at, at + ATTRIBUTION_LINES).entries()) {
    words = `${words} ${line.trim()}`;
    if (line.trim() === '' || words.length > LONGEST_ATTRIBUTION) return null;
    if (line.trimEnd().endsWith(':') && WROTE.test(words)) {
      return isDated(words) ? { length: above + 1, before: '', opensQuote: true } : null;
    }
  }
  return null;
}

/** "On the phone he wrote:" tells of something else. */
const isDated = (words: string): boolean => /\d{1,4}[./:,\s-]|\d{4}|@/.test(words);

const DIVIDER =
  /^\s{0,3}(?:>\s*)*(?:-{2,}\s*(?:original message|forwarded message|mensaje original|mensaje reenviado|mensaje reenviado|urspr[uü]ngliche nachricht|weitergeleitete nachricht|message d'origine|message transf[eé]r[eé]|original appointment|original-nachricht|forwarded by [^-]{0,60}|reenviado por [^-]{0,60})\s*-{2,}|begin forwarded message:|inicio del mensaje reenviado:|mensaje reenviado:?|forwarded message:?|anfang der weitergeleiteten nachricht:|d[eé]but du message r[eé]exp[eé]di[eé]\s?:)\s*$/i;
const RULE = /^\s{0,3}[_-]{10,}\s*$/;

function dividerAt(lines: readonly string[], at: number): Heading | null {
  const line = (lines[at] ?? '').slice(0, 160);
  if (DIVIDER.test(line)) return { length: 1, before: '', opensQuote: false };
  if (!RULE.test(line)) return null;
  let next = at + 1;
  while (next < at + 4 && lines[next]?.trim() === '') next += 1;
  return headersAt(lines, next) === null ? null : { length: 1, before: '', opensQuote: false };
}

const SENDER = /^\s{0,3}(?:>\s*)*\*{0,2}(?:from|de|von|desde|da)\s?:\*{0,2}\s*\S/i;
const OTHER_HEADER =
  /^\s{0,3}(?:>\s*)*\*{0,2}(?:sent|date|to|cc|bcc|subject|reply-to|importance|enviado(?: el)?|fecha|para|asunto|gesendet|datum|an|betreff|envoy[eé]|objet|[aà]|data|assunto|inviato|oggetto)\s?:\*{0,2}/i;
const HEADER_LINES = 8;

/** "From:" with at least two of its companions right below; one may stand above ("Date:"). */
function headersAt(lines: readonly string[], at: number): Heading | null {
  if (!SENDER.test((lines[at] ?? '').slice(0, 200))) return null;
  let last = at;
  let companions = 0;
  for (let below = at + 1; below < Math.min(lines.length, at + HEADER_LINES); below += 1) {
    const line = (lines[below] ?? '').slice(0, 200);
    if (OTHER_HEADER.test(line)) {
      companions += 1;
      last = below;
    }
  }
  return companions >= 2 ? { length: last - at + 1, before: '', opensQuote: true } : null;
}

const DATED_ON =
  /\s(?:on (?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|el (?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom|\d))/i;
const ENDS_INLINE = [' wrote:', ' escribió:', ' escribio:'];

/** Where line ends were lost: "Plano works On Mon, Nov 23, 2026 Team wrote: Which area?" */
function inlineAt(lines: readonly string[], at: number): Heading | null {
  const line = lines[at] ?? '';
  const end = Math.max(...ENDS_INLINE.map((words) => line.indexOf(words)));
  if (end === -1) return null;
  const reach = Math.max(0, end - LONGEST_ATTRIBUTION / 2);
  const start = DATED_ON.exec(` ${line.slice(reach, end)}`);
  if (start === null) return null;
  return { length: 1, before: line.slice(0, reach + start.index), opensQuote: true };
}
