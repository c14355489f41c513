import { oneOf } from './one-of.js';

/** What may be a refusal and may not: nothing automatic goes out until a person has read it. */

/** The signs people send instead of a word. */
const STOP_SIGNS =
  /[\u{1F6D1}\u{26D4}\u{1F6AB}\u{270B}\u{1F645}\u{1F595}\u{1F91A}\u{1F6B7}\u{1F515}\u{1F507}\u{1F4F5}\u{274C}]/u;
const LONGEST_SIGN = 64;

export function isBareStopSign(text: string): boolean {
  return text.length <= LONGEST_SIGN && !/[\p{L}\p{N}]/u.test(text) && STOP_SIGNS.test(text);
}

const anyOf = (list: string): RegExp => new RegExp(` ${oneOf(list)}(?= )`);

/** Alone, or with nothing but each other. */
const WHOLE = new RegExp(
  `^ \\.(?: (?:${oneOf(
    'spam, scam, scammers?, spammers?, lawyer, attorney, my, har?rassment, harassing, enough, enough already, give it a rest, ' +
      'give me a break, shut up, para, stop it already, leave, nope stop, text stop, reply stop, send stop, out, i want out, im out, ' +
      'take me out, no contact, never, fin, ya, abogado, acoso, demanda, reportado, reported, blocked, you people, spam risk, dont want',
  )}|[.,!]))+ [.,!]`,
);

const DOUBTS: readonly RegExp[] = [
  WHOLE,
  anyOf('(?:fuck|fuk|fck|screw|f|eff) (?:you|yall|all of you|this|your|yourself|yourselves)'),
  anyOf(
    'go to hell, kiss my ass, eat shit, suck my, piece of shit, assholes?, scumbags?, get a life, stfu, ' +
      'shut (?:the (?:fuck|hell) )?up(?= (?:[.,!]|already|please)), drop dead',
  ),
  anyOf(
    '(?:my|our|a|the|an) (?:lawyer|attorney)(?: \\w+){0,3} (?:contact|hear|know|sue|about (?:this|you)|involved|touch)',
  ),
  anyOf(
    '(?:hear(?:ing)? from my|talk to my|contact(?:ing)? my|call(?:ing)? my|getting a|get a|hire a|hiring a) (?:lawyer|attorney)(?! about)',
  ),
  anyOf(
    '(?:will|gonna|going to|ill) sue, sue (?:you|your|yall), suing, lawsuit(?! against), legal action, pressing charges, press charges, ' +
      'take you to court, see you in court, class action, tcpa, fcc, ftc, can spam, attorney general, better business bureau, bbb',
  ),
  anyOf(
    '(?:this|its|is|considered|total|stop the|pure) (?:is )?(?:har?rassment|illegal), ' +
      '(?:you|youre|are|keep|company|stop|quit) har?rassing, stalking me, is against the law, illegally',
  ),
  anyOf('(?:reporting|report|reported) (?:you|this|your|yall|it as|as)'),
  anyOf(
    '(?:reporting|report|file|filing) (?:a complaint|you|this (?:number|company|as spam|to)|spam)',
  ),
  anyOf('(?:dont|no|dnc)(?: call)? (?:registry|list|register)'),
  anyOf(
    '(?:this is|is just|total|you are a|youre a|obviously|its a|its) (?:spam|scam|a scam|spammers?|scammers?)',
  ),
  anyOf(
    '(?:too many|so many|constant|nonstop|non stop) (?:texts|messages|calls|emails|notifications)',
  ),
  anyOf(
    '(?:all these|these|your) (?:texts|messages|calls|emails|notifications)(?: \\w+)? (?:are|is|its|annoying|driving|every|a day|per day|all day)',
  ),
  anyOf(
    '(?:why|do|you|still)(?: (?:are|do|keep|you|still|keep on))* (?:texting|messaging|contacting|spamming|calling) me',
  ),
  new RegExp(
    ` (?:never|didnt|not) ${oneOf(
      'signed, sign, opted, opt, asked, ask, request, requested, agree, agreed, subscribe, subscribed, consent, consented, authorize, authorized',
    )}(?: (?:up|in|to|for|you|any|of|be))*(?: (?:this|these|your|texts?|messages?|it|that|contacted|anything|sms|calls?|emails?|list))* [.,!]`,
  ),
  anyOf('(?:text|reply|send|type|say|respond with) stop'),
  anyOf(
    'abogad[oa], demandar(?:los|te|lo|las)?, demanda, acoso, acosando(?:me)?, hostigamiento, ' +
      '(?:los|te|lo) voy a (?:reportar|demandar|bloquear), reportar(?:los|te|lo), chinga(?:r)? (?:tu|a tu), chinguen, vete a, vayanse a, ' +
      'pendej[oa]s?, put[oa]s? madre, no chinguen, fastidio, estafa, ya me cansaron, me tienen hart[oa], estoy hart[oa] de (?:sus|tus|los|estos|que)',
  ),
  anyOf(
    '(?:text|message|call|email) (?:me )?(?:less|less often|way less|not so often|a little less)',
  ),
  anyOf('(?:less|fewer|not so many|slow down on the) (?:texts|messages|calls|emails)'),
  anyOf(
    '(?:dont|stop) (?:ever )?(?:bother|text|call|contact|message) (?:my (?:wife|husband|mom|dad|mother|father|kids?|son|daughter|parents|family)|her|him|them) (?:again|anymore|ever)',
  ),
];
/** "Do I need a lawyer": no threat. */
const HARMLESS =
  / (?:need|recommend|real estate|closing|title|estate|use|have|hire|hiring|with) (?:a |an |my |our )?(?:lawyer|attorney|abogado)(?= )|abogad[oa] (?:de|para)/;

/** Whether a message that is no refusal may have been meant as one. */
export function isDoubtful(line: string): boolean {
  return DOUBTS.some((pattern) => {
    const found = pattern.exec(line)?.[0];
    return found !== undefined && !(/lawyer|attorney|abogad/.test(found) && HARMLESS.test(line));
  });
}
