import type { LeadIntent } from '../lead-documents.js';
import { wordSet } from './text/tokenize.js';

/** Words that acknowledge and say nothing else; a message of these alone is one. */
const ACKNOWLEDGING = wordSet(
  'ok okay k kk okey oki thanks thank you thx thks tks ty much so very appreciated appreciate it great perfect cool ' +
    'sounds good got will do sure alright awesome nice np yw lol haha gracias muchas mil vale bueno de acuerdo perfecto ' +
    'listo excelente esta está bien genial claro super súper again noted understood sir maam',
);
/** At least one of them, so that "so much" or "you" alone is no thanks. */
const HEADS = wordSet(
  'ok okay k kk okey oki thanks thank thx thks tks ty great perfect cool sounds got will sure alright awesome nice ' +
    'appreciated appreciate np yw gracias vale bueno acuerdo perfecto listo excelente bien genial claro noted understood',
);
const SIGNS = /(?:👍|👌|🙏|🙌|✅|😀|😁|😊|🙂|❤|💯|🎉|👏|🤝)[\u{1F3FB}-\u{1F3FF}]?\uFE0F?/gu;
/** What such a message is about stands at its beginning. */
const READ_CHARACTERS = 4_000;

type Rule = readonly [intent: LeadIntent, patterns: readonly RegExp[]];

/** A pattern as words, one blank between them, in lower case without accents of their own. */
const any = (...patterns: readonly string[]): readonly RegExp[] =>
  patterns.map((pattern) => new RegExp(`(?:^| )(?:${pattern})(?: |$)`, 'u'));

const HOME = '(?:house|home|place|condo|townhouse|townhome|property|casa|propiedad)';
/** Up to three words between two that belong together. */
const NEAR = '(?: [^ ]+){0,3}';

const RULES: readonly Rule[] = [
  [
    'auto_reply',
    any(
      'out of (?:the )?office',
      'auto(?:matic)? ?reply',
      'automated (?:response|reply|message)',
      'automatic (?:response|reply)',
      "(?:do not|dont|don't) reply to this",
      "(?:i'm|im|i am) (?:currently )?driving",
      "while (?:i'm |im )?driving",
      "(?:i'm|im|i am|will be) (?:currently )?(?:away|unavailable|on vacation|traveling) (?:until|till|from|through)",
      'i will (?:respond|reply|get back to you) (?:when|upon|after) (?:i|my) ',
      'fuera de la oficina',
      'respuesta automatica',
      'estoy (?:manejando|conduciendo)',
    ),
  ],
  [
    'vendor',
    any(
      'we help (?:realtors|agents|brokers|real estate|businesses)',
      '(?:exclusive|qualified|guaranteed|seller|buyer|motivated|more|real estate|realtor) leads',
      'grow your (?:business|brokerage|team|real estate)',
      '(?:book|schedule) a (?:demo|call|quick call) (?:today|with|here|now|to learn)',
      '(?:seo|google ads|facebook ads|lead gen|lead generation|marketing services|web design)',
      'business (?:line of credit|loan|funding|capital)',
      '(?:line of credit|working capital) up to',
      "i (?:am a|work (?:as a|for a)|represent a|m a|'m a) (?:lender|loan officer|photographer|contractor|vendor|stager|wholesaler)",
      'our (?:software|platform|crm|agency|services) (?:helps|can|will|is)',
      'partner with (?:your|you|realtors|agents)',
      'off market deals',
      'you have been (?:pre ?approved|selected|chosen)',
    ),
  ],
  [
    'wrong_person',
    any(
      'wrong (?:number|person|guy|lady)',
      "you (?:have|got|ve got|'ve got) the wrong",
      "(?:not|isn't|isnt|aint|ain't) (?:his|her|their) (?:number|phone)",
      'no one (?:here )?by that name',
      'nobody (?:here )?by that name',
      '(?:number|phone) (?:is )?no longer (?:belongs|his|hers)',
      'numero equivocado',
      'persona equivocada',
      'se equivoco de',
    ),
  ],
  [
    'closed',
    any(
      `(?:we|i|i ve|we ve|i've|we've|already|just)${NEAR} (?:bought|purchased|closed on) (?:a|an|our|my|one|something|another)`,
      '(?:already|just) found (?:a|an|our|my|one|something) ?(?:[^ ]+)?',
      'found (?:one|something|a home|a house|a place) (?:already|elsewhere|else|thanks|thank you|with another)',
      '(?:already|just) (?:bought|purchased|closed|found one|have an agent|under contract)',
      '(?:went|going|working|signed) with (?:another|a different|someone|somebody)(?: [^ ]+)?',
      "(?:we are|we re|we're|i am|i m|i'm|im|now) under contract",
      'no longer (?:looking|in the market|buying|searching)',
      "(?:not|aren't|arent) (?:looking|buying|in the market) (?:anymore|any more|any longer)",
      'we found (?:a|an|our) (?:house|home|place|agent)',
      'ya (?:compramos|compre|encontramos|encontre|tenemos casa|tengo casa)',
      'ya no (?:busco|buscamos|estoy buscando|estamos buscando)',
    ),
  ],
  [
    'seller',
    any(
      `(?:how much|what)(?: is| s|'s)? (?:my|our) ${HOME}${NEAR} worth`,
      `(?:what|how much)(?: [^ ]+){0,4} (?:my|our) ${HOME}`,
      `(?:sell|selling|list|listing|vender|vendiendo) (?:my|our|mi|nuestra|a|the) (?:[^ ]+ )?${HOME}`,
      `(?:need|want|wants|looking|ready|trying|have|going|would like|like|thinking) (?:to|of|about) (?:sell|selling)(?! (?:my|our|the) (?:car|truck|boat|rv|stocks?))`,
      `(?:want|looking|ready|going|thinking) (?:to|of|about) (?:list|listing) (?:it|(?:my|our|the) ${HOME})`,
      `(?:my|our|mi|nuestra) ${HOME}${NEAR} (?:worth|value|valued|appraised|should go for|would go for|should sell|would sell|list for|listed|vale)`,
      '(?:home|house|property) (?:value|valuation|evaluation)',
      "what(?: s| is|'s)? my (?:home|house|property) ",
      '(?:quiero|queremos|necesito|necesitamos|quisiera) vender',
      'cuanto vale mi (?:casa|propiedad)',
    ),
  ],
  [
    'renter',
    any(
      '(?:any|for|have|got|see|your|of|looking at|find) (?:[^ ]+ )?rentals?',
      '(?:looking|want|wants|need|needs|hoping|trying) (?:to|a place to|something to|for a place to) (?:rent|lease)',
      `(?:looking for|need|want|any|have) (?:a |an )?(?:[^ ]+ ){0,2}(?:apartment|apartments|apt|rental)`,
      `${HOME}s? (?:for rent|to rent|for lease)`,
      '(?:for rent|for lease)',
      'rent to own',
      '(?:busco|buscamos|quiero|necesito)(?: [^ ]+){0,3} (?:renta|rentar|alquiler|alquilar|departamento)',
      'casas? (?:de|en|para) (?:renta|alquiler)',
    ),
  ],
];

/** A wish to buy in the same breath: who sells first, and buys then, is a seller until it has. */
const BUYING = any(
  '(?:looking|want|wants|wanting|need|ready|hoping|trying|like|love) to(?: [^ ]+){0,2} (?:buy|purchase|move into|upgrade)',
  'looking for (?:a|an|our|my)(?: [^ ]+){0,2} (?:home|house)(?! (?:for|to) (?:rent|lease))',
  '(?:buy|purchase|buying|comprar) (?:a|an|another|our|my|in|una|otra)',
);
/** Who buys does not rent, and who sells first may still buy. */
const OVERRULED_BY_BUYING: ReadonlySet<LeadIntent> = new Set(['renter', 'closed']);
/** "we need to sell before we can buy": the sale comes first. */
const SALE_FIRST = any('sell (?:[^ ]+ ){0,4}(?:before|first|then)', 'before (?:we|i) (?:can )?buy');

/** What a message is for: unless something else is plain, its writer wants to buy. Linear in what is read of it. */
export function classifyIntent(text: string): LeadIntent {
  const said = text.slice(0, READ_CHARACTERS);
  const words = wordsOf(said);
  if (isAcknowledgement(said, words)) return 'acknowledgement';
  const line = withoutAccents(words.join(' ').replaceAll('?', ''));
  const found = RULES.find(([, patterns]) => patterns.some((pattern) => pattern.test(line)));
  const intent = found?.[0] ?? 'buyer';
  const buys = BUYING.some((pattern) => pattern.test(line));
  if (buys && OVERRULED_BY_BUYING.has(intent)) return 'buyer';
  if (buys && intent === 'seller' && !SALE_FIRST.some((pattern) => pattern.test(line))) {
    return mentionsWorth(line) ? 'seller' : 'buyer';
  }
  return intent;
}

/** A question for the worth of one's home is a seller's, whatever else is said. */
const WORTH = any('worth', 'home value', 'house value', 'sell (?:my|our)', 'list (?:my|our)');

function mentionsWorth(line: string): boolean {
  return WORTH.some((pattern) => pattern.test(line));
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .replace(SIGNS, ' ')
      .replace(/[\u2018\u2019]/g, "'")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}'$?]+/gu) ?? []
  );
}

function withoutAccents(line: string): string {
  return line.normalize('NFD').replace(/\p{M}+/gu, '');
}

function isAcknowledgement(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return (text.match(SIGNS)?.length ?? 0) > 0;
  return words.every((word) => ACKNOWLEDGING.has(word)) && words.some((word) => HEADS.has(word));
}

const ASKING_START =
  /^\W*(?:who|what|whats|what's|when|where|why|how|which|is there|are there|do you|does|did you|can you|can i|could you|could i|will you|would you|have you|may i|qué|cuándo|cuánto|cuál|dónde|cómo|hay|puedo|puede|tienen)\b/iu;

/** Whether a message asks something: by its question mark, or by how a sentence of it begins. */
export function asksQuestion(text: string): boolean {
  const readable = text.slice(0, READ_CHARACTERS).replace(/\bhttps?:\/\/\S+/gi, ' ');
  if (/[?¿]/.test(readable)) return true;
  return readable.split(/[.!\n]+/).some((sentence) => ASKING_START.test(sentence));
}
