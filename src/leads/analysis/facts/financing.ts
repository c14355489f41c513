import type { Financing } from '../../lead-documents.js';
import {
  findPhrases,
  isNegated,
  isNegatedBefore,
  type PhraseMatch,
  standsAt,
} from '../text/phrases.js';
import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';
import { readCash } from './cash.js';
import { ASK_REACH_WORDS, ASKS, KINDS, type Kind, type LoanKind } from './financing-words.js';
import { hasFailed, isUnvisited, readBank } from './lenders.js';
import {
  followsDirectly,
  holdsAfter,
  holdsBefore,
  isLedBy,
  leadsDirectly,
  type Span,
} from './neighbours.js';
import { isVeteransLoan } from './veterans-loan.js';

const STILL_TO_COME = wordSet(
  'get getting need needs needing apply applying seeking want wanting become becoming working waiting pending will almost ' +
    'how should trying process proceso tramite tramites esperando espero falta tramitando sacar sacando saco necesito necesitamos quiero queremos voy',
);
const ON_THE_WAY = wordSet(
  'to a an be my the me us our on for still first letter of loan mortgage i we la una mi un de que nos ser estar el',
);
/** "not sure if I'm pre-approved" neither says nor denies it. */
const CONDITIONS = wordSet('if whether');
const BEING = wordSet("i i'm im we we're am are were was is be been get got my our");
const APPROVED_BEFORE = wordSet(
  "been already got get getting loan mortgage bank im i'm we're am are was were not has have us me han he hemos ha estoy estamos ya fui banco me nos",
);
const APPROVED_AFTER = wordSet(
  'us me nos for up with w by at to through thru already hasta por para con de',
);
const ASKS_OR_MEANS = new Set([...ASKS, ...wordSet('use using with through via by take taking')]);
const FOR = wordSet('for');
const FINANCES = wordSet("to will would i'll we'll be am are i'm im we're plan bank gonna for a");
const ASKED_AFTER = wordSet('needed required necessary available');
const UNFINISHED = wordSet('pending expired expiring lapsed');
const IN_THE_MAKING = wordSet('progress process');
const LOAN_NOUNS = wordSet('loan loans mortgage financing');

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
  bank: readBank,
  qualify: readQualifying,
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

function readApproval(tokens: Tokens, { start, end }: Span): Financing {
  if (isLedBy(tokens, start, ASK_REACH_WORDS, { words: CONDITIONS, bridges: BEING }))
    return 'unknown';
  const isStillToCome = isLedBy(tokens, start, ASK_REACH_WORDS, {
    words: STILL_TO_COME,
    bridges: ON_THE_WAY,
  });
  const isAsked = ['be', 'get'].some((verb) => standsAt(tokens, start - 3, ['have', 'to', verb]));
  const isOpen =
    isStillToCome ||
    isAsked ||
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
  if (hasFailed(tokens, span) || isUnvisited(tokens, span.start)) return 'needs_financing';
  return isLoanAskedFor(tokens, span) ? 'needs_financing' : 'unknown';
}

const OTHER_LOANS = wordSet('fha va conventional jumbo usda');

const ALREADY = wordSet('already ya');
const QUALIFIED = wordSet('qualified califique calificamos');

/** "didn't qualify", "ya califiqué"; who does not for one kind of loan may for another. */
function readQualifying(tokens: Tokens, { start, end }: Span): Financing {
  if (holdsAfter(tokens, end, 3, OTHER_LOANS)) return 'unknown';
  if (isNegatedBefore(tokens, start)) return 'needs_financing';
  const isDone = QUALIFIED.has(wordAt(tokens, start)) && holdsBefore(tokens, start, 2, ALREADY);
  return isDone ? 'pre_approved' : 'unknown';
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
  if (leadsDirectly(tokens, start, FOR)) return true;
  return holdsBefore(tokens, start, ASK_REACH_WORDS, ASKS_OR_MEANS);
}
