import type { ReplyLanguage } from '../lead-context.js';
import { wordSet } from './text/tokenize.js';

/** Words that only one of the two languages has; few, and in every other message. */
const SPANISH = wordSet(
  'el la los las una unos unas de del que qué en es está esta estoy estamos por para con sin mi mis su sus me te se lo ' +
    'al y o pero como cómo cuando cuándo donde dónde busco buscamos buscando casa casas quiero queremos quisiera ' +
    'necesito necesitamos tengo tenemos tiene tienen puedo puede gracias hola buenas buenos días tardes noches sí ' +
    'mil dólares dolares hasta menos más mas presupuesto meses semana semanas año años comprar compramos vender ' +
    'efectivo contado préstamo prestamo pago pagar favor ya también tambien muy cuánto cuanto usted ustedes hay ' +
    'nos gusta interesa escriban escribir mensajes llamar llame llamen español espanol habla hablan alguien eres',
);
const ENGLISH = wordSet(
  'the a an of to in on at is are am was be been i we you my our your it this that for with without and or but ' +
    'have has had do does did can could would will want need looking look house home houses homes buy budget ' +
    'please thanks thank hi hello hey under over around up max not any some how when where what who yes ' +
    'months month week weeks year cash loan approved us if so just get got send me like love',
);
/** As far as one has to read to know. */
const READ_CHARACTERS = 2_000;

/** The language of a message; null when its words tell neither. */
export function languageOf(text: string): ReplyLanguage | null {
  const words =
    text
      .slice(0, READ_CHARACTERS)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  let lean = /[¿¡ñ]/iu.test(text.slice(0, READ_CHARACTERS)) ? 1 : 0;
  for (const word of words) {
    if (SPANISH.has(word)) lean += 1;
    if (ENGLISH.has(word)) lean -= 1;
  }
  if (lean === 0) return null;
  return lean > 0 ? 'es' : 'en';
}
