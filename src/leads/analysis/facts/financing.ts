import type { Financing } from '../../lead-documents.js';
import { compileLexicon, findPhrases, isNegated, type PhraseMatch } from '../text/phrases.js';
import { continuesClause, GAP, type Tokens, wordAt, wordSet } from '../text/tokenize.js';

type LoanKind = 'conventional' | 'fha' | 'va' | 'jumbo';
type Kind = LoanKind | 'cash' | 'pre_approved' | 'approved' | 'loan';

const KINDS = compileLexicon<Kind>([
  ['cash', ['cash']],
  ['pre_approved', ['preapproved', 'pre approved', 'preapproval', 'pre approval', 'preapprovals']],
  [
    'pre_approved',
    ['preapprove', 'pre approve', 'prequalified', 'pre qualified', 'prequalification'],
  ],
  ['pre_approved', ['pre qualification', 'prequal', 'pre qual', 'preaproved', 'pre aproved']],
  ['approved', ['approved']],
  ['conventional', ['conventional']],
  ['fha', ['fha']],
  ['va', ['va']],
  ['jumbo', ['jumbo']],
  ['loan', ['loan', 'loans', 'mortgage', 'mortgages', 'lender', 'lenders', 'financing', 'finance']],
]);

/** "cash back at closing" and "20k cash down" are no cash purchase. */
const NOT_CASH_AFTER = wordSet('back flow flowing out advance app register down');
const SHORTAGES = wordSet('short low out tight');
const STILL_TO_COME = wordSet(
  'get getting need needs needing apply applying seeking want wanting become becoming working waiting pending',
);
const ON_THE_WAY = wordSet(
  'to a an be my the me us our on for still first letter of loan mortgage',
);
/** "not sure if I'm pre-approved" neither says nor denies it. */
const CONDITIONS = wordSet('if whether');
const BEING = wordSet("i i'm im we we're am are were was is be been get got my our");
const APPROVED_BEFORE = wordSet(
  "been already got get getting loan mortgage bank im i'm we're am are not",
);
const APPROVED_AFTER = wordSet('for up with by at already');
const ASKS = wordSet(
  'need needs needing want wants require requires requiring get getting seeking apply applying looking help ' +
    'obtain obtaining secure securing arrange offer find finding interested know recommend',
);
/** One works with a lender who is found already. */
const ASKS_OR_MEANS = new Set([...ASKS, ...wordSet('use using with through via by take taking')]);
const FINANCES = wordSet("to will would i'll we'll be am are i'm im we're plan bank");
const ASKED_AFTER = wordSet('needed required necessary available');
const UNFINISHED = wordSet('pending expired expiring lapsed');
const IN_THE_MAKING = wordSet('progress process');
const LOAN_NOUNS = wordSet('loan loans mortgage financing');
const ASK_REACH_WORDS = 5;

/** The first cash or pre-approval named, else the first kind of loan, else whether one is needed. */
export function extractFinancing(tokens: Tokens, areaEnds: ReadonlySet<number>): Financing {
  const readings = findPhrases(tokens, KINDS).map((match) => read(tokens, match, areaEnds));
  return (
    readings.find((reading) => reading === 'cash' || reading === 'pre_approved') ??
    readings.find((reading) => reading !== 'unknown' && reading !== 'needs_financing') ??
    readings.find((reading) => reading === 'needs_financing') ??
    'unknown'
  );
}

function read(tokens: Tokens, match: PhraseMatch<Kind>, areaEnds: ReadonlySet<number>): Financing {
  const { meaning } = match.phrase;
  switch (meaning) {
    case 'cash':
      return readCash(tokens, match);
    case 'approved':
      return readLoanApproval(tokens, match);
    case 'pre_approved':
      return readApproval(tokens, match);
    case 'loan':
      return readLoan(tokens, match);
    case 'conventional':
    case 'fha':
    case 'va':
    case 'jumbo':
      return readKind(tokens, match, meaning, areaEnds);
  }
}

type Span = Pick<PhraseMatch<Kind>, 'start' | 'end'>;

function readCash(tokens: Tokens, { start, end }: Span): Financing {
  if (followsDirectly(tokens, end, NOT_CASH_AFTER)) return 'unknown';
  const isShort =
    SHORTAGES.has(wordAt(tokens, start - 2)) && ['on', 'of'].includes(wordAt(tokens, start - 1));
  return isShort || isNegated(tokens, start, end) ? 'needs_financing' : 'cash';
}

function readApproval(tokens: Tokens, { start, end }: Span): Financing {
  if (precededBy(tokens, start, CONDITIONS, BEING)) return 'unknown';
  const isStillToCome = precededBy(tokens, start, STILL_TO_COME, ON_THE_WAY);
  const isOpen = isStillToCome || isUnfinished(tokens, end) || isNegated(tokens, start, end);
  return isOpen ? 'needs_financing' : 'pre_approved';
}

/** "my pre-approval is pending", "pre-approval in progress". */
function isUnfinished(tokens: Tokens, end: number): boolean {
  const at = ['is', 'has', 'still'].includes(wordAt(tokens, end)) ? end + 1 : end;
  if (!continuesClause(tokens, at)) return false;
  const word = wordAt(tokens, at);
  return UNFINISHED.has(word) || (word === 'in' && IN_THE_MAKING.has(wordAt(tokens, at + 1)));
}

/** "approved" alone may be the garden fence. */
function readLoanApproval(tokens: Tokens, span: Span): Financing {
  return isLoanApproval(tokens, span) ? readApproval(tokens, span) : 'unknown';
}

function readLoan(tokens: Tokens, span: Span): Financing {
  return isLoanAskedFor(tokens, span) ? 'needs_financing' : 'unknown';
}

function isLoanApproval(tokens: Tokens, { start, end }: Span): boolean {
  return (
    leadsDirectly(tokens, start, APPROVED_BEFORE) || followsDirectly(tokens, end, APPROVED_AFTER)
  );
}

function readKind(
  tokens: Tokens,
  { start, end }: Span,
  kind: LoanKind,
  areaEnds: ReadonlySet<number>,
): Financing {
  if (kind === 'va' && !isVeteransLoan(tokens, start, areaEnds)) return 'unknown';
  // "VA loan not needed": the noun belongs to the kind.
  const isNamed = followsDirectly(tokens, end, LOAN_NOUNS);
  return isNegated(tokens, start, isNamed ? end + 1 : end) ? 'unknown' : kind;
}

/** "need a loan", "financing required", "I'll be financing"; a mortgage merely mentioned is not asked for. */
function isLoanAskedFor(tokens: Tokens, { start, end }: Span): boolean {
  if (isNegated(tokens, start, end)) return false;
  if (followsDirectly(tokens, end, ASKED_AFTER)) return true;
  const noun = wordAt(tokens, start);
  if (noun.startsWith('financ') && leadsDirectly(tokens, start, FINANCES)) return true;
  const asks = noun.startsWith('lender') ? ASKS : ASKS_OR_MEANS;
  for (let at = start; at > start - ASK_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (asks.has(wordAt(tokens, at - 1))) return true;
  }
  return false;
}

function followsDirectly(tokens: Tokens, end: number, words: ReadonlySet<string>): boolean {
  return continuesClause(tokens, end) && words.has(wordAt(tokens, end));
}

function leadsDirectly(tokens: Tokens, start: number, words: ReadonlySet<string>): boolean {
  return continuesClause(tokens, start) && words.has(wordAt(tokens, start - 1));
}

/** True when one of `wanted` stands before `start` with nothing but `bridges` in between. */
function precededBy(
  tokens: Tokens,
  start: number,
  wanted: ReadonlySet<string>,
  bridges: ReadonlySet<string>,
): boolean {
  for (let at = start; continuesClause(tokens, at) && at > start - ASK_REACH_WORDS; at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (wanted.has(word)) return true;
    if (!bridges.has(word)) return false;
  }
  return false;
}

/**
 * "VA" is a loan, a state and a hospital. It is a loan only where its neighbours say so, or where it
 * stands alone in a list of facts that is not an address.
 */

const LOAN_AFTER = wordSet(
  'loan loans mortgage financing finance lender eligible eligibility benefit benefits approved preapproved pre ' +
    'buyer funding entitlement certificate backed home',
);
const LOAN_BEFORE = wordSet(
  'use using with through via financing finance loan type is my have want get prefer a by do doing',
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

function isVeteransLoan(tokens: Tokens, at: number, areaEnds: ReadonlySet<number>): boolean {
  const next = wordInClause(tokens, at + 1, at + 1);
  const before = wordInClause(tokens, at - 1, at);
  if (LOAN_AFTER.has(next)) return true;
  if (OTHER_THINGS.has(next) || PLACE_BEFORE.has(before)) return false;
  if (LOAN_BEFORE.has(before) || MONEY_UNITS.has(before)) return true;
  if (isBesideOtherKind(tokens, at, before, next)) return true;
  return before === '' && next === '' && !isAddress(tokens, at, areaEnds);
}

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
