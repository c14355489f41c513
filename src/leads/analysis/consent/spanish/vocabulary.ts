import { oneOf } from '../one-of.js';

/** The words of revocations in Spanish, without accents. */

const GERUND = oneOf(
  'escribiendo, mandando, enviando, llamando, molestando, texteando, textiando, contactando, marcando, mensajeando, insistiendo, ' +
    'chingando, jodiendo, fastidiando, hostigando, acosando, buscando',
);
export const INFINITIVE = oneOf(
  'escribir, mandar, enviar, llamar, textear, textiar, contactar, molestar, marcar, mensajear, fastidiar, hostigar, acosar, ' +
    'chingar, joder, insistir, spamear, buscar',
);
/** "Deje de estar llamando", "dejen de mandarme". */
export const DOING = `(?:${INFINITIVE}|(?:estar )?${GERUND}|recibir)(?:me|nos)?`;

const verbs = (stems: string, endings: string): string => `${oneOf(stems)}(?:${endings})`;
/** The moods that forbid: "no me escriban", "les dije que no me llamaran". */
export const FORBIDDEN = `(?:${[
  verbs('escrib', 'a|an|as|iera|ieran|ieras'),
  verbs('jod, insist', 'a|an|as'),
  verbs('mand, envi, llam, contact, molest, texte, texti, text, mensaje, fastidi, acos', 'e|en|es'),
  verbs('mand, envi, llam, contact, molest, texte', 'ara|aran|aras'),
  verbs('bus', 'que|quen|ques'),
  verbs('mar', 'que|quen|ques'),
  verbs('habl', 'e|en|es'),
  verbs('hosti', 'gue|guen'),
  'hag(?:a|an) (?:llamadas|spam)',
  `(?:siga|sigan|sigas|este|esten|estes|ande|anden|andes) ${GERUND}(?:me|nos)?`,
  `(?:vuelva|vuelvan|vuelvas) a ${INFINITIVE}(?:me|nos)?`,
].join('|')})`;

const NAMED =
  'mensajes?(?: de texto)?, mensajitos, textos?, sms, correos?(?: electronicos?)?, emails?, llamadas?, spam, publicidad, propaganda, ' +
  'notificaciones, comunicaciones';
export const MESSAGES_NAMED = `${oneOf(NAMED)}(?: (?:ni|o|y)(?: de)? ${oneOf(NAMED)})*`;
export const MESSAGES = oneOf(`${NAMED}, promociones, nada, cosas, info, informacion, anuncios`);
export const DETERMINERS = `(?: ${oneOf(
  'mas, los, las, tus, sus, tantos, tantas, estos, estas, esos, esas, este, otro, otros, de, con, todos, todas, ningun, ninguna, ' +
    'recibir, mandar, enviar, mandarme, enviarme, ya, tu, su',
)})*`;

const FAMILY = 'esposa, esposo, mujer, marido, hermana, hermano, mama, papa, hijo, hija';
const LIMIT = new RegExp(
  `^(?: (?:mas|por favor|gracias|ya))* ${oneOf(
    'despues, antes, hasta, manana, temprano, tarde, ahora, ahorita, hoy, en este momento, (?:en|por) la (?:noche|manana|tarde), ' +
      'los (?:domingos|fines|sabados|lunes), el (?:domingo|sabado|fin), cuando, durante, mientras, a estas?, tan, ' +
      'si (?!me|no me|sigu), sobre (?!esto|eso|nada), acerca, arriba, abajo, por encima, fuera de, en (?:dallas|plano|frisco|mckinney|allen), ' +
      'de (?:dallas|plano|frisco|mckinney|allen|casas|mas de|la|el|los|las|condo\\w*), al? (?:mi |la |el )?(?:trabajo|oficina|agente), ' +
      `a (?:mi|la|las|el) (?:${oneOf(FAMILY)}|\\d+), por (?:whatsapp|correo|email|telefono|facebook)(?! (?:ni|o|y))`,
  )}(?= |$)`,
);
const NAMED_FIRST = new RegExp(`^${DETERMINERS} ${MESSAGES}`);
const THING = new RegExp(
  `^(?: mas)? ${oneOf(
    'casas, condominios, condos, departamentos, apartamentos, la, el, las, los, esa, ese, esas, fotos, solo, listados, opciones, ' +
      'propiedades, para',
  )}(?= )`,
);

/** A time, a place, a topic or a thing: the lead may still be written to. */
export const isLimited = (after: string): boolean =>
  LIMIT.test(after) || LIMIT.test(after.replace(NAMED_FIRST, '')) || THING.test(after);

/** "Dile al otro agente que". */
export const SAID_TO_OTHERS = new RegExp(
  ` ${oneOf(
    'dile, diles, digale, diganle, avisale, pidele, al, a la, a los, a mi, otro, otra, ellos, ella, agente, banco, prestamista',
  )}(?: \\w+)* que(?: (?:ya|por favor))?$`,
);
