import { compileLexicon, phraseList } from '../text/phrases.js';

/** What is said of time without a figure, in both languages; without accents. */

/** Days to a deadline that has no figure; 0 is at once. */
export type Meaning = number | 'flexible' | 'pressure';

const AT_ONCE = [
  'asap, as soon as possible, as quickly as possible, as fast as possible, as soon as we can, as soon as i can',
  'the sooner the better, sooner the better, immediately, immediate',
  'urgent, urgently, right now, right away, right this minute, straight away, today, tonight, this week',
  'this weekend, end of the week, end of this week, end of week, ready now, buy now, move now, like now',
  'like yesterday, by yesterday, as of yesterday, was yesterday',
];
const AT_ONCE_SPANISH = [
  'lo antes posible, lo mas pronto posible, lo mas rapido posible, lo antes que se pueda, lo antes que pueda',
  'lo antes que podamos, lo mas pronto que se pueda, lo mas pronto q se pueda, lo mas pronto que pueda',
  'lo mas rapido que se pueda, entre mas pronto mejor, cuanto antes, lo antes, urge, me urge, nos urge, urgente',
  'urgentemente, de inmediato, inmediatamente, ya mismo, ahora mismo, hoy, hoy mismo, esta semana',
  'este fin de semana, enseguida, en seguida, para ya, de volada, ya ya',
];
const WITHOUT_HURRY = [
  'flexible, whenever, eventually, someday, some day, take our time, taking our time, take my time, taking my time',
  'open ended, in no rush, in no hurry, not in any rush, no rush, zero rush, zero hurry, taking it slow, take it slow',
  "just seeing what's out there, seeing what's out there, seeing whats out there, seeing what is out there",
  "looking at what's out there, looking at whats out there, see what's out there, see whats out there",
  'browsing for now, window shopping, just looking for now, just looking right now, just started looking, early stages, kicking tires, testing the waters, we can wait, i can wait, willing to wait',
  'happy to wait, can wait for the right, wait for the right, waiting for the right, waiting on the right',
  'no timeline, no set timeline, no time frame, no timeframe, no specific timeline, no particular timeline',
  'no real timeline, no hard deadline, no set date, no set time, no exact date, no date in mind, no time in mind',
  'no fixed date, no time crunch, no time limit, all the time in the world',
];
const WITHOUT_HURRY_SPANISH = [
  'sin prisa, sin prisas, sin apuro, sin apuros, sin presion, no tengo prisa, no tenemos prisa, no hay prisa',
  'no hay apuro, no tengo apuro, no llevo prisa, no llevamos prisa, no traigo prisa, no traemos prisa, no me urge',
  'no nos urge, no es urgente, no hay urgencia, no corre prisa, cuando sea, cuando se pueda, con calma, sin fecha',
  'sin fecha fija, podemos esperar, puedo esperar',
];

/** Each beginning with each end. */
const combine = (beginnings: string, ends: string): readonly string[] =>
  phraseList(beginnings).flatMap((start) => phraseList(ends).map((end) => `${start} ${end}`));

const BROWSING = [
  ...combine(
    'just, only, still, mostly',
    'browsing, window shopping, looking around, exploring, poking around, checking things out, curious, dreaming, researching, ' +
      'getting ideas, getting an idea, getting a feel, getting started, starting to look, starting out',
  ),
  ...combine(
    'nomas, solo, nada mas, apenas, solamente',
    'viendo, mirando, checando, explorando, estoy viendo, estoy mirando, ando viendo, ando mirando, estamos viendo, ' +
      'estamos mirando, andamos viendo, estoy checando, ando checando, estoy empezando',
  ),
  ...combine('viendo, mirando, checando', 'nomas, nada mas, solamente, opciones'),
  ...combine(
    'cuando',
    'encuentre algo, encontremos algo, encuentre la, encontremos la, salga algo, salga la, aparezca algo, aparezca la, haya algo',
  ),
];

const lists = (...rows: readonly string[]): readonly string[] => rows.flatMap(phraseList);

export const PHRASES = compileLexicon<Meaning>([
  [0, lists(...AT_ONCE, ...AT_ONCE_SPANISH)],
  [1, lists('tomorrow, tmrw, para mañana')],
  [14, lists('next week, coming weeks, next weeks')],
  [14, lists('la proxima semana, la semana que viene, la semana entrante')],
  [
    30,
    lists(
      'this month, next month, end of the month, end of this month, end of month, month end, coming month',
      'este mes, el proximo mes, proximo mes, el mes que viene, el mes que entra, el mes entrante, fin de mes',
      'fines de mes, finales de mes, el otro mes, el mes q viene',
    ),
  ],
  [60, lists('end of next month, finales del proximo mes')],
  [90, lists('this quarter, next quarter, end of the quarter, coming months, next months')],
  [90, lists('los proximos meses, proximos meses')],
  [
    360,
    lists(
      'this year, next year, end of the year, end of this year, end of year, year end, coming year',
      "year's end, years end",
      'este año, el proximo año, proximo año, el año que viene, el año que entra, el año entrante, fin de año',
      'fines de año, finales de año, acabe el año, termine el año, se acabe el año, el otro año, el otro ano, el año q viene, el ano que viene, el proximo ano, este ano',
    ),
  ],
  ['flexible', [...lists(...WITHOUT_HURRY, ...WITHOUT_HURRY_SPANISH), ...BROWSING]],
  [
    'pressure',
    lists('rush, hurry, urgency, pressure, deadline, timeline, time line, timeframe, time frame'),
  ],
]);
