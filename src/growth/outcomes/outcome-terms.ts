import type { StatusWord } from './status-words.js';

/**
 * What a term says. `booking` is a conversion that a cancelled appointment undoes; `interest` says
 * something only when it is denied; `nothing` is there to keep its words from being read alone.
 */
export type TermMeaning =
  'lost' | 'converted' | 'booking' | 'active' | 'cancelled' | 'interest' | 'nothing';

export interface Term {
  readonly meaning: TermMeaning;
  readonly words: readonly string[];
}

/** Section 6 of the contract, with other spellings of the same words. Blanks part words. */
const TERMS: Readonly<Record<TermMeaning, readonly string[]>> = {
  lost: [
    'lost',
    'dead',
    'unqualified',
    'disqualified',
    'do not contact',
    'do not call',
    'do not text',
    'do not disturb',
    'dnd',
    'dnc',
    'opt out',
    'opted out',
    'not interested',
    'uninterested',
    'abandoned',
    'closed lost',
  ],
  converted: ['won', 'closed won', 'under contract', 'converted'],
  booking: [
    'booked',
    'appointment booked',
    'appointment confirmed',
    'confirmed appointment',
    'appt booked',
    'appt confirmed',
    'appointment showed',
    'appt showed',
    'confirmed appt',
  ],
  active: ['new', 'open', 'contacted', 'nurture', 'qualified', 'follow up'],
  cancelled: ['cancelled', 'canceled', 'cancel', 'no show', 'no showed', 'invalid'],
  interest: ['interested'],
  nothing: ['dnd off', 'dnd disabled', 'dnd removed', 'dnd inactive', 'dnd lifted'],
};

/** By first word, longest first. A phrase written as one word (`closedwon`) is a term as well. */
const TERMS_BY_FIRST_WORD = indexedTerms();

/** The longest term with which these words begin. */
export function termAt(words: readonly StatusWord[]): Term | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  return TERMS_BY_FIRST_WORD.get(first.text)?.find((term) =>
    term.words.every((word, index) => words[index]?.text === word),
  );
}

/** Whether a term begins with this word or is it. */
export function beginsTerm(word: string): boolean {
  return TERMS_BY_FIRST_WORD.has(word);
}

function indexedTerms(): ReadonlyMap<string, readonly Term[]> {
  const byFirstWord = new Map<string, Term[]>();
  for (const meaning of Object.keys(TERMS) as TermMeaning[]) {
    for (const phrase of TERMS[meaning]) {
      for (const words of spellings(phrase)) {
        const [first = ''] = words;
        const terms = byFirstWord.get(first) ?? [];
        byFirstWord.set(first, [...terms, { meaning, words }].sort(longestFirst));
      }
    }
  }
  return byFirstWord;
}

function spellings(phrase: string): readonly (readonly string[])[] {
  const words = phrase.split(' ');
  return words.length === 1 ? [words] : [words, [words.join('')]];
}

function longestFirst(a: Term, b: Term): number {
  return b.words.length - a.words.length;
}
