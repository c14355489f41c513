/** What the words behind a refused verb or noun make of the refusal. */
export type Aim =
  /** The lead itself, or its messages, without a condition. */
  | 'lead'
  /** A time, a place, a topic: the lead may still be written to. */
  | 'limited'
  /** Somebody or something else. */
  | 'other'
  /** Less often, for now, by another number. */
  | 'doubt';

const NUMBER = '(?:number|phone|cell|line|mobile|email|inbox|address|device|landline|#)';
const OBJECT = new RegExp(
  `^ (?:me|us|myself|here|back|either|at all|ever again|again|anymore|any more|any longer|no more|anything else|else|` +
    `(?:(?:at|to|on|through|via|from|by) )?(?:this|my|our|that|dis) (?:\\w+ )?${NUMBER}s?|(?:on|to) (?:here|it))`,
);
const CLOSING =
  '(?:please|thanks|thank|now|immediately|already|period|ever|asap|right now please|kindly|sir|maam|man|bro|dude|guys|yall|today please|lol|ok|okay|smh|wtf|fr|gracias|forever|completely|altogether|permanently|entirely|right away|at once|plz)';
/** Behind these a new statement begins, with punctuation or without. */
const NEXT_STATEMENT =
  /^ (?:i|im|ive|ill|id|we|were|weve|its|this|that|you|youre|not|no|wrong|who|what|why|how|and|or|but|because|so|since|thanks|thank|please|pls|already|never|take|remove|leave|lose|delete|go|the house is|my (?:house|home) (?:is|isnt)|house is|just|unsubscribe|opt|stop|dont|before i|or i|or else|per|under|dnc|hello|there is|for good|for real|for ever)\b/;
const END = /^ [.,!?]/;
/** Conditions that limit nothing. */
const TOTAL = new RegExp(
  `^ (?:at all|on (?:this|my|here|all)|at (?:this|my)|in any|for any|for (?:good|real|ever|the love)|with (?:this|these|your|all|any|the|that|ur)|` +
    `by (?:text|any|phone or text|text or|call or text|email or|phone and)|from (?:now on|this|your|here|all|any|yall|you)|about (?:this|that|it|any|anything|all|your|buying|selling|real|houses|homes|property|properties|listings|refinancing|my (?:house|home|property|properties|place)|our (?:house|home|property))|` +
    `if (?:you (?:dont mind|would|could|please|can)|possible)|when i (?:said|asked|told)|after i|as (?:i|we) (?:said|asked|am|already)|as soon|like i|unless you want|before i (?:report|call|sue|block|file|contact)|this (?:number|phone|stuff|crap)|in the future|going forward)`,
);
const DOUBTFUL =
  /^ (?:for now|for a (?:while|bit|few)|for the (?:moment|time being)|so (?:much|often|many)|as (?:much|often|many)|every|each|all day|all the time|that (?:much|often)|too (?:much|often)|like (?:this|that)|more than|(?:use|try|its|my new)(?: \w+){0,4} \d)/;
const CONDITION =
  /^ (?:before|after|until|untill|till|til|while|when|whenever|during|today|tonight|tomorrow|between|unless|if|except|late|early|in|over|under|above|below|at|on|about|regarding|right now|this (?:week|weekend|morning|evening|afternoon|month)|from|for|with|without|then|yet|w|next|past|only|outside|once|or email until|mon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|sundays|weekends|a|an|as|by|that|just to|to|so (?:late|early))\b/;
/** Of what is sent: one kind of it is refused. */
const THING =
  /^ (?:houses?|homes?|places|properties|condos?|pics|pictures|photos|links|questions|the same|apartments|rentals|townhomes|townhouses|ones|options|new|pictures|anything (?:over|in|under|above|below))(?= )/;
const NAME_AFTER_CALL = /^ (?!or\b|and\b)\w+ [.,!?]/;

/** For a verb: `after` must name the lead, or nothing. */
export function aimOfVerb(after: string, isCall = false): Aim {
  const rest = strip(after, OBJECT);
  const hasObject = rest !== after;
  const beyond = strip(rest, new RegExp(`^ ${CLOSING}\\b`));
  if (END.test(beyond)) return 'lead';
  if (THING.test(rest) || (isCall && beyond === rest && isCalledByName(after, rest)))
    return 'other';
  const isLead = hasObject || beyond !== rest || NEXT_STATEMENT.test(rest);
  return limitOf(rest) ?? leadIf(isLead);
}

function leadIf(isLead: boolean): Aim {
  return isLead ? 'lead' : 'other';
}

/** "Don't call me Bob." */
function isCalledByName(after: string, rest: string): boolean {
  return / me$/.test(after.slice(0, after.length - rest.length)) && NAME_AFTER_CALL.test(rest);
}

/** For a noun of messages: nothing need follow. */
export function aimOfNoun(after: string): Aim {
  const rest = strip(after, OBJECT);
  return limitOf(rest) ?? 'lead';
}

function limitOf(rest: string): Aim | null {
  if (DOUBTFUL.test(rest)) return 'doubt';
  if (/^ about (?:any|anything|all) (?:\w+ )?(?:over|in|under|above|below|outside)\b/.test(rest))
    return 'limited';
  if (TOTAL.test(rest)) return 'lead';
  return CONDITION.test(rest) ? 'limited' : null;
}

function strip(words: string, pattern: RegExp): string {
  let rest = words;
  for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
    rest = rest.slice(match[0].length);
  }
  return rest;
}
