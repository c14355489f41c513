import {
  continuesClause,
  continuesSentence,
  type Tokens,
  wordAt,
  wordSet,
} from '../text/tokenize.js';
import { mayBeCalendar, readCalendar } from './calendar.js';
import type { CalendarTime, Today } from './calendar-time.js';
import { followsDirectly, holdsAfter, holdsBefore } from './neighbours.js';

/**
 * Whether a place in the calendar is the lead's deadline. Dates of visits, of the past and of other
 * things are none, so it has to be led in by a word that makes it one, or to stand alone.
 */

/** "by June" is over when June begins; "in June" lasts into it. */
const UNTIL = wordSet('by before until till than antes tardar para pa pal come hasta');
const WITHIN = wordSet(
  'proximo proxima siguiente in for around about sometime during after starting in on this next of until through en durante despues después alrededor hacia desde a al del coming',
);
/** Between the leading word and the calendar's. */
const BRIDGES = wordSet(
  'the a an el la los de del of early mid late or at least like maybe probably end this next on sometime',
);
const LIKELY = wordSet(
  'prob probably maybe likely hopefully ideally perhaps quizás quizas tal probablemente thinking',
);
/** Of moving and buying: with one of them a date needs no preposition of its own. */
const PLANS = wordSet(
  'move moving moved movein close closing closed buy buying purchase settle settled relocate relocating lease leases cierre ' +
    'keys need needs want wanna must deadline start starting ready out be plan planning goal target expires expire ' +
    'ends ending end up salir salirme salirnos irme irnos entregar desocupar mudanza entrar vencer acabar terminar mudarme mudarnos mudar comprar contrato cerrar necesito necesitamos quiero queremos acaba termina vence',
);
/** Of something else that has a date. */
const OTHERS = wordSet(
  'listed built renovated remodeled sold born naci nacio nacimos toured visited viewed went cumple cumpleaños graduacion parade birthday anniversary appointment showing showings tour touring visit ' +
    'visiting see seeing saw view viewing call called meet meeting met vacation trip travel traveling game party ' +
    'inspection taxes rate rates market since was were had cita ver visita verla verlo llamar llame nació ' +
    'laid lost fired graduated retired divorced left quit died passed started hired ' +
    'town fly flying interview available free open posted updated emailed texted talked spoke',
);
const REACH_WORDS = 4;
const CLAUSE_REACH_WORDS = 12;

export interface Deadline {
  readonly end: number;
  /** Days from the message; undefined where a calendar word stands that is no deadline. */
  readonly days: number | undefined;
}

/** @param isAnswer to our question for a time: then whatever the calendar says is meant */
export function readDeadline(
  tokens: Tokens,
  at: number,
  { todayOf, isAnswer }: { readonly todayOf: () => Today | undefined; readonly isAnswer: boolean },
): Deadline | undefined {
  if (!mayBeCalendar(tokens, at)) return undefined;
  const today = todayOf();
  const time = today === undefined ? undefined : readCalendar(tokens, at, today);
  if (time === undefined || today === undefined) return undefined;
  const later = readAlternative(tokens, time, today);
  const end = later?.end ?? time.end;
  const lead = leadOf(tokens, time);
  if (!isMeant(tokens, { ...time, end }, lead, isAnswer)) return { end, days: undefined };
  if (later !== undefined) return { end, days: later.days.middle };
  return { end, days: lead === 'until' ? time.days.first : daysWithin(tokens, time) };
}

const AFTER = wordSet('after despues');
/** Who starts after a day does not start on the next. */
const DAYS_AFTER = 7;

/** A season or month that one is in until its end: "after the summer". */
function daysWithin(tokens: Tokens, { start, days, isDate }: CalendarTime): number {
  const isAfter = [start - 1, start - 2].some(
    (at) => continuesClause(tokens, at + 1) && AFTER.has(wordAt(tokens, at)),
  );
  if (!isAfter) return days.middle;
  return isDate ? days.last + DAYS_AFTER : days.last;
}

/** "may or june", "April - May": the later counts. */
function readAlternative(
  tokens: Tokens,
  { end, isDate }: CalendarTime,
  today: Today,
): CalendarTime | undefined {
  const joins = ['or', '-', 'to', 'o', 'and'].includes(wordAt(tokens, end));
  if (!joins || isDate || !continuesClause(tokens, end + 1)) return undefined;
  const next = readCalendar(tokens, end + 1, today);
  return next !== undefined && !next.isDate ? next : undefined;
}

/** "friday at 3", "school starts at 8": an appointment. */
function isHour(tokens: Tokens, end: number): boolean {
  const at = wordAt(tokens, end) === 'a' && wordAt(tokens, end + 1) === 'las' ? end + 1 : end;
  const isLed = ['at', 'las'].includes(wordAt(tokens, at)) && continuesClause(tokens, at);
  return isLed && ['number', 'opaque'].includes(tokens[at + 1]?.kind ?? '');
}

type Lead = 'until' | 'within' | undefined;

function leadOf(tokens: Tokens, { start }: CalendarTime): Lead {
  for (let at = start; at > start - REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (UNTIL.has(word)) return 'until';
    if (WITHIN.has(word) && word !== 'of') return 'within';
    if (!BRIDGES.has(word)) return undefined;
  }
  return undefined;
}

function isMeant(tokens: Tokens, time: CalendarTime, lead: Lead, isAnswer: boolean): boolean {
  const { start, end } = time;
  if (isVerb(tokens, time, lead, isAnswer) || isSomethingElse(tokens, time, lead)) return false;
  if (followsDirectly(tokens, end, SUITS)) return true;
  if (isAnswer || time.isPlan || standsAlone(tokens, start, end) || isLikely(tokens, start)) {
    return true;
  }
  return isLedIn(tokens, time, lead);
}

/** "March works better for us". */
const SUITS = wordSet('works work sounds funciona');

function isSomethingElse(tokens: Tokens, time: CalendarTime, lead: Lead): boolean {
  const { start, end } = time;
  return (
    isAboutOthers(tokens, start, end) ||
    isHour(tokens, end) ||
    isOfFeast(tokens, time) ||
    (lead !== 'until' && isOver(tokens, start)) ||
    isOfRooms(tokens, time, lead)
  );
}

function isLedIn(tokens: Tokens, time: CalendarTime, lead: Lead): boolean {
  const { start, end, isAmbiguous, isDate } = time;
  // A weekday, or a day of some month.
  if (isAmbiguous && isDate) return lead === 'until';
  if (lead === 'until') return true;
  const hasPlan = clauseHolds(tokens, start, end, PLANS);
  return lead === 'within' ? !isDate || hasPlan : hasPlan && !isAmbiguous;
}

/** "may I ask", "march in": months by their neighbours only. */
function isVerb(
  tokens: Tokens,
  { start, end, isAmbiguous }: CalendarTime,
  lead: Lead,
  isAnswer: boolean,
): boolean {
  if (!isAmbiguous || lead !== undefined) return false;
  if (isAnswer || standsAlone(tokens, start, end) || isLikely(tokens, start)) return false;
  if (followsDirectly(tokens, end, SUITS)) return false;
  return end === start + 1;
}

const BEFORE_ROOMS = wordSet('a an the for need want nice good decent is of');
const BEHIND_ROOMS = wordSet(
  'in acre acres w with near under up house home bath baths mile miles or',
);

/** "need a 3/2 in Plano", "1/2 acre": beds and baths, or a fraction. */
function isOfRooms(tokens: Tokens, { start, end }: CalendarTime, lead: Lead): boolean {
  const isFew = /^[1-7]\/[1-5]$/.test(wordAt(tokens, start));
  if (!isFew || standsAlone(tokens, start, end)) return false;
  if (!continuesClause(tokens, start) || BEFORE_ROOMS.has(wordAt(tokens, start - 1))) return true;
  return lead === undefined && followsDirectly(tokens, end, BEHIND_ROOMS);
}

/** The whole message, but for a word or two around it. */
function standsAlone(tokens: Tokens, start: number, end: number): boolean {
  return tokens.length - (end - start) <= 1;
}

function isLikely(tokens: Tokens, start: number): boolean {
  return continuesClause(tokens, start) && LIKELY.has(wordAt(tokens, start - 1));
}

function isAboutOthers(tokens: Tokens, start: number, end: number): boolean {
  return clauseHolds(tokens, start, end, OTHERS) && !clauseHolds(tokens, start, end, STRONG_PLANS);
}

const WISHES = wordSet('happy merry feliz felices enjoy blessed wonderful great nice good');
const OF_FEASTS = wordSet(
  'is was dinner party plans shopping tree lights pool parade eve and to everyone',
);

/** "happy thanksgiving", "christmas is crazy for us". */
function isOfFeast(tokens: Tokens, { start, end, isPlan, isDate }: CalendarTime): boolean {
  if (!isPlan || !isDate) return false;
  const isWished = [start, start - 1].some(
    (at) => continuesClause(tokens, at) && WISHES.has(wordAt(tokens, at - 1)),
  );
  return isWished || (!continuesClause(tokens, start) && followsDirectly(tokens, end, OF_FEASTS));
}

/** What was done then, unless it is still to be done: "we closed in October", "moved in by June". */
const DONE = wordSet(
  'closed moved bought purchased expired ended started settled relocated signed denied declined turned rejected applied preapproved approved compramos compre vencio mude',
);
const TO_BE_DONE = wordSet('be get getting have being are were to all being is');
const DONE_REACH_WORDS = 8;

function isOver(tokens: Tokens, start: number): boolean {
  for (let at = start; at > start - DONE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    if (!DONE.has(wordAt(tokens, at - 1))) continue;
    return ![at - 2, at - 3].some((index) => TO_BE_DONE.has(wordAt(tokens, index)));
  }
  return false;
}

/** "the new house by June" is a plan all the same. */
const STRONG_PLANS = wordSet(
  'move moving close closing buy buying purchase settle settled relocate relocating lease keys deadline mudarme mudarnos comprar',
);

function clauseHolds(
  tokens: Tokens,
  start: number,
  end: number,
  words: ReadonlySet<string>,
): boolean {
  return (
    holdsBefore(tokens, start, CLAUSE_REACH_WORDS, words, continuesSentence) ||
    holdsAfter(tokens, end, REACH_WORDS, words)
  );
}
