import { isOneLetterOff, plainWord } from './plain-words.js';

/** What a message says that is nothing but a carrier's word. */
export type Keyword = 'stop' | 'start' | 'yes';

const words = (list: string): readonly string[] => list.split(', ');

const STOP_WORDS = new Set(
  words(
    'stop, stopall, unsubscribe, unsub, cancel, end, quit, revoke, remove, optout, opt out, stop all, ' +
      'stop2end, stop 2 end, stop to end, stop2quit, dnc, unsubscribe all, ' +
      'alto, parar, pare, paren, basta, ya basta, no mas, no more, ' +
      'ya no mas, baja, dar de baja, darme de baja, cancelar, cancela, cancele, cancelen, detener, detenganse, ' +
      'terminar, eliminar, salir, borrar, desuscribir, desuscribirme, desuscribirse, ' +
      'anular suscripcion, cancelar suscripcion, stop ya, alto ya, parar ya, para ya',
  ),
);
/** One letter wrong is forgiven in them: they have seven letters or more. */
const LONG_STOP_WORDS = words(
  'stopall, unsubscribe, stop2end, cancelar, desuscribir, desuscribirme',
);
/** "stpo", "sotp", "stopp", "st0p". */
const MISSPELT_STOPS = new Set(words('stpo, sotp, stopp, st0p, 5top, s7op, st0pp'));
const START_WORDS = new Set(
  words(
    'start, unstop, optin, opt in, opt me in, opt me back in, start again, resubscribe, subscribe, subscribe me, start texting',
  ),
);
const YES_WORDS = new Set(words('yes, si'));

const POLITENESS = new Set(
  words(
    'please, pls, plz, thanks, thank, you, thx, ty, u, now, immediately, kindly, sir, maam, mam, ' +
      'por, favor, porfa, gracias, porfavor, ya, senor, senora',
  ),
);
const MAX_LENGTH = 120;
const MAX_WORDS = 12;

/** The keyword that is the whole message, whatever its punctuation, repetition, politeness and signs. */
export function keywordOf(text: string): Keyword | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null;
  const all = wordsOf(trimmed);
  if (all.length === 0 || all.length > MAX_WORDS) return null;
  const polite = all.filter((word) => !POLITENESS.has(word));
  return (
    [all, unique(all), unique(polite)].map(meaningOf).find((meaning) => meaning !== null) ?? null
  );
}

function wordsOf(text: string): readonly string[] {
  const found = text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
  return found.map(plainWord).filter((word) => word !== '');
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];

function meaningOf(list: readonly string[]): Keyword | null {
  const message = list.join(' ');
  if (STOP_WORDS.has(message) || isMadeOfStops(list) || isDisguised(list)) return 'stop';
  if (START_WORDS.has(message)) return 'start';
  return YES_WORDS.has(message) ? 'yes' : null;
}

/** "STOP UNSUBSCRIBE". */
function isMadeOfStops(list: readonly string[]): boolean {
  return list.length > 0 && list.every((word) => STOP_WORDS.has(word) || isMisspelt(word));
}

function isMisspelt(word: string): boolean {
  if (MISSPELT_STOPS.has(word)) return true;
  return LONG_STOP_WORDS.some((right) => isOneLetterOff(word, right));
}

/** "s t o p", "st op", "s.t.o.p": letters of one word with blanks or dots between. */
function isDisguised(list: readonly string[]): boolean {
  const letters = list.join('');
  if (list.length < 2 || letters.length > 11) return false;
  if (['stop', 'st0p', 'stopall'].includes(letters)) return true;
  return list.every((word) => word.length === 1) && STOP_WORDS.has(letters);
}
