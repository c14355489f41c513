/** Stands where a span that repeats a message of ours was taken out; a character that nobody types. */
export const OUR_WORDS = '\uE000';

/** A shorter text may be the lead's own by chance. */
const SHORTEST = 20;
/** What a mail program changes in a text that it quotes: blanks, line ends, quotation marks. */
const CHANGED = /[\s>"'“”„‟‘’‚‛«»`´]/;
const QUOTES = /["“”„«»]/;

export function markOurTexts(text: string, ourTexts: readonly string[]): string {
  const wanted = [...new Set(ourTexts.map((ours) => ours.trim()))]
    .filter((ours) => ours.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  if (wanted.length === 0 || text.length < SHORTEST) return text;
  return wanted.reduce(markOne, text);
}

function markOne(text: string, ours: string): string {
  const { letters: pattern } = squeeze(ours);
  const { letters, places } = squeeze(text);
  const parts: string[] = [];
  let from = 0;
  let found = pattern === '' ? -1 : letters.indexOf(pattern);
  while (found !== -1) {
    const next = found + pattern.length;
    const [start, end] = widen(text, places[found] ?? 0, (places[next - 1] ?? 0) + 1);
    parts.push(text.slice(from, start), OUR_WORDS);
    from = end;
    found = letters.indexOf(pattern, next);
  }
  return parts.join('') + text.slice(from);
}

/** The quotation marks around the span go with it. */
function widen(text: string, start: number, end: number): readonly [number, number] {
  return [
    QUOTES.test(text[start - 1] ?? '') ? start - 1 : start,
    QUOTES.test(text[end] ?? '') ? end + 1 : end,
  ];
}

function squeeze(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  const letters: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (CHANGED.test(letter)) continue;
    letters.push(letter);
    places.push(at);
  }
  return { letters: letters.join(''), places };
}
