/** Texts of the largest size that is taken, each made to be as slow to read as one can be. */

/** Below the limit of a body, which JSON and its other fields share. */
const LENGTH = 250_000;

const PATTERNS: readonly (readonly [name: string, pattern: string])[] = [
  ['newlines', '\n'],
  ['U+FDFA', '\uFDFA'],
  ['"<"', '<'],
  ['<p>', '<p>'],
  ['<blockquote>', '<blockquote>'],
  ['&amp;', '&amp;'],
  ['&amp;amp;', '&amp;amp;'],
  ['"> "', '> '],
  ['On Mon, …', 'On Mon, Nov 3 x\n'],
  ['wrote:', 'wrote:\n'],
  ['digits', '1 '],
  ['$450k', '$450k '],
  ['dates', '1/1 '],
  ['may', 'may '],
  ['Plano', 'Plano '],
  ['From:', 'From: x\n'],
  ['stop', 'stop '],
  ['dont text', 'dont text '],
  ['ya no me', 'ya no me '],
  ['are you a', 'are you a '],
  ['under 5', 'under 5 and '],
  ['a.s.a.p.', 'a.s.a.p.'],
  ['Liked “', 'Liked “'],
  ['e-mail addresses', 'a@b.c '],
  ['combining marks', 'a\u0301\u0301'],
];

export const WORST_TEXTS: readonly (readonly [name: string, text: string])[] = PATTERNS.map(
  ([name, pattern]) => [name, pattern.repeat(Math.ceil(LENGTH / pattern.length)).slice(0, LENGTH)],
);
