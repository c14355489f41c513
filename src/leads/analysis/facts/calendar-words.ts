import { wordSet } from '../text/tokenize.js';

/** The words of the calendar, of both languages. */

export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'january jan enero',
    'february feb febuary febrero',
    'march mar marzo',
    'april apr abril',
    'may mayo',
    'june jun junio',
    'july jul julio',
    'august aug agosto',
    'september sept sep septiembre',
    'october oct octubre',
    'november nov noviembre',
    'december dec diciembre',
  ].flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);
export const AMBIGUOUS = wordSet('may march mar sep');

/** First and last day; seasons are astronomical, as calendars print them. */
export const SEASONS: ReadonlyMap<string, readonly [from: DayOfYear, to: DayOfYear]> = new Map([
  ...['spring', 'springtime', 'primavera'].map((word) => [word, [day(3, 20), day(6, 20)]] as const),
  ...['summer', 'summertime', 'verano'].map((word) => [word, [day(6, 21), day(9, 21)]] as const),
  ...['fall', 'autumn', 'otoño', 'otono'].map((word) => [word, [day(9, 22), day(12, 20)]] as const),
  ...['winter', 'invierno'].map((word) => [word, [day(12, 21), day(3, 19)]] as const),
  ['q1', [day(1, 1), day(3, 31)]],
  ['q2', [day(4, 1), day(6, 30)]],
  ['q3', [day(7, 1), day(9, 30)]],
  ['q4', [day(10, 1), day(12, 31)]],
]);

/** Days that people plan by; the longest wording first. */
export const HOLIDAYS: readonly (readonly [words: readonly string[], at: DayOfYear])[] = (
  [
    [
      'first of the year, beginning of the year, start of the year, the new year, new years',
      day(1, 1),
    ],
    [
      "new year's, new year, principio de año, principios de año, inicio de año, año nuevo",
      day(1, 1),
    ],
    ['the holidays, holidays, las fiestas', day(1, 1)],
    ['christmas, xmas, christmas time, navidad', day(12, 25)],
    ['thanksgiving', day(11, 26)],
    ['easter, spring break, semana santa', day(4, 1)],
    ['memorial day', day(5, 28)],
    ['4th of july, fourth of july, july 4th, independence day', day(7, 4)],
    ['school starts, school year, the school year, back to school, start of school', day(8, 15)],
    ['labor day', day(9, 4)],
    ['halloween', day(10, 31)],
    [
      'tax season, tax time, tax return, tax returns, tax refund, tax refunds, my taxes',
      day(4, 15),
    ],
    ["valentine's day, valentines day, valentines", day(2, 14)],
  ] as const
)
  .flatMap(([phrases, at]) => phrases.split(', ').map((phrase) => [phrase.split(' '), at] as const))
  .sort(([left], [right]) => right.length - left.length);

export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    'monday mon lunes',
    'tuesday tues martes',
    'wednesday miércoles miercoles',
    'thursday thurs jueves',
    'friday viernes',
    'saturday sábado sabado',
    'sunday domingo',
  ].flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);

/** Which part of a month or season is meant. */
export const PARTS: ReadonlyMap<string, 'first' | 'middle' | 'last'> = new Map([
  ...['early', 'beginning', 'start', 'first', 'primera', 'principios', 'inicios'].map(
    (word) => [word, 'first'] as const,
  ),
  ...['mid', 'middle', 'mediados'].map((word) => [word, 'middle'] as const),
  ...['late', 'end', 'fin', 'finales', 'fines'].map((word) => [word, 'last'] as const),
]);
export const OF = wordSet('of de of the del la el');
export const ORDINALS = wordSet('st nd rd th');
export const PAST = wordSet('last past since previous ago back pasado pasada desde');

export interface DayOfYear {
  readonly month: number;
  readonly day: number;
}

export function day(month: number, dayOfMonth: number): DayOfYear {
  return { month, day: dayOfMonth };
}

/** Words that a holiday may begin with. */
export const HOLIDAY_STARTS = new Set(HOLIDAYS.map(([words]) => words[0] ?? ''));
