/** A lexicon of single words, written with a blank between them; also without their accents. */
export const wordSet = (list: string): ReadonlySet<string> =>
  new Set([...list.split(' '), ...withoutAccents(list).split(' ')]);

const ACCENTED = 'áéíóúüÁÉÍÓÚÜ';
const PLAIN = 'aeiouuAEIOUU';

/** Accents are left out as often as written: tokens and lexicons do without. The ñ is a letter of its own. */
export function withoutAccents(text: string): string {
  return text.replace(/[áéíóúü]/giu, (letter) => PLAIN[ACCENTED.indexOf(letter)] ?? letter);
}
