import { continuesClause, wordAt, type Tokens } from './tokenize.js';

/**
 * Whether a phrase is denied. Negation reaches over a few words of its own clause: it ends at
 * punctuation, at a conjunction and at a new subject ("no I have cash").
 */

const NEGATORS = new Set(
  (
    'not no never none nothing nor neither without cannot lack lacking unable ' +
    'dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt havent hasnt hadnt aint'
  ).split(' '),
);
/** A negator before one of these denies nothing that follows: "can't wait", "not only", "no problem". */
const HARMLESS_FOLLOWERS = new Set(
  'sure only just wait forget worry worries problem problems doubt matter hesitate know idea mind care thanks'.split(
    ' ',
  ),
);
const SCOPE_ENDS = new Set(
  'but however although though if whether because since so and then until till before than'.split(
    ' ',
  ),
);
const SUBJECTS = new Set(
  "i we i'm we're i've we've i'll we'll im id i'd we'd it's that's".split(' '),
);
/** "I don't think we have cash" denies the cash. */
const OPINION_VERBS = new Set('think believe guess suppose feel'.split(' '));
const REPLACED_BY: Readonly<Record<string, string>> = {
  instead: 'of',
  rather: 'than',
  other: 'than',
};
const REACH_WORDS = 6;

const DENYING_VERBS = new Set(
  "isn't aren't wasn't won't wouldn't doesn't ain't isnt arent wasnt wont wouldnt doesnt can't cannot".split(
    ' ',
  ),
);
const COPULAS = new Set('is are was will would am does'.split(' '));
const DENIABLE_PREDICATES = new Set(
  'needed necessary required wanted an possible available happening yet done ready complete started eligible interested allowed'.split(
    ' ',
  ),
);
const HARMLESS_PREDICATES = new Set('bad problem issue matter'.split(' '));

export function isNegator(tokens: Tokens, index: number): boolean {
  const word = wordAt(tokens, index);
  if (!NEGATORS.has(word) && !word.endsWith("n't")) return false;
  const next = wordAt(tokens, index + 1);
  const isHarmless = continuesClause(tokens, index + 1) && HARMLESS_FOLLOWERS.has(next);
  return !isHarmless && !(word === 'not' && wordAt(tokens, index - 1) === 'why');
}

/** True when the phrase at `start`..`end` is denied from either side. */
export function isNegated(tokens: Tokens, start: number, end: number): boolean {
  return isNegatedBefore(tokens, start) || isNegatedAfter(tokens, end);
}

export function isNegatedBefore(tokens: Tokens, start: number, reach = REACH_WORDS): boolean {
  for (let at = start; at > start - reach && continuesClause(tokens, at); at -= 1) {
    const before = at - 1;
    if (isNegator(tokens, before) || isReplaced(tokens, before)) return true;
    if (endsScope(tokens, before)) return false;
  }
  return false;
}

/** "jumbo not needed", "cash is not an option", "Dallas isn't for us". */
export function isNegatedAfter(tokens: Tokens, end: number): boolean {
  if (!continuesClause(tokens, end)) return false;
  const hasCopula = COPULAS.has(wordAt(tokens, end));
  const at = hasCopula ? end + 1 : end;
  const denies = wordAt(tokens, at) === 'not' || DENYING_VERBS.has(wordAt(tokens, at));
  if (!denies || !isNegator(tokens, at)) return false;
  const isHarmless = [at + 1, at + 2].some((index) =>
    HARMLESS_PREDICATES.has(wordAt(tokens, index)),
  );
  if (isHarmless) return false;
  return (
    hasCopula || wordAt(tokens, at) !== 'not' || DENIABLE_PREDICATES.has(wordAt(tokens, at + 1))
  );
}

function isReplaced(tokens: Tokens, index: number): boolean {
  const expected = REPLACED_BY[wordAt(tokens, index - 1)];
  return expected !== undefined && wordAt(tokens, index) === expected;
}

function endsScope(tokens: Tokens, index: number): boolean {
  const word = wordAt(tokens, index);
  if (SCOPE_ENDS.has(word)) return true;
  return SUBJECTS.has(word) && !OPINION_VERBS.has(wordAt(tokens, index - 1));
}
