import { findPhoneNumbersInText } from 'libphonenumber-js/min';
import { MONTHS, WEEKDAYS } from '../leads/analysis/facts/calendar-words.js';

/** What stands in place of what tells who somebody is. */
const MASKS = {
  phone: '[PHONE]',
  email: '[EMAIL]',
  link: '[LINK]',
  address: '[ADDRESS]',
  number: '[NUMBER]',
  name: '[NAME]',
} as const;

const EMAIL = /[^\s@<>(),;]{1,64}@[^\s@<>(),;]{1,255}/g;
const LINK = /\b(?:https?:\/\/|www\.)\S{1,2000}/gi;
const STREET =
  /\b\d{1,6}\s{1,3}(?:[\p{L}.'-]{1,30}\s{1,3}){1,4}(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl|circle|cir|parkway|pkwy|highway|hwy|trail|trl|terrace|ter|loop)\b\.?/giu;
const CALLE =
  /\b(?:calle|avenida|av\.|camino)\s{1,3}(?:[\p{L}.'-]{1,30}\s{1,3}){1,4}#?\d{1,6}\b/giu;
const ZIP = /\b[A-Z]{2}\s{1,3}\d{5}(?:-\d{4})?\b/g;
const LOCAL_PHONE = /\b\d{3}[-.]\d{4}\b/g;
/** Account, card and social security numbers: no price has so many digits. */
const LONG_NUMBER = /\b\d(?:[ -]?\d){8,18}\b/g;
/** A line in capitals at the beginning of each word says nothing about which of them are names. */
const MOST_CAPITALISED_SHARE = 0.5;
const CAPITALISED = /(?<=[\p{Ll}\p{N},;:]['"’]?\s{1,3})\p{Lu}\p{Ll}{1,30}(?:['’-]\p{L}{1,30})?/gu;
const INTRODUCED =
  /\b([Mm]y name is|[Nn]ame's|[Tt]his is|[Ii]'m|[Ii] am|[Mm]e llamo|[Mm]i nombre es|[Ss]oy)(\s{1,3})((?:\p{Lu}[\p{L}'’-]{1,30})(?:\s{1,3}\p{Lu}[\p{L}'’-]{1,30}){0,2})/gu;
/** Capitalised words that are no names. */
const ORDINARY = new Set([
  ...MONTHS.keys(),
  ...WEEKDAYS.keys(),
  ...'i english spanish español texas christmas thanksgiving easter halloween navidad airbnb zillow'.split(
    ' ',
  ),
]);

export interface MaskedPerson {
  /** Of the contact. */
  readonly names: readonly string[];
  /** Their names stay. */
  readonly serviceAreas: readonly string[];
}

/** The text without what tells who wrote it: names, telephone numbers, addresses, links, long numbers. */
export function maskPersonal(text: string, { names, serviceAreas }: MaskedPerson): string {
  const masked = withoutPhones(
    text.replace(LINK, MASKS.link).replace(EMAIL, MASKS.email).replace(STREET, MASKS.address),
  )
    .replace(CALLE, MASKS.address)
    .replace(ZIP, MASKS.address)
    .replace(LOCAL_PHONE, MASKS.phone)
    .replace(LONG_NUMBER, MASKS.number);
  return withoutNames(masked, names, new Set(serviceAreas.flatMap(wordsOf)));
}

function withoutPhones(text: string): string {
  let masked = '';
  let from = 0;
  for (const { startsAt, endsAt } of findPhoneNumbersInText(text, { defaultCountry: 'US' })) {
    masked += text.slice(from, startsAt) + MASKS.phone;
    from = endsAt;
  }
  return masked + text.slice(from);
}

function withoutNames(
  text: string,
  names: readonly string[],
  areaWords: ReadonlySet<string>,
): string {
  const known = new Set(names.flatMap(wordsOf).filter((word) => word.length > 1));
  const introduced = text.replace(
    INTRODUCED,
    (whole, opening: string, blank: string, name: string) =>
      isName(name.split(/\s/)[0] ?? '', areaWords) ? `${opening}${blank}${MASKS.name}` : whole,
  );
  const isTitled = isTitleCase(introduced);
  return introduced
    .replace(/\p{L}[\p{L}'’-]*/gu, (word) => (known.has(word.toLowerCase()) ? MASKS.name : word))
    .replace(CAPITALISED, (word) => (!isTitled && isName(word, areaWords) ? MASKS.name : word));
}

/** Written with a capital, and no word of the calendar or of the areas served. */
function isName(word: string, areaWords: ReadonlySet<string>): boolean {
  const plain = word.toLowerCase();
  return /^\p{Lu}/u.test(word) && !ORDINARY.has(plain) && !areaWords.has(plain);
}

function isTitleCase(text: string): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  const capitalised = words.filter((word) => /^\p{Lu}/u.test(word));
  return capitalised.length > words.length * MOST_CAPITALISED_SHARE;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? [];
}
