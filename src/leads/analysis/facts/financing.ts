import type { Financing } from '../../lead-documents.js';
import { findPhrases, isNegated, type PhraseMatch, standsAt } from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { KINDS, type Kind, type LoanKind } from './financing-words.js';
import { isVeteransLoan } from './veterans-loan.js';

/** "cash back at closing" and "20k cash down" are no cash purchase. */
const NOT_CASH_AFTER = wordSet('back flow flowing out advance app register down poor');
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
  "been already got get getting loan mortgage bank im i'm we're am are not has have us me estoy estamos ya fui banco me nos",
);
const APPROVED_AFTER = wordSet('for up with by at already hasta por para con');
const ASKS = wordSet(
  'need needs needing want wants require requires requiring get getting seeking apply applying looking help ' +
    'obtain obtaining secure securing arrange offer find finding interested know recommend ' +
    'necesito necesitamos quiero queremos busco buscamos buscando ocupo ocupamos conseguir sacar obtener pedir solicitar',
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

type Reader = (tokens: Tokens, span: Span) => Financing;

const READERS: Readonly<Record<Exclude<Kind, LoanKind>, Reader>> = {
  cash: readCash,
  approved: readLoanApproval,
  pre_approved: readApproval,
  letter: readApproval,
  loan: readLoan,
  help: () => 'needs_financing',
};

function read(tokens: Tokens, match: PhraseMatch<Kind>, areaEnds: ReadonlySet<number>): Financing {
  const { meaning } = match.phrase;
  return isLoanKind(meaning)
    ? readKind(tokens, match, meaning, areaEnds)
    : READERS[meaning](tokens, match);
}

function isLoanKind(kind: Kind): kind is LoanKind {
  return !Object.hasOwn(READERS, kind);
}

type Span = Pick<PhraseMatch<Kind>, 'start' | 'end'>;

function readCash(tokens: Tokens, { start, end }: Span): Financing {
  const isForClosing = standsAt(tokens, end, ['to', 'close']);
  if (isForClosing || followsDirectly(tokens, end, NOT_CASH_AFTER)) return 'unknown';
  if (isSomebodyElses(tokens, start, end)) return 'unknown';
  const isShort =
    SHORTAGES.has(wordAt(tokens, start - 2)) && ['on', 'of'].includes(wordAt(tokens, start - 1));
  return isShort || isNegated(tokens, start, end) ? 'needs_financing' : 'cash';
}

/** "do sellers prefer cash offers?", "we keep losing to cash buyers": not this lead's money. */
const OTHER_PEOPLE = wordSet(
  'seller sellers they others other people someone somebody investors competing against beat beaten outbid lost losing lose ' +
    'prefer prefers vendedor vendedores otros otro',
);
const BEATEN = wordSet('beat beats beating outbid outbidding win wins winning us');
const THEIR_NOUNS = wordSet('offer offers buyer buyers investor investors');
const OTHERS_REACH_WORDS = 5;

function isSomebodyElses(tokens: Tokens, start: number, end: number): boolean {
  if (!followsDirectly(tokens, end, THEIR_NOUNS)) return false;
  for (let at = start; at > start - OTHERS_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (OTHER_PEOPLE.has(wordAt(tokens, at - 1))) return true;
  }
  for (let at = end; at < end + OTHERS_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    if (BEATEN.has(wordAt(tokens, at))) return true;
  }
  return false;
}

/** An approval that failed, said before or behind it. */
const FAILED = wordSet(
  'denied declined rejected refused turned fell failed expired revoked lost lose pulled negaron negada negado rechazaron ' +
    'rechazado rechazada venció vencida vencido',
);
const FAILURE_REACH_WORDS = 5;

function hasFailed(tokens: Tokens, { start, end }: Span): boolean {
  for (let at = start; at > start - FAILURE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (isFailure(tokens, at - 1)) return true;
  }
  for (let at = end; at < end + FAILURE_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    if (isFailure(tokens, at)) return true;
  }
  return false;
}

/** Of the many things that are turned or fall, only these fail: "turned down", "fell through". */
function isFailure(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (!FAILED.has(word)) return false;
  if (word === 'turned') {
    return [at + 1, at + 2].some((next) => wordAt(tokens, next) === 'down');
  }
  return word !== 'fell' || wordAt(tokens, at + 1) === 'through';
}

function readApproval(tokens: Tokens, { start, end }: Span): Financing {
  if (precededBy(tokens, start, CONDITIONS, BEING)) return 'unknown';
  const isStillToCome = precededBy(tokens, start, STILL_TO_COME, ON_THE_WAY);
  const isOpen =
    isStillToCome ||
    hasFailed(tokens, { start, end }) ||
    isUnfinished(tokens, end) ||
    isNegated(tokens, start, end);
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
  if (hasFailed(tokens, span)) return 'needs_financing';
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
