/** Letters of a word that are compared: enough to pass over most wordings. */
const COMPARED = 4;

/**
 * How what a pattern finds can begin, so that wordings of which a message holds no first word need not be
 * looked for. Reads patterns that begin with a blank and letters or groups of them; of others it says
 * nothing, and they are looked for always.
 *
 * @returns up to `COMPARED` letters of each possible first word; null where that is not known
 */
export function firstLetters({ source }: RegExp): ReadonlySet<string> | null {
  if (!source.startsWith(' ')) return null;
  const found = new Set<string>();
  return collect(source.slice(1), found) ? found : null;
}

/** What one message's words begin with, in every length that is compared. */
export function beginningsOf(line: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of line.split(' ')) {
    for (let length = 1; length <= Math.min(COMPARED, word.length); length += 1) {
      found.add(word.slice(0, length));
    }
  }
  return found;
}

/** False where an alternative does not begin with letters that must be there. */
function collect(pattern: string, found: Set<string>): boolean {
  return alternativesOf(pattern).every((alternative) => {
    if (alternative.startsWith('(?:')) {
      const end = endOfGroup(alternative);
      const isOptional = /^[?*{]/.test(alternative.slice(end + 1));
      return end > 0 && !isOptional && collect(alternative.slice(3, end), found);
    }
    const letters = mandatoryLetters(alternative);
    if (letters === '') return false;
    found.add(letters.slice(0, COMPARED));
    return true;
  });
}

function mandatoryLetters(alternative: string): string {
  const letters = /^[a-z0-9]+/.exec(alternative)?.[0] ?? '';
  const isLastOptional = /^[?*{]/.test(alternative.slice(letters.length));
  return isLastOptional ? letters.slice(0, -1) : letters;
}

/** At the top level of a pattern. */
function alternativesOf(pattern: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') at = pattern.indexOf(']', at);
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === '|' && depth === 0) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, pattern.slice(from)];
}

/** Index of the bracket that closes the group at the start; -1 when there is none. */
function endOfGroup(pattern: string): number {
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') at = pattern.indexOf(']', at);
    else if (sign === '(') depth += 1;
    else if (sign === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
