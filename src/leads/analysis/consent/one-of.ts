/** Alternatives of a pattern, written with a comma between them; each may be a pattern itself. */
export const oneOf = (list: string): string => `(?:${list.split(', ').join('|')})`;

/** Words in which any of the patterns is found. */
export const holds = (words: string, ...patterns: readonly RegExp[]): boolean =>
  patterns.some((pattern) => pattern.test(words));

/** Any of the listed words, right before or right after a place. */
export const endsIn = (list: string): RegExp => new RegExp(` ${oneOf(list)}$`);
export const beginsWith = (list: string): RegExp => new RegExp(`^ ${oneOf(list)}(?= )`);
