/**
 * The notices that we and other senders must add, as they come back in a lead's message: "Reply STOP
 * to opt out", "to unsubscribe click here". They are words of a sender, not a wish of the lead.
 */
const END =
  '(?:opt out|unsubscribe|cancel|end|quit|stop|be removed|remove|opt[ -]?out|discontinue|no longer receive|not receive|cancelar|dejar de recibir|salir|terminar|darse de baja|parar)';
const NOTICES: readonly RegExp[] = [
  new RegExp(
    ` (?:reply|text|txt|send|respond|msg|message|say|type|responda|responde|envia|envie|conteste)(?: (?:with|us|back|me|the word|con))* (?:stop|end|unsubscribe|alto|parar|cancel|cancelar|baja) (?:to|2|for|para|anytime to|at any time to|if you (?:want|would like) to)(?: (?:be|to))* ${END}(?: (?:out|from|of|receiving|these|this|future|our|messages?|texts?|receive|mensajes?|at any time|anytime))*`,
    'g',
  ),
  new RegExp(
    ` to (?:opt out|unsubscribe|stop|cancel|end|be removed)(?: (?:from|receiving|of|these|this|messages?|texts?|future|our|all))*(?: ,)?(?: (?:just|please|simply))? (?:reply|text|send|respond|type|click|tap|press|visit|go|follow|use)(?: (?:with|back|the|this|to|on))* (?:stop|end|unsubscribe|here|link|below|cancel)(?= )`,
    'g',
  ),
  / (?:stop|end) (?:to|2) (?:opt out|unsubscribe|cancel|end|quit|stop|be removed)(?= )/g,
  / (?:click|tap|press|visit|go|follow|hit)(?: \w+){0,4} (?:to|and) (?:unsubscribe|opt out|cancel)(?= )/g,
  / if you (?:no longer|dont|do not) (?:want|wish)(?: to)?(?: be| receive| get| contacted| hear from)*(?: (?:these|our|future|any|more|by|us|further))*(?: (?:messages?|emails?|texts?|communications?))?(?= )[^.!?]{0,60}/g,
  / unsubscribe (?:here|link|at any time|anytime|instantly|from this list here|or manage|preferences|manage)(?= )/g,
  / unsubscribe(?: ,)? (?:view|manage|update|privacy)(?= )/g,
  / (?:you (?:can|may) )(?:opt out|unsubscribe|cancel) (?:at any time|anytime|any time|whenever)(?= )/g,
];

/** The line without them; their places stay, so that what is found keeps its place. */
export function withoutNotices(line: string): string {
  return NOTICES.reduce(
    (rest, notice) =>
      rest.replace(notice, (found) => ` ,${' '.repeat(Math.max(0, found.length - 2))}`),
    line,
  );
}
