/** What may be a refusal and may not: nothing automatic goes out until a person has read it. */

/** The signs people send instead of a word. */
const STOP_SIGNS =
  /[\u{1F6D1}\u{26D4}\u{1F6AB}\u{270B}\u{1F645}\u{1F64F}\u{1F595}\u{1F91A}\u{1F6B7}\u{1F515}\u{1F507}\u{1F4F5}\u{274C}]/u;

export function isBareStopSign(text: string): boolean {
  if (text.length > 64 || /[\p{L}\p{N}]/u.test(text)) return false;
  return STOP_SIGNS.test(text.replaceAll('\u{1F64F}', ''));
}

const DOUBTS: readonly RegExp[] = [
  / (?:fuck|fuk|fck|screw|f|eff) (?:you|yall|all of you|this|your)\b/,
  / (?:go to hell|kiss my ass|eat shit|suck my|piece of shit|asshole|assholes|scumbags?|get a life|stfu|shut (?:the (?:fuck|hell) )?up (?!and)|screw off|drop dead)(?= )/,
  / (?:my|our|a|the|an) (?:lawyer|attorney)(?: \w+){0,3} (?:contact|hear|know|sue|about (?:this|you)|involved|touch)(?= )/,
  / (?:hear from my|talk to my|contact(?:ing)? my|call(?:ing)? my|getting a|get a|hire a|hiring a) (?:lawyer|attorney)(?= )(?! about (?:the|closing))/,
  / (?:(?:will|gonna|going to|ill) sue|sue (?:you|your|yall)|suing|lawsuit|legal action|pressing charges|press charges|take you to court|see you in court|class action|tcpa|fcc|ftc|can spam|attorney general|better business bureau|bbb)(?= )/,
  / (?:(?:this|its|is|considered|total|stop the|pure) (?:is )?(?:har?rassment|illegal)|(?:you|youre|are|keep|company|stop|quit) har?rassing|stalking me|is against the law|illegally)(?= )/,
  / (?:reporting|report|reported) (?:you|this|your|yall|u|it as|as) ?(?=.{0,20})/,
  / (?:reporting|report|file|filing) (?:a complaint|you|this (?:number|company|as spam|to)|spam)(?= )/,
  / (?:dont|no|dnc)(?: call)? (?:registry|list|register)(?= )/,
  / (?:this is|is just|total|you are a|youre a|obviously|its a|its) (?:spam|scam|a scam|spammers?|scammers?)(?= )/,
  /^ \.(?: (?:spam|scam|scammer|scammers|spammer|spammers|lawyer|harassment|enough|enough already|give it a rest|shut up|para|stop it already|leave|nope stop|text stop|reply stop|send stop|txt stop|out|i want out|im out|take me out|no contact|never|fin|ya|abogado|acoso|demanda|reportado|reported|harassment|harrassment|harassing|blocked|give me a break|you people|spam risk))+ [.,!?]/,
  / (?:too many|so many|constant|nonstop|non stop|all these|these|your) (?:texts|messages|calls|emails|notifications)(?: \w+)? (?:are|is|r|its|annoying|driving|every|a day|per day|all day)/,
  / (?:way )?(?:too many|so many) (?:texts|messages|calls|emails)(?= )/,
  / (?:never|didnt|did not|not) (?:signed|sign|opted|opt|asked|ask|request|requested|agree|agreed|subscribe|subscribed|consent|consented|authorize|authorized)(?: (?:up|in|to|for|you|any|of|be))*(?: (?:this|these|your|texts?|messages?|it|that|contacted|anything|sms|calls?|emails?|list))* [.,!?]/,
  / (?:text|reply|send|txt|type|say|respond with) stop(?= )/,
  / (?:abogad[oa]|demandar(?:los|te|lo|las)?|demanda|acoso|acosando(?:me)?|hostigamiento|(?:los|te|lo) voy a (?:reportar|demandar|bloquear)|reportar(?:los|te|lo)|chinga(?:r)? (?:tu|a tu)|chinguen|vete a|vayanse a|pendej[oa]s?|put[oa]s? madre|no esten chingando|no chinguen|fastidio|estafa|ya me cansaron|me tienen harto|me tienen harta|estoy hart[oa] de (?:sus|tus|los|estos|que))(?= )/,
  / (?:text|message|call|email) (?:me )?(?:less|less often|way less|not so often|a little less)(?= )/,
  / (?:less|fewer|not so many|slow down on the) (?:texts|messages|calls|emails)(?= )/,
  / (?:dont|stop) (?:ever )?(?:bother|text|call|contact|message) (?:my (?:wife|husband|mom|dad|mother|father|kid|kids|son|daughter|parents|family)|her|him|them) (?:again|anymore|ever)(?= )/,
];
/** "Do I need a lawyer", "the attorney's fees": no threat. */
const HARMLESS =
  / (?:need|recommend|real estate|closing|title|estate|use|have|hire|hiring|with) (?:a |an |my |our )?(?:lawyer|attorney|abogado)(?= )|abogad[oa] (?:de|para)/;

/** Whether a message that is no refusal may have been meant as one. */
export function isDoubtful(line: string): boolean {
  return DOUBTS.some((pattern) => {
    const match = pattern.exec(line);
    if (match === null) return false;
    return !(/lawyer|attorney|abogad/.test(match[0]) && HARMLESS.test(line));
  });
}
