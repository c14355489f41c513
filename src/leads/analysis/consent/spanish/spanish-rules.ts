import type { Place, Rule, Verdict } from '../findings.js';
import { beginsWith, endsIn, holds, oneOf } from '../one-of.js';
import {
  DETERMINERS,
  DOING,
  FORBIDDEN,
  INFINITIVE,
  isLimited,
  MESSAGES,
  MESSAGES_NAMED,
  SAID_TO_OTHERS,
} from './vocabulary.js';

/**
 * Revocations in Spanish. The moods tell them from complaints: "no me escriban" forbids, "no me
 * escriben" tells.
 */

const forbids: Rule = {
  pattern: new RegExp(
    ` (?:no|nunca|jamas|ni)(?: ${oneOf('mas, quiero que, deseo que, necesito que, quisiera que, me, nos, ya, se')})*` +
      ` ${FORBIDDEN}(?: (?:ni|o|y)(?: me)? ${FORBIDDEN})*(?:${DETERMINERS} ${MESSAGES_NAMED})?(?= )`,
    'g',
  ),
  judge: ofForbidden,
};

const ASKED_WHY = endsIn('por que, porque, si, que tal si, ojala, (?<! como hago) para que');
const OF_US = new RegExp(`^${DETERMINERS} (?:${MESSAGES}|[.,!?]|mas|por favor|a este)`);

function ofForbidden({ phrase, before, after }: Place): Verdict {
  if (holds(before, ASKED_WHY, SAID_TO_OTHERS) || isLimited(after)) return null;
  if (/ le (?:dije|pedi) que$/.test(before)) return 'hold';
  if (/ (?:me|nos)(?= |$)|(?:rme|rnos|ndome|ndonos)(?= |$)/.test(phrase)) return 'opt_out';
  const namesMessages = new RegExp(` ${MESSAGES_NAMED}$`).test(phrase);
  const isOfUs = namesMessages || OF_US.test(after);
  return isOfUs && !/ (?:bus|habl|hag)/.test(phrase) ? 'opt_out' : null;
}

const forbidsInfinitive: Rule = {
  pattern: new RegExp(
    ` (?:no|favor de no|por favor no)(?: (?:volver a|seguir))? ${INFINITIVE}(?:me|nos|les?)?(?: (?:ni|o|y) ${INFINITIVE})*(?:${DETERMINERS} ${MESSAGES})?(?= )`,
    'g',
  ),
  judge: ({ before, after, phrase }) => {
    const isTold =
      endsIn('para, de, puedo, puede, pueden, quiero, quieren, por').test(before) &&
      !/ por favor$/.test(before);
    const isSearch = / (?:buscar|insistir)/.test(phrase) && !/ buscarme/.test(phrase);
    return isTold || isSearch || isLimited(after) ? null : 'opt_out';
  },
};

const leavesOff: Rule = {
  pattern: new RegExp(
    ` ${oneOf('dejen, deje, deja, dejes, dejar, paren, pare, para, parar, parale, parenle, basta, ya basta, suficiente, dejenle, dejense, dejate')}` +
      ` (?:ya )?(?:de|con) ${DOING}(?:${DETERMINERS} ${MESSAGES})?(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    const isOther = holds(
      before,
      endsIn('no, nunca, sin, por que, el, ella, agente, ellos, cuando, precio, precios, tasas'),
      / (?:el|ella|agente|ellos) que$/,
      SAID_TO_OTHERS,
    );
    const isUse = / para de (?:buscar|llamar|enviar|mandar)$/.test(phrase);
    return isOther || isUse || isLimited(after) || !isToLead(phrase, after) ? null : 'opt_out';
  },
};

const ENDS_ITSELF =
  /^ (?:[.,!?]|por favor|ya|gracias|mas|a este|a mi (?:numero|telefono|celular))(?= |$)/;
const isToLead = (phrase: string, after: string): boolean =>
  new RegExp(` ${MESSAGES}$`).test(phrase) ||
  (!/ recibir/.test(phrase) && (/(?:me|nos)(?: |$)/.test(phrase) || ENDS_ITSELF.test(after)));

const enough: Rule = {
  pattern: new RegExp(
    ` ${oneOf(
      'basta(?: ya)?, no mas, ya no mas, ya no, no, sin mas, alto a, alto con, alto, paren, parale a, parar, paro, suficientes?, ' +
        'stop, cancelar, cancelen, cancela, cancele, cancelo, detengan, detener, detengo, quiten, suspendan',
    )}(?: (?:con|de))?${DETERMINERS} (?:${MESSAGES_NAMED})(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    // English nouns have rules of their own.
    if (/ (?:no|stop|cancel\w*) (?:texts|messages|emails?|spam|sms)(?= |$)/.test(phrase))
      return null;
    const isTold = endsIn(
      'hay, tengo, recibi, llegan, llegaron, he recibido, por que, me llegan, recibido, vi, veo, dont, cant',
    ).test(before);
    const isOther = / (?:del|de (?:mi|la|el)|que)$/.test(/^(?: \w+){1,2}/.exec(after)?.[0] ?? '');
    if (isTold || isOther || isLimited(after)) return null;
    const isPlainNo = /^ no (?:los |las |tus |sus )?(?:mensajes|textos|llamadas|correos)/.test(
      phrase,
    );
    return isPlainNo && before.trim() !== '' ? null : 'opt_out';
  },
};

const unwanted: Rule = {
  pattern: new RegExp(
    ` no ${oneOf('quiero, deseo, necesito, me interesa, quisiera, quiere, queremos, deseamos, acepto, autorizo, pedi, solicite')}` +
      `(?: ${oneOf(
        'ya, mas, seguir, recibir, recibiendo, ver, que me manden, que me envien, tener, sus, tus, estos, los, de, ningun, ninguna, esos, tantos, otro',
      )})* (?:${MESSAGES_NAMED}|(?<=recibir (?:mas )?)(?:nada|info|informacion)|(?:ser|que me) (?:contactad|molestad|llamad)[oa]|` +
      `saber (?:nada|mas)(?: (?:de|mas))*|nada (?:mas )?de (?:ustedes|usted|ti)|contacto|que me ${FORBIDDEN})(?= )`,
    'g',
  ),
  judge: ({ after, phrase }) => {
    if (isLimited(after)) return null;
    return / (?:pedi|solicite) /.test(phrase) ? 'hold' : 'opt_out';
  },
};

const LISTS = '(?:lista|listas|base|sistema|contactos)(?! de espera)';
const NO_LIST = beginsWith(
  'la (?:recamara|cocina|lista de espera), las de, los de, el precio, las, los, una, un, unas, del apuro, de (?:dudas|aqui|la duda), ' +
    'de la lista de espera, de la cita, de la hipoteca, de dallas, de plano, de frisco, de cuenta',
);
const takesOff: Rule = {
  pattern: new RegExp(
    ` (?:${oneOf('quit, sac, saqu, borr, elimin, remuev, remov, baj, desuscrib, tach, suprim, descart, bloque')}(?:e|en|a|an|ar|as)(?:me|nos)|` +
      `(?:denme|deme|dame|dar|darme|doy|de|den|date|darnos|dennos) (?:de )?baja|` +
      `${oneOf('quit, borr, elimin, remuev, sac, saqu, suprim, bloque')}(?:e|en|a|ar|an) (?:mi|este|mis) ` +
      `${oneOf('numero, nombre, telefono, datos, informacion, info, contacto, correo, celular, registro')}|` +
      `(?:olviden|olvidense de) mi numero|(?:quitar|sacar|borrar) de (?:la|su|tu) ${LISTS})(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    const isElse = endsIn('no, no puedo, por que, el precio, precio, la, hipoteca, se').test(
      before,
    );
    const isPrice =
      / baja$/.test(phrase) && /^ (?:del (?:precio|enganche)|el |la |los )/.test(after);
    return isElse || isPrice || NO_LIST.test(after) ? null : 'opt_out';
  },
};

/** "Quiero que me quiten de la lista", "me pueden sacar de su lista", "quiero ser removido". */
const asksOff: Rule = {
  pattern: new RegExp(
    ` (?:me ${oneOf(
      'quiten, borren, saquen, eliminen, remuevan, bajen, den de baja, quite, saque, borre, elimine, ' +
        '(?:pueden?|podrian?|puedes|podrias) (?:quitar|sacar|borrar|eliminar|dar de baja|remover)',
    )}|ser (?:removid|borrad|eliminad|quitad|sacad|dad)[oa])(?= )`,
    'g',
  ),
  judge: ({ before, after }) =>
    !/ no$/.test(before) &&
    new RegExp(
      `^(?: (?:por favor|ya|completamente))* (?:[.,!?]|de (?:su|tu|la|esta|esa|sus|las|todas|baja)(?: ${LISTS})?)(?= |$)`,
    ).test(after)
      ? 'opt_out'
      : null,
};

/** "Quiero que paren", "que ya dejen". */
const asksToStop: Rule = {
  pattern: / que (?:ya )?(?:paren|pare|dejen|deje)(?= )/g,
  judge: ({ before, after }) =>
    /(?:^| (?:quiero|pido|necesito|deseo|por favor))$/.test(before) && /^ (?:ya )?[.,!]/.test(after)
      ? 'opt_out'
      : null,
};

/** "Please stop mandandome mensajes". */
const stopsMixed: Rule = {
  pattern:
    / (?:stop|quit) (?:mandando|enviando|texteando|textiando|llamando|molestando|escribiendo|contactando)(?:me|nos)?(?= )/g,
  judge: ({ before }) => (endsIn('dont, no, not, never, cant').test(before) ? null : 'opt_out'),
};

const leavesAlone: Rule = {
  pattern:
    / (?:dejenme|dejame|dejeme|dejennos|dejanos) (?:ya )?(?:en paz|tranquil[oa]s?|solo|sola|de (?:molestar|llamar|escribir|mandar|chingar)(?: mensajes)?)(?= )/g,
  judge: ({ before }) => (/ no$/.test(before) ? null : 'opt_out'),
};

const withdrawsConsent: Rule = {
  pattern: new RegExp(
    ` ${oneOf(
      '(?:retiro|revoco|cancelo|quito) mi (?:consentimiento|autorizacion|permiso), ' +
        'no (?:doy|di|autorizo|tienen|tiene|les doy)(?: (?:mi|ningun|que me|a que me))* (?:consentimiento|permiso|autorizacion|contacten|escriban|llamen|manden), ' +
        '(?:cancelar|cancelen|cancela|anular|cancele) (?:mi|la|esta) (?:suscripcion|subscripcion), ' +
        'vayanse, larguense, ya estuvo, ya parale',
    )}(?= )`,
    'g',
  ),
  judge: ({ phrase }) =>
    holds(phrase, / no di /, / (?:vayanse|larguense|estuvo|parale)$/) ? 'hold' : 'opt_out',
};

export const SPANISH_RULES: readonly Rule[] = [
  forbids,
  forbidsInfinitive,
  leavesOff,
  enough,
  unwanted,
  takesOff,
  asksOff,
  asksToStop,
  stopsMixed,
  leavesAlone,
  withdrawsConsent,
];
