import { continuesClause, GAP, type Tokens, wordAt, wordSet } from '../text/tokenize.js';

/**
 * "VA" is a loan, a state and a hospital. It is a loan only where its neighbours say so, or where it
 * stands alone in a list of facts that is not an address.
 */

const LOAN_AFTER = wordSet(
  'loan loans mortgage financing finance lender eligible eligibility benefit benefits approved preapproved pre ' +
    'buyer funding entitlement certificate backed home',
);
const LOAN_BEFORE = wordSet(
  'con usando préstamo prestamo use using with through via financing finance loan type is my have want get prefer a by do doing accept accepts accepting take takes allow so acepta aceptan be usar usando mi un tengo',
);
const OTHER_KINDS = wordSet('fha conventional jumbo cash usda');
const JOINERS = wordSet('or and not');
const OTHER_THINGS = wordSet('hospital clinic medical office center employee facility');
const PLACE_BEFORE = wordSet('in from near of to around at state the outside');
/** "400k VA Plano": no address ends in a sum. */
const MONEY_UNITS = wordSet('k mil million thousand dollars');
const FACT_WORDS = wordSet(
  'asap flexible urgent budget max tops k m thousand million immediately hi hello',
);

export function isVeteransLoan(tokens: Tokens, at: number, areaEnds: ReadonlySet<number>): boolean {
  const next = wordInClause(tokens, at + 1, at + 1);
  const before = wordInClause(tokens, at - 1, at);
  if (LOAN_AFTER.has(next)) return true;
  if (OTHER_THINGS.has(next) || PLACE_BEFORE.has(before)) return false;
  if (isOfVeteran(tokens, at)) return true;
  if (LOAN_BEFORE.has(before) || MONEY_UNITS.has(before)) return true;
  if (isBesideOtherKind(tokens, at, before, next)) return true;
  return before === '' && ENDS_OR_GOES_ON.has(next) && !isAddress(tokens, at, areaEnds);
}

const VETERANS = wordSet(
  'veteran veterans vet army navy marine marines duty military usmc usaf servicemember veterano veterana ejercito',
);
const VETERAN_REACH_WORDS = 8;

/** "retired army so VA". */
function isOfVeteran(tokens: Tokens, at: number): boolean {
  const from = Math.max(0, at - VETERAN_REACH_WORDS);
  return tokens.slice(from, at).some(({ text }) => VETERANS.has(text));
}

/** Behind a "VA" that opens its clause. */
const ENDS_OR_GOES_ON = new Set(['', 'with', 'w', 'if', 'please', 'pls']);

/** The word at `index`, empty when the clause is parted at `joint`. */
function wordInClause(tokens: Tokens, index: number, joint: number): string {
  return continuesClause(tokens, joint) ? wordAt(tokens, index) : '';
}

/** "FHA/VA", "conventional or VA". */
function isBesideOtherKind(tokens: Tokens, at: number, before: string, next: string): boolean {
  const kindBefore = JOINERS.has(before) ? wordAt(tokens, at - 2) : before;
  const kindAfter = JOINERS.has(next) ? wordAt(tokens, at + 2) : next;
  return OTHER_KINDS.has(kindBefore) || OTHER_KINDS.has(kindAfter);
}

/** "Richmond, VA" is an address; "in Frisco, va, 500k" is a list. */
function isAddress(tokens: Tokens, at: number, areaEnds: ReadonlySet<number>): boolean {
  const token = tokens[at];
  if (at === 0 || token?.gap !== GAP.clause) return false;
  if (tokens[at - 1]?.kind !== 'word') return false;
  if (areaEnds.has(at)) return token.isUpper && tokens[at + 1]?.gap !== GAP.clause;
  return isPlaceName(tokens, at);
}

/** A word led in by a preposition of place, at most two words back: "from Newport News, VA". */
function isPlaceName(tokens: Tokens, at: number): boolean {
  return (
    [2, 3].some(
      (back) =>
        PLACE_BEFORE.has(wordAt(tokens, at - back)) && continuesClause(tokens, at - back + 1),
    ) ||
    (tokens[at]?.isUpper === true && isBareName(tokens, at - 1))
  );
}

/** A word that opens its own clause and is no fact by itself: "Richmond, VA". */
function isBareName(tokens: Tokens, at: number): boolean {
  return !continuesClause(tokens, at) && !FACT_WORDS.has(wordAt(tokens, at));
}
