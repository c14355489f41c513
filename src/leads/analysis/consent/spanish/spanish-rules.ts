import type { Finding, Place, Rule } from '../findings.js';

/**
 * Revocations in Spanish. The moods tell them from complaints: "no me escriban" forbids, "no me
 * escriben" tells.
 */

type Verdict = Finding['verdict'] | null;

const FORBIDDEN =
  '(?:escrib(?:a|an|as|ais|iera|ieran|ieras)|(?:mand|envi|llam|texte|contact|molest)(?:ara|aran|aras)|mand(?:e|en|es)|envi(?:e|en|es)|llam(?:e|en|es)|text(?:ee|een|ees|ie|ien|ies|e|en|es)|contact(?:e|en|es)|molest(?:e|en|es)|busq(?:ue|uen|ues)|habl(?:e|en|es)|marq(?:ue|uen|ues)|mensaj(?:ee|een|ees)|fastidi(?:e|en|es)|moleste|jod(?:a|an|as)|mande|acos(?:e|en|es)|hostig(?:ue|uen)|hag(?:a|an) (?:llamadas|spam)|(?:siga|sigan|sigas) (?:escribiendo|mandando|enviando|llamando|molestando|texteando|textiando|contactando|marcando|mensajeando|insistiendo)|(?:vuelva|vuelvan|vuelvas) a (?:escribir|llamar|mandar|enviar|contactar|molestar|textear|marcar|buscar|hablar)(?:me|nos)?)';
const INFINITIVE =
  '(?:escribir|mandar|enviar|llamar|textear|textiar|contactar|molestar|marcar|mensajear|fastidiar|hostigar|acosar|chingar|joder|insistir|spamear|buscar)';
const MESSAGES =
  '(?:mensajes?(?: de texto)?|mensajitos|textos?|sms|correos?(?: electronicos?)?|emails?|llamadas?|spam|publicidad|propaganda|promociones|notificaciones|comunicaciones|nada|cosas|info|informacion|anuncios)';
const MESSAGES_NAMED =
  '(?:mensajes?(?: de texto)?|mensajitos|textos?|sms|correos?(?: electronicos?)?|emails?|llamadas?|spam|publicidad|propaganda|notificaciones|comunicaciones|texts|messages)';
const DETERMINERS =
  '(?: (?:mas|los|las|tus|sus|tantos|tantas|estos|estas|esos|esas|este|otro|otros|de|con|todos|todas|ningun|ninguna|recibir|mandar|enviar|mandarme|enviarme|ya|tu|su))*';
const LIMIT =
  /^(?: (?:mas|por favor|gracias|ya|porfavor))* (?:despues|antes|hasta|manana|en la (?:noche|manana|tarde)|por la (?:noche|manana|tarde)|los (?:domingos|fines|sabados|lunes)|el (?:domingo|sabado|fin)|cuando|durante|mientras|a esta|a estas|tan|ahorita|hoy|si (?!me|no me|sigu)|sobre (?!esto|eso|nada)|acerca|de (?:dallas|plano|frisco|mckinney|allen|casas|mas de|la|el|los|las|condo\w*)|a (?:mi|la|las|el) (?:esposa|esposo|trabajo|mujer|marido|hermana|mama|papa|1|2|3|4|5|6|7|8|9|10|oficina)|a mi (?:esposa|esposo|mama|papa|hermano|hermana|hijo|hija|trabajo)|al (?:trabajo|agente))/;
const THING =
  /^(?: mas)? (?:casas|condominios|condos|departamentos|apartamentos|la|el|las|los|esa|ese|esas|fotos|solo|listados|opciones|propiedades|para)\b/;
const OTHER_SAID =
  / (?:dile|diles|digale|diganle|avisale|pidele|al|a la|a los|a mi|otro|otra|ellos|ella|agente|banco|prestamista)(?: \w+)* que(?: (?:ya|por favor))?$/;

const limited = (after: string): boolean =>
  LIMIT.test(after) || LIMIT.test(after.replace(NAMED_FIRST, ''));
const NAMED_FIRST = new RegExp(`^${DETERMINERS} ${MESSAGES}`);

const forbids: Rule = {
  pattern: new RegExp(
    ` (?:no|nunca|jamas|ni)(?: (?:mas|quiero que|deseo que|necesito que|quisiera que|me|nos|ya|se))* ${FORBIDDEN}(?: (?:ni|o|y)(?: me)? ${FORBIDDEN})*(?= )`,
    'g',
  ),
  judge: (place) => ofForbidden(place),
};

function ofForbidden({ phrase, before, after }: Place): Verdict {
  const isToLead = / (?:me|nos) /.test(`${phrase} `) || /(?:me|nos)(?: |$)/.test(phrase.slice(-4));
  if (/ (?:por que|porque|para que|si|que tal si|ojala)$/.test(before) || OTHER_SAID.test(before))
    return null;
  if (limited(after) || THING.test(after)) return null;
  if (/ le (?:dije|pedi) que$/.test(before)) return 'hold';
  if (isToLead) return 'opt_out';
  return new RegExp(`^${DETERMINERS} (?:${MESSAGES}|[.,!?]|mas|por favor|a este)`).test(after) &&
    !/ (?:busq|habl|hag)/.test(phrase)
    ? 'opt_out'
    : null;
}

const forbidsInfinitive: Rule = {
  pattern: new RegExp(
    ` (?:no|favor de no|por favor no)(?: (?:volver a|seguir))? ${INFINITIVE}(?:me|nos|les?)?(?: (?:ni|o|y) ${INFINITIVE})*(?:${DETERMINERS} ${MESSAGES})?(?= )`,
    'g',
  ),
  judge: ({ before, after, phrase }) => {
    if (
      limited(after) ||
      THING.test(after) ||
      (/ (?:para|de|puedo|puede|pueden|quiero|quieren|prefiero|por)$/.test(before) &&
        !/ (?:por favor|prefiero)$/.test(before))
    )
      return null;
    return / (?:buscar|insistir)/.test(phrase) && !/ buscarme/.test(phrase) ? null : 'opt_out';
  },
};

const leavesOff: Rule = {
  pattern: new RegExp(
    ` (?:dejen|deje|deja|dejes|dejar|paren|pare|para|parar|parale|parenle|basta|ya basta|suficiente|dejenle|dejense|dejate) (?:ya )?(?:de|con) (?:estar )?(?:${INFINITIVE}(?:me|nos)?|(?:mandando|enviando|molestando|llamando|escribiendo|chingando)(?:me|nos)?)(?:${DETERMINERS} ${MESSAGES})?(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (
      / (?:no|nunca|sin|por que)$/.test(before) ||
      OTHER_SAID.test(before) ||
      / (?:el|ella|agente|ellos) (?:que )?$/.test(before)
    )
      return null;
    if (limited(after) || THING.test(after)) return null;
    if (/ para /.test(`${phrase} `) && / para de (?:buscar|llamar|enviar|mandar)$/.test(phrase))
      return null;
    const isToLead =
      /(?:me|nos)(?: |$)/.test(phrase) ||
      /^ [.,!?]/.test(after) ||
      new RegExp(` ${MESSAGES}$`).test(phrase) ||
      /^ (?:por favor|ya|gracias|mas|a este|a mi (?:numero|telefono|celular))(?= )/.test(after);
    return isToLead ? 'opt_out' : null;
  },
};

const enough: Rule = {
  pattern: new RegExp(
    ` (?:basta(?: ya)?|no mas|ya no mas|ya no|no|sin mas|alto a|alto con|paren|parale a|suficiente|suficientes|cancelar|cancelen|cancela|cancele|cancelo|detengan|detener|parar|stop|alto|quiten|suspendan)(?: (?:con|de))?${DETERMINERS} ${MESSAGES_NAMED}(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (/^ no (?:texts|messages|emails?|spam|sms)/.test(phrase)) return null;
    if (
      / (?:hay|tengo|recibi|llegan|llegaron|he recibido|por que|me llegan|recibido|vi|veo)$/.test(
        before,
      )
    )
      return null;
    if (
      limited(after) ||
      / (?:del|de (?:mi|la|el)|que)$/.test(/^(?: \w+){1,2}/.exec(after)?.[0] ?? '')
    )
      return null;
    if (
      /^ no (?:mensajes|textos|llamadas|correos)/.test(phrase.trimStart()) ||
      / no (?:los|las|tus|sus)/.test(phrase)
    )
      return before.trim() === '' ? 'opt_out' : null;
    return 'opt_out';
  },
};

const unwanted: Rule = {
  pattern: new RegExp(
    ` no (?:quiero|deseo|necesito|me interesa|quisiera|quiere|queremos|deseamos|acepto|autorizo|pedi|solicite)(?: (?:ya|mas|seguir|recibir|recibiendo|ver|que me (?:sigan|esten) (?:mandando|enviando)|que me manden|que me envien|tener|sus|tus|estos|los|de|ningun|ninguna|esos|tantos|otro))* (?:${MESSAGES_NAMED}|nada(?<=recibir nada)|(?:ser|que me) (?:contactad[oa]|molestad[oa]|llamad[oa])|saber (?:nada|mas)(?: (?:de|mas))*|nada de (?:ustedes|usted|ti)|nada mas de (?:ustedes|usted|ti)|contacto|que me (?:contacten|escriban|llamen|molesten|textee?n|busquen|hablen|marquen))(?= )`,
    'g',
  ),
  judge: ({ after, phrase }) =>
    limited(after) ? null : / (?:pedi|solicite)/.test(phrase) ? 'hold' : 'opt_out',
};

const takesOff: Rule = {
  pattern:
    / (?:(?:quit|sac|saqu|borr|elimin|remuev|remov|baj|desuscrib|tach|suprim|descart|bloque)(?:e|en|a|an|ar|as)(?:me|nos)|(?:denme|deme|dame|dar|darme|doy|de|den|darnos|dennos) (?:de )?baja|(?:quit|borr|elimin|remuev|sac|olvid|saqu|suprim|bloque)(?:e|en|a|ar|an) (?:mi|este|mis) (?:numero|nombre|telefono|datos|informacion|info|contacto|correo|celular|registro))(?= )/g,
  judge: ({ phrase, before, after }) => {
    if (/ (?:no|puedo|por que|el precio|precio|la|hipoteca|se)$/.test(before)) return null;
    if (
      / (?:baja|de baja)$/.test(phrase) &&
      /^ (?:del (?:precio|enganche)|el |la |los )/.test(after)
    )
      return null;
    if (
      /^ (?:la (?:recamara|cocina|lista de espera)|las de|los de|el precio|las|los|una|un|del apuro|de (?:dudas|aqui|la duda)|de la lista de espera|de la cita|de la hipoteca|unas|de dallas|de plano|de frisco)(?= )/.test(
        after,
      )
    )
      return null;
    return 'opt_out';
  },
};

/** "Quiero que me quiten de la lista", "me pueden sacar de su lista". */
const asksOff: Rule = {
  pattern:
    / me (?:quiten|borren|saquen|eliminen|remuevan|bajen|den de baja|quite|saque|borre|elimine|(?:pueden?|podrian?|puedes|podrias) (?:quitar|sacar|borrar|eliminar|dar de baja|remover))(?= )/g,
  judge: ({ before, after }) =>
    !/ no$/.test(before) &&
    /^(?: (?:por favor|ya|completamente))* (?:[.,!?]|de (?:su|tu|la|esta|esa|sus|las|todas) (?:lista|listas|base|sistema|contactos)(?! de espera))(?= |$)/.test(
      `${after} `,
    )
      ? 'opt_out'
      : null,
};

/** "Please stop mandandome mensajes". */
const stopsMixed: Rule = {
  pattern:
    / (?:stop|quit) (?:mandando|enviando|texteando|textiando|llamando|molestando|escribiendo|contactando)(?:me|nos)?(?= )/g,
  judge: ({ before }) => (/ (?:dont|no|not|never|cant)$/.test(before) ? null : 'opt_out'),
};

const leavesAlone: Rule = {
  pattern:
    / (?:dejenme|dejame|dejeme|dejennos|dejanos) (?:ya )?(?:en paz|tranquil[oa]s?|solo|sola|de (?:molestar|llamar|escribir|mandar|chingar)(?: mensajes)?)(?= )/g,
  judge: ({ before }) => (/ no$/.test(before) ? null : 'opt_out'),
};

const withdrawsConsent: Rule = {
  pattern:
    / (?:(?:retiro|revoco|cancelo|quito) mi (?:consentimiento|autorizacion|permiso)|no (?:doy|di|autorizo|tienen|tiene|les doy)(?: (?:mi|ningun|que me|a que me))* (?:consentimiento|permiso|autorizacion|contacten|escriban|llamen|manden)|(?:cancelar|cancelen|cancela|anular|cancele|quiero cancelar) (?:mi|la|esta) (?:suscripcion|subscripcion)|no molestar|no molesten|no molestes|no moleste|vayanse|larguense|ya estuvo|ya parale)(?= )/g,
  judge: ({ phrase, after }) =>
    /^ (?:a la|al|a los) /.test(after) && / molest/.test(phrase)
      ? null
      : limited(after)
        ? null
        : / no di /.test(phrase)
          ? 'hold'
          : / (?:vayanse|larguense|estuvo)$/.test(phrase)
            ? 'hold'
            : 'opt_out',
};

export const SPANISH_RULES: readonly Rule[] = [
  forbids,
  forbidsInfinitive,
  leavesOff,
  enough,
  unwanted,
  takesOff,
  asksOff,
  stopsMixed,
  leavesAlone,
  withdrawsConsent,
];
