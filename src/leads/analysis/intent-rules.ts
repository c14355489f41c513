import type { LeadIntent } from '../lead-documents.js';

/** Wordings of each intent, over the line of plain words (see consent/plain-words.ts). */

const HOME =
  '(?:house|home|homes|place|condo|property|townhouse|townhome|duplex|apartment|land|lot|casa|propiedad)';
const MINE = '(?:my|our|mi|nuestra)(?: \\w+){0,2}';
const all = (patterns: readonly string[]): RegExp => new RegExp(` (?:${patterns.join('|')})(?= )`);

/** Somebody who wants to buy, whatever else is said. */
const BUYS = all([
  '(?:looking|want|wanting|hoping|trying|ready|plan|planning|like|love) to (?:buy|purchase|upgrade|downsize|tour|see|move to|move into)',
  '(?:looking|searching|shopping|hunting) (?:for|in|around|at)',
  '(?:buy|buying|purchase|purchasing) (?:a|an|another|our|my|in|something|the|one|new|with)',
  '(?:want|need) (?:a|an|another|something|to be in|\\d|more space|3|4)',
  '(?:show me|send me|can we see|can i see|see it|tour|showing|showings|listings|interested in (?:a|the|buying|seeing|your))',
  '(?:our|my) (?:budget|max|price range)',
  '(?:then|and|to) (?:buy|buying|purchase|purchasing)(?: \\w+)? (?:at|up|around|under|for|in|next)',
  '(?:we|i) (?:can|could) (?:go|spend|afford)(?: up)?(?: to)? \\d',
  '(?<! (?:our|my) )\\d (?:bed|beds|bedroom|bedrooms|br|bd)',
  '(?:pre ?approved|preapproval|first time (?:home )?buyers?)',
  '(?:busco|buscamos|quiero comprar|queremos comprar|comprar (?:una|otra|en)|me interesa)',
]);

const AUTO_REPLY = all([
  'automatic reply',
  'auto ?(?:reply|response|responder)',
  '(?:im|am|be|currently|is|are|[.,!]|well|be back|reply) out of (?:the )?office',
  'ooo',
  'this is an automated (?:reply|response|message)',
  '(?<! (?:while|when) im )driving right now',
  'dont disturb while driving',
  '(?<! (?:while|when) )(?:im|currently) driving(?= (?:[.,!]|right now|and|ill|at the moment|with))',
  'im not receiving notifications',
  '(?:please )?dont reply(?: to this)?(?: (?:message|email|text))?(?= [.,!])',
  'this (?:mailbox|inbox|number|account) (?:is )?(?:not|isnt) monitored',
  'away from (?:my )?(?:desk|email|phone|the office|my computer)',
  'with (?:limited|no) access to (?:email|my email|phone)',
  '(?:ill|i will|we will|well) (?:respond|reply|get back to you|return your (?:call|message|email|text))(?: \\w+){0,3} (?:when|upon|once|after|as soon as) (?:i|my|we|i am|im) (?:return|get back|am back|stop|arrive|im back|able|finish)',
  '(?:we have received|thank you for contacting|thanks for contacting|thank you for reaching out to)(?: \\w+){1,8}',
  'respuesta automatica',
  'fuera de (?:la )?oficina',
  '(?:estoy|voy) (?:manejando|conduciendo)',
  'mensaje automatico',
]);
const AWAY = all([
  '(?:im|i will be|ill be|currently) (?:currently )?(?:away|on vacation|on leave|traveling|out)(?: \\w+){0,3} (?:until|till|through|from|returning)',
]);

const VENDOR = all([
  '(?:we|i) (?:help|work with|partner with|support|provide|offer|generate|specialize in)(?: \\w+){0,4} (?:realtors?|agents|real estate (?:agents|professionals|teams|businesses|companies)|brokers|brokerages|businesses|business owners)',
  '(?:exclusive|qualified|verified|fresh|free|motivated|guaranteed)(?: \\w+){0,2} leads',
  'seo',
  '(?:rank|ranking|page one|page 1|first page)(?: \\w+){0,3} google',
  'lead (?:gen|generation)',
  'business (?:line of credit|loans?|funding|credit|capital)',
  '(?:working capital|merchant cash|line of credit up to)',
  'virtual assistants?',
  '(?:web ?site|web) (?:design|development|redesign|traffic)',
  '(?:social media|digital|email) marketing',
  '(?:grow|scale|fund) your (?:business|pipeline|brokerage|team)',
  '(?:free|live|quick) demo',
  '(?:photography|videography|staging|drone|appointment setting|isa) services',
  'your (?:google|business) (?:listing|profile)',
  '(?:more|extra) (?:listings|closings|appointments|commissions?) (?:a|per|every|each) (?:month|week)',
]);
/** Two of them make an advertisement. */
const ADVERTISES: readonly RegExp[] = [
  all([
    'book (?:a|your) (?:call|demo|slot)',
    'schedule (?:a|your) (?:call|demo) (?:today|now|here)',
  ]),
  all(['guaranteed?']),
  all(['\\d+ ?(?:or )?(?:mo|month|per month|a month)', 'only \\d+']),
  all([
    'cancel anytime',
    'no obligation',
    'limited (?:spots|time)',
    'free trial',
    'act now',
    'special offer',
  ]),
  all([
    'realtors',
    'agents',
    'your (?:business|clients|listings|pipeline|company)',
    'leads',
    'roi',
  ]),
  all([
    'congrats',
    'congratulations',
    'youve been',
    'you have been',
    'claim',
    'winner',
    'selected',
  ]),
  all(['click', 'http', 'https', 'www', 'link']),
];

const WRONG_PERSON = all([
  '(?:you (?:have|got|must have|texted|called|dialed|reached|probably have)|you ve got|its|this is|sorry|think you have|think its|u have)(?: (?:the|a))? wrong (?:number|person|guy|one|phone)',
  '(?:no )?(?:one|body|nobody|person) (?:here )?(?:by|with|named) (?:that|this) name',
  '(?:numero|persona) equivocad[oa]',
  '(?:se )?equivoc(?:o|aron|aste|ado|ada)(?: de)? (?:numero|persona|telefono)',
  'no (?:longer|more) (?:\\w+ )?(?:number|phone)',
  '(?:isnt|not) (?:my|his|her) (?:number|phone) anymore',
  'no conozco a(?: ningun[oa]?)? \\w+',
  'no hay ningun[oa]? \\w+ aqui',
  'dont know (?:anyone|anybody|who) (?:named|called|by|that is|maria)',
  'doesnt have this (?:number|phone)',
]);
const WRONG_ALONE =
  /^ \.(?: (?:sorry|hi|hello|no|hey|i think))*(?: [.,!])? (?:wrong (?:number|person)|equivocad[oa])(?= )/;
/** "I'm not Maria": a name, by its capital. */
const NOT_NAMED =
  /\b(?:(?:i['’]?m|i am|this is|my name is|name['’]?s) not|(?:this|my name) isn['’]?t|this is no longer|no soy|not) (\p{Lu}\p{Ll}+)(?=[\s.,!?'’]|$)/u;
const NO_NAME =
  /^(?:Interested|Sure|Ready|Selling|Buying|Looking|Moving|Available|Able|In|The|A|An|Dallas|Plano|Frisco|McKinney|Mckinney|Allen|Yet|Now|Going|Happy|Really|Very|Pre|Preapproved|Approved|Anymore|To|For|Too|At|Any|My|On|Until|Over|More|Only|Just|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Working|Well|Rich|Zillow|English|Texas|El|La|De|Cash|It|That|This|What|Trying|Planning|So|Home|Currently|Done|Comprador|Dueño|Ciudadano|Residente)$/;

const CLOSED = all([
  '(?:already|just|recently|finally) (?:bought|purchased|closed on|found|closed)(?: (?:a|an|our|my|one|the|another|something|it))?(?: \\w+)?',
  '(?:we|i|ive|weve|have) (?:already |just |recently |finally |ended up )?(?:bought|buying|purchased)(?: (?:a|our|one|another|the|my)(?: \\w+)? (?:house|home|place|condo|one|townhouse|townhome)| one| something| elsewhere| already| [.,!])',
  '(?:bought|purchased) (?:already|elsewhere)',
  'closed on (?:a|our|the|my|another)(?: \\w+)? (?:house|home|place|condo|one)',
  'found (?:a|our|another)(?: new)? (?:house|home|place|one)(?= (?:[.,!]|already|thanks|thank|last|elsewhere|with|through|so|and (?:are|we are) (?:under|closing)))',
  '(?:found|got) (?:one|something) (?:already|elsewhere|thanks)',
  '(?:we|im|were|weve|ive|are|got|already|now|am)(?: \\w+){0,2} under contract',
  '(?:went|going|decided to go|going ahead|signed|working|decided to work|moved on) with (?:another|a different|someone|somebody|other|an other)(?: \\w+)?',
  '(?:found|have|got|hired|already have|using|chose|picked)(?: (?:already|now))? (?:an|a|another|our own|my own|a different) (?:agent|realtor)(?= (?:[.,!]|already|thanks|now|so|stop|please|and))',
  'no longer (?:looking|in the market|buying|house hunting|searching|need a (?:house|home|realtor|agent))(?= (?:[.,!]|thanks|thank|to buy|for a (?:house|home)|so|at this time|please))',
  'not (?:looking|buying|in the market|house hunting)(?: to buy)? anymore',
  'decided (?:not to (?:buy|move|purchase)|to (?:stay put|stay where|keep renting|rent instead))',
  'ya (?:compre|compramos|compraron|encontre|encontramos|tenemos|tengo|cerre|cerramos)(?: (?:una|mi|la|nuestra))? (?:casa|propiedad|hogar)',
  'ya (?:compre|compramos)',
  'ya no (?:busco|buscamos|estoy buscando|estamos buscando|estamos interesados en comprar)(?: casa)?(?= [.,!])',
]);
/** "Found a house on Oak, can we see it": still buying. */
const STILL_BUYS = all([
  '(?:can|could) (?:we|i) (?:see|tour|visit|go)',
  '(?:but|now|and) (?:we |i |im |were )?(?:still )?(?:looking|want|need|looking for|searching)',
  '(?:second|another|investment|vacation|rental) (?:house|home|property)',
  '(?:want|looking|ready|need|trying|hoping) to (?:sell|buy|upgrade|move|downsize|purchase)',
  '(?:pre ?approved|preapproval|lender|letter|loan)',
]);

const SELLER = all([
  `(?:sell|selling|list|listing|value|appraise|market|sale of|worth of|value of|valuation (?:of|for|on)|offer (?:for|on)|price)(?: \\w+){0,1} ${MINE} ${HOME}`,
  `${MINE} ${HOME}(?: \\w+){0,5} (?:worth|value|valued|sell|sells|list|listed|appraise|appraised|go for|on the market|sale)`,
  `(?:need|want|wanting|looking|thinking|plan|planning|hoping|trying|ready|like|have) (?:to|of|about) (?:sell|selling|list|listing)(?= (?:[.,!]|before|first|my|our|and|it|soon|asap|in|by|this|fast|quickly|a))`,
  'how much (?:is|are|would|can|could|will)(?: (?:i|we))?(?: (?:get|sell))?(?: for)? (?:my|our)(?: \\w+){0,2} (?:house|home|place|condo|property)',
  '(?:home|house|property) (?:valuation|value estimate|appraisal value)',
  '(?:vender|vendo|vendemos|vendiendo|valor de|vale|listar|cuesta) (?:mi|nuestra|una|la)(?: \\w+)? ?(?:casa|propiedad|condominio|terreno)',
  '(?:quiero|queremos|necesito|necesitamos|pienso|me interesa) vender',
  'free cma',
  '(?:what|how much)(?: (?:i|we|can|could|would|should|will|do|you|think))* get (?:for|out of) (?:my|our)',
  `(?:selling|sell|list|listing) (?:my|our)(?: (?:\\d|or|bed|bath|br|bd|bedroom|story|and|old|big|little|first)){1,6}(?= (?:[.,!?]|in|house|home|place|condo|for|hoping))`,
]);
const NOT_SOLD_HOME =
  / (?:my|our) (?:home|house) (?:search|hunt|loan|inspection|buying|shopping|tour|purchase|list)(?= )/;

const RENTER = all([
  'rentals?(?! (?:property|properties|income|portfolio|history))',
  '(?:for|to|a|want|looking to|need to|only|just) (?:rent|lease)(?! (?:is|was|ends|it out|out|to own|up|back|expires|payment|end|runs|option))(?: (?:a|an|in|something|please))?',
  '(?:renting|leasing) (?:a|an|out a|in|one)',
  '(?:lease|rent) (?:a|an)(?: \\w+){0,3} (?:house|home|apartment|place|condo|townhouse|townhome|room)',
  '(?:looking for|need|want|have any|any) (?:an? )?(?:\\w+ ){0,2}(?:apartment|apartments)',
  '(?:house|home|houses|homes|apartment|place|condo)s? (?:for|to) (?:rent|lease)',
  'section 8',
  '(?:busco|buscamos|quiero|necesito|hay|tienen|algo|casas?|departamentos?|apartamentos?)(?: \\w+){0,3} (?:renta|rentar|alquilar|alquiler)',
  'se renta',
]);
const NO_RENTER = all([
  '(?:my|our|current|the) (?:rent|lease)',
  'rent is',
  '(?:dont|no longer|not) want to (?:rent|lease)(?: \\w+)?',
  'no more rentals',
  '(?:no quiero|dejar de|seguir) (?:pagar|pagando)(?: mas)? renta',
  '(?:pay|paying|pays|paid|pago|pagando|pagamos)(?: \\w+){0,3} (?:rent|renta)',
  '(?:tired of|sick of|stop|done|quit|instead of|rather than|hate|dejar de|cansad[oa] de|harto de) (?:rent|renting|rentar|pagar renta|paying rent)',
  '(?:currently|been|now|still|are|im|were|we|i) (?:renting|rent)',
  'lease (?:ends|is up|end|expires|runs|up)',
  '(?:invest|investor|investment|cash flow|rental (?:property|properties|income)|rent it out|rent out|airbnb|flip|rent to own)',
  '(?:buy|buying|purchase|comprar|owning)',
  '(?:contrato|termina|acaba|vence)(?: \\w+){0,3} renta',
]);

interface Line {
  readonly line: string;
  readonly text: string;
}

const isAutoReply = ({ line }: Line): boolean =>
  AUTO_REPLY.test(line) || (AWAY.test(line) && !BUYS.test(line) && !line.includes(' ?'));

const isVendor = ({ line }: Line): boolean =>
  VENDOR.test(line) || ADVERTISES.filter((sign) => sign.test(line)).length >= 3;

function isWrongPerson({ line, text }: Line): boolean {
  const name = NOT_NAMED.exec(text)?.[1];
  const isNoName = name === undefined || NO_NAME.test(name);
  return WRONG_PERSON.test(line) || WRONG_ALONE.test(line) || !isNoName;
}

const isClosed = ({ line }: Line): boolean =>
  CLOSED.test(line) && !STILL_BUYS.test(line) && !line.endsWith(' ?');

const isSeller = ({ line }: Line): boolean =>
  SELLER.test(line) && !BUYS.test(line) && !NOT_SOLD_HOME.test(line);

const isRenter = ({ line }: Line): boolean => RENTER.test(line) && !NO_RENTER.test(line);

/** In order: what is said by a machine or to somebody else comes before what a lead wants. */
export const INTENT_RULES: readonly (readonly [LeadIntent, (line: Line) => boolean])[] = [
  ['auto_reply', isAutoReply],
  ['vendor', isVendor],
  ['wrong_person', isWrongPerson],
  ['closed', isClosed],
  ['seller', isSeller],
  ['renter', isRenter],
];
