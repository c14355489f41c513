/** Takes off what closes a mail and says nothing: signature, a phone's advertisement, disclaimer. */
export function withoutSignature(lines: readonly string[]): readonly string[] {
  const text = lines.join('\n');
  const spoken = ADVERTISED.test(text) ? lines.map(withoutAdvertisement) : lines;
  const own = DISCLAIMED.test(text) ? cutAt(spoken, spoken.findIndex(isDisclaimer)) : spoken;
  return withoutCard(withoutClosing(cutAt(own, own.findIndex(isSeparator))));
}

/** Most texts hold neither, and are read faster. */
const ADVERTISED = /sent |outlook|enviado |gesendet|envoy/i;
const DISCLAIMED =
  /confiden|disclaimer|notice|privileged|intended|aviso|vertraulich|fraud|consider/i;

/** "-- " stands above a signature. */
const isSeparator = (line: string): boolean => line.length < 8 && /^\s*(?:--|—|__)\s*$/.test(line);
const isBlank = (line: string | undefined): boolean => /^[\s\uE000]*$/.test(line ?? '');
const hasWords = (lines: readonly string[]): boolean => lines.some((line) => !isBlank(line));

/** Nothing is cut from a message that would be left without words. */
function cutAt(lines: readonly string[], at: number): readonly string[] {
  if (at <= 0) return lines;
  const kept = lines.slice(0, at);
  return hasWords(kept) ? kept : lines;
}

const DEVICE =
  '(?:iphone|ipad|android|samsung|galaxy|pixel|mobile|phone|blackberry|huawei|xiaomi|motorola|moto|tablet|cell|celular|t-mobile|verizon|at&t|tel[eé]fono|handy|smartphone)';
/** On a line of its own, or, with the name of a device, behind what was said. */
const ADVERTISEMENT = new RegExp(
  '^\\s*(?:sent (?:from|via) |get outlook for |enviado (?:desde|de) (?:mi|outlook|yahoo|el nuevo|gmail|correo)|obtener outlook para |gesendet (?:von|mit) |von meinem \\S{1,20} gesendet|envoy[eé] de mon ).{0,80}$|' +
    `(?:^|[\\s.!?,-])(?:sent (?:from|via) (?:my |the )?${DEVICE}|get outlook for (?:ios|android)|enviado desde mi ${DEVICE}|von meinem ${DEVICE} gesendet).{0,40}$`,
  'i',
);
const LONGEST_ADVERTISEMENT = 120;

function withoutAdvertisement(line: string): string {
  const from = Math.max(0, line.length - LONGEST_ADVERTISEMENT);
  const tail = line.slice(from);
  const found = /sent |outlook|enviado |gesendet|envoy/i.test(tail)
    ? ADVERTISEMENT.exec(tail)
    : null;
  return found ? line.slice(0, from + found.index) : line;
}

const DISCLAIMER =
  /^[\s*_]{0,5}(?:confidentiality (?:notice|note|statement)|confidential(?:ity)?\s?[:-]|disclaimer\s?[:-]|legal notice|privileged (?:and|&) confidential|important notice\s?:|wire fraud|notice\s?: (?:this|the)|(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication|transmission)(?:,? (?:and|including) any (?:attachments?|files)[^.]{0,60})? (?:is|are|may|contains?)(?: \S{1,20}){0,12} (?:confidential|privileged|intended)|aviso (?:de confidencialidad|legal)|este (?:correo|mensaje|e-?mail)(?: \S{1,20}){0,12} confidencial|la informaci[oó]n contenida en este|vertraulich|please consider the environment)/i;

const isDisclaimer = (line: string): boolean => DISCLAIMER.test(line.slice(0, 300));

const REGARDS =
  /^\s*(?:(?:kind|best|warm|warmest|kindest)(?:est)? (?:regards|wishes)|regards|best,|all the best|sincerely(?: yours)?|yours (?:truly|sincerely)|respectfully|cordially|warmly|cheers|saludos(?: cordiales)?|un saludo|atentamente|cordialmente|atte|un abrazo|mit freundlichen gr[uü](?:ß|ss)en|viele gr[uü](?:ß|ss)e|vg|mfg)\s*[,.!-]{0,2}\s*$/i;
/** "Thanks" may as well begin what is said: only with a sign behind it. */
const THANKS =
  /^\s*(?:(?:many )?thanks(?: again| so much| in advance)?|thank you(?: so much| again| very much)?|thx|talk soon|take care|(?:muchas |mil )?gracias)\s*[,.!-]{1,2}\s*$/i;
const SIGNATURE_LINES = 8;

/** "Kind regards," with nothing but the writer's name and details below, at the very end. */
function withoutClosing(lines: readonly string[]): readonly string[] {
  let below = 0;
  let nearest = '';
  for (let at = lines.length - 1; at >= 0 && below <= SIGNATURE_LINES; at -= 1) {
    const line = lines[at] ?? '';
    if (isBlank(line)) continue;
    if (REGARDS.test(line) || (THANKS.test(line) && isNameOf(line, nearest))) {
      const kept = lines.slice(0, at);
      return hasWords(kept) ? kept : lines.slice(0, at + 1);
    }
    if (!isOfSignature(line)) return lines;
    nearest = line.trim();
    below += 1;
  }
  return lines;
}

/** Behind a comma any name; behind a full stop one of two words, so that "Thanks! / Frisco" stays. */
const isNameOf = (closing: string, name: string): boolean =>
  name !== '' && (/[,-]\s*$/.test(closing) || /\S\s+\S/.test(name));

const NAME =
  /^[\s*-]*\p{Lu}[\p{L}\p{M}'’.-]*(?:,?\s+(?:\p{Lu}[\p{L}\p{M}'’.-]*|de|la|del|van|von|y|&|and|of)){0,5}[\s*,.]*$/u;
const DETAILS =
  /\(?\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]?\d{4}|\S@\S+\.\S|https?:|www\.|\.(?:com|net|org)\b|\b(?:realtor|broker|loan officer|nmls|license|lic\.?|llc|inc|mortgage|realty|properties|manager|director|officer|agent|tel|cell|mobile|phone|fax)\b|\s\|\s/i;
/** Words that are an answer, however they are written. */
const SPEAKS =
  /\b(?:stop|unsubscribe|remove|cancel|quit|end|alto|parar|basta|baja|yes|no|ok|sure|help|start|cash|budget|call|text|asap|today|tomorrow|\d+\s?k)\b|\$|\?/i;
const LONGEST_LINE = 90;

function isOfSignature(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  return DETAILS.test(line) ? !/[?$]/.test(line) : NAME.test(line) && !SPEAKS.test(line);
}

const CARD_LINES = 6;

/** A last paragraph of a name and the details of a business, with no closing before it. */
function withoutCard(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => !isBlank(line));
  let first = last;
  while (first > 0 && last - first < CARD_LINES && !isBlank(lines[first - 1])) first -= 1;
  const opensParagraph = first > 0 && isBlank(lines[first - 1]);
  return opensParagraph && isCard(lines.slice(first, last + 1)) ? cutAt(lines, first) : lines;
}

function isCard([name = '', ...details]: readonly string[]): boolean {
  const isFullName = NAME.test(name) && /\S\s+\S/.test(name.trim());
  return (
    isFullName &&
    [name, ...details].every(isOfSignature) &&
    details.some((line) => DETAILS.test(line))
  );
}
