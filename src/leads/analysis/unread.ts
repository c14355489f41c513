import type { LeadFacts } from '../lead-documents.js';
import { unknownFacts } from '../second-reading.js';
import type { Consent } from './consent/detect-consent.js';
import { MONTHS, SEASONS, WEEKDAYS } from './facts/calendar-words.js';
import { wordSet } from './text/tokenize.js';

/** Why a message may say more than the rules have read in it. */
export const UNREAD_SIGNS = [
  'figure',
  'calendar_word',
  'language',
  'anger',
  'question',
  'consent_doubt',
] as const;
export type UnreadSign = (typeof UNREAD_SIGNS)[number];

export interface RulesReading {
  /** What this message says. */
  readonly said: LeadFacts;
  /** What is known after it. */
  readonly known: LeadFacts;
  readonly consent: Consent | null;
  readonly asksQuestion: boolean;
}

/** As far as one has to look to know; a lead says what matters early. */
const LOOKED_AT = 2_000;
const PHONE_LIKE = /\+?\d[\d\s().-]{6,18}\d/g;
const FIGURE = /\d[\d.,]*/g;
const NUMBER_WORDS = wordSet(
  'hundred hundreds thousand million half fifty sixty seventy eighty ninety cien cientos doscientos trescientos ' +
    'cuatrocientos quinientos seiscientos medio millon millón',
);
const TIME_WORDS = new Set([
  ...MONTHS.keys(),
  ...SEASONS.keys(),
  ...WEEKDAYS.keys(),
  ...wordSet(
    'week weeks month months year years day days soon later lease christmas thanksgiving easter semana semanas mes ' +
      'meses año años dia día dias días pronto navidad contrato',
  ),
]);
const ANGRY = wordSet(
  'wtf fuck fucking fucked shit bullshit crap ridiculous harassing harassment annoying annoyed lawyer attorney sue ' +
    'report scam scammers spam angry pissed stupid idiots enough mierda molesto molesta molestando acoso demanda ' +
    'demandar estafa harto harta joder basta',
);
/** Words that others than English and Spanish build their sentences with; two of them tell. */
const OTHER_LANGUAGES = wordSet(
  'je nous vous avec dans une est sont bonjour merci maison cherche ' +
    'eu nós não voce você uma estou estamos olá obrigado obrigada procuro quero ' +
    'ich wir nicht und mit für eine ist suche suchen haus danke hallo ' +
    'io siamo sono una cerco cerchiamo grazie ciao ' +
    'tôi chúng muốn mua nhà cảm ơn ' +
    'ako kami ang ng mga bahay salamat gusto namin bumili',
);

/** What of a message the rules may have left unread; empty when there is nothing to gain from reading it again. */
export function unreadSigns(text: string, rules: RulesReading): readonly UnreadSign[] {
  if (rules.consent === 'opt_out' || text.trim() === '') return [];
  const looked = text.slice(0, LOOKED_AT);
  const words = looked.toLowerCase().match(/\p{L}+/gu) ?? [];
  const signs: Readonly<Record<UnreadSign, boolean>> = {
    ...signsOfFacts(looked, words, rules),
    anger: isAngry(looked, words),
    consent_doubt: rules.consent === 'hold',
  };
  return UNREAD_SIGNS.filter((sign) => signs[sign]);
}

type FactSign = Exclude<UnreadSign, 'anger' | 'consent_doubt'>;

const NOTHING_TO_FILL: Readonly<Record<FactSign, boolean>> = {
  figure: false,
  calendar_word: false,
  language: false,
  question: false,
};

function signsOfFacts(
  text: string,
  words: readonly string[],
  { said, known, asksQuestion }: RulesReading,
): Readonly<Record<FactSign, boolean>> {
  if (unknownFacts(known).length === 0) return NOTHING_TO_FILL;
  return {
    figure: hasUnreadFigure(text, words, said),
    calendar_word: said.timeline === 'unknown' && words.some((word) => TIME_WORDS.has(word)),
    language: isOtherLanguage(text, words),
    question: asksQuestion,
  };
}

/** More figures than what was read accounts for. */
function hasUnreadFigure(text: string, words: readonly string[], said: LeadFacts): boolean {
  const figures = text.replace(PHONE_LIKE, ' ').match(FIGURE)?.length ?? 0;
  const ends = new Set([said.budget_min, said.budget_max].filter((end) => end !== null));
  const accounted = ends.size + (said.timeline === 'unknown' ? 0 : 1);
  if (figures > accounted) return true;
  return ends.size === 0 && words.some((word) => NUMBER_WORDS.has(word));
}

function isOtherLanguage(text: string, words: readonly string[]): boolean {
  if (/[^\P{L}\p{Script=Latin}]{2}/u.test(text)) return true;
  return words.filter((word) => OTHER_LANGUAGES.has(word)).length >= 2;
}

/** Four words or more in capitals, or words that nobody uses who is content. */
function isAngry(text: string, words: readonly string[]): boolean {
  if (words.some((word) => ANGRY.has(word)) || text.includes('!!')) return true;
  return words.length >= 4 && text === text.toUpperCase();
}
