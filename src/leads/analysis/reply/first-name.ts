/** CRM records hold anything where a name should be; a wrong name is worse than none. */

const MAX_NAME_LENGTH = 30;
const PLACEHOLDERS = new Set(
  'unknown null undefined none test guest anonymous lead contact customer user friend na name firstname noname'.split(
    ' ',
  ),
);

/** The name to greet with, or undefined when what is stored is no name to say. */
export function toSpokenName(stored: string | undefined): string | undefined {
  if (stored === undefined) return undefined;
  const name = stored
    .slice(0, 200)
    .normalize('NFC')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (!isName(name)) return undefined;
  if (name.length <= MAX_NAME_LENGTH) return name;
  const first = name.split(' ')[0] ?? '';
  return first.length <= MAX_NAME_LENGTH ? first : undefined;
}

function isName(name: string): boolean {
  // Letters, with marks, blanks, hyphens, apostrophes and the full stop of an initial between them.
  const isSpelt = /^\p{L}(?:[\p{L}\p{M}' -]|\.(?= |$|\p{L}\.))*$/u.test(name);
  return isSpelt && !PLACEHOLDERS.has(name.toLowerCase().replaceAll(/[^\p{L}]/gu, ''));
}
