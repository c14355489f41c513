import type { Finding, Place, Rule } from './findings.js';
import { isAsked } from './asked.js';

/** Revocations in English that ask to be taken from a list, to be left alone, or withdraw consent. */

type Verdict = Finding['verdict'] | null;

const CONTACT_DETAILS =
  '(?:number|numbers|name|info|information|contact|contacts|contact info|contact information|data|details|email|email address|phone|cell|profile|account|record|records|address|digits|file)';
const LEAD = `(?:me|us|myself|this (?:number|phone|email|contact|line)|(?:all )?(?:of )?my (?:phone |cell |contact |personal |email |mobile )?${CONTACT_DETAILS}(?: (?:and|or) (?:\\w+ )?${CONTACT_DETAILS})*|our (?:number|info|information|phone|name))`;
const LIST =
  '(?:lists?|systems?|databases?|data base|db|contacts?|contact list|distribution|mailing|calling|texting|text|texts|records|crm|files?|rolls|thread|chain|marketing|sms|spam|email|emails|messages|messaging|stuff|shit|bs|campaign|group text|call|calls|service|program|rotation|server|app|site|website|platform|leads|phone|books?)';
/** Lists one asks to leave without refusing messages. */
const OTHER_LIST =
  / (?:their|his|her|wait|waitlist|waiting|showing|tour|open house|guest|title|loan|lease|deed|contract|market|mls|zillow|schedule|appointment|calendar|offer|mortgage|ones|vip|interest)(?:s|ed)?(?= |$)/;

const takesOff: Rule = {
  pattern: new RegExp(
    ` (?:remove|removing|delete|deleting|erase|scrub|purge|clear|wipe|drop|take|taking|get|keep|scratch|strike|cross|unlist|opt|exclude|withdraw|pull|lose|forget|toss|trash|destroy|block|blocking|unsubscribe|discard) ${LEAD}(?= )`,
    'g',
  ),
  judge: (place) => {
    if (!isAsked(place)) return null;
    const verb = place.phrase.split(' ')[1] ?? '';
    if (/^(?:lose|forget|toss|trash|destroy|block|blocking|opt)$/.test(verb))
      return ofDroppedLead(verb, place);
    return ofTakenLead(verb, place.after);
  },
};

/** "Lose my number", "block me", "opt me out". */
function ofDroppedLead(verb: string, { phrase, after }: Place): Verdict {
  if (verb === 'opt') return /^ out\b/.test(after) ? ofOptOut(after.slice(' out'.length)) : null;
  if (/^block/.test(verb))
    return /^ (?:out|off|from (?!you|your|this))/.test(after) ? null : 'opt_out';
  return / (?:me|us|myself|name|details|email|address|file)$/.test(phrase) ||
    / (?:for|on|to|in)\b/.test(after.slice(0, 4))
    ? null
    : 'opt_out';
}

/** "Remove me", "take my number off your list"; not "take my name off the loan". */
function ofTakenLead(verb: string, after: string): Verdict {
  const needsOff = /^(?:take|taking|get|keep|cross|scratch|strike|pull|withdraw|drop|clear)$/.test(
    verb,
  );
  const rest = after.replace(
    /^ (?:please|now|immediately|completely|permanently|asap|right now|all together)(?= )/,
    '',
  );
  const off = /^(?: (?:out|off|from|of|up))+/.exec(rest)?.[0];
  if (off === undefined) return needsOff ? null : ofBareRemoval(rest);
  if (/ up$/.test(off)) return null;
  return ofList(rest.slice(off.length));
}

function ofBareRemoval(rest: string): Verdict {
  if (
    /^ (?:as|for|on|to the|to a|if|when|until|with|by|in case)\b/.test(rest) &&
    !/^ (?:as soon|as requested|if possible|if you)/.test(rest)
  )
    return null;
  return 'opt_out';
}

function ofList(rest: string): Verdict {
  if (
    /^ (?:[.,!?]|please|thanks|now|immediately|asap|im|i|we|or|and|not|wrong|this is|period)(?= )/.test(
      `${rest} `,
    )
  )
    return 'opt_out';
  const words = /^(?: \w+){0,6}/.exec(rest)?.[0] ?? '';
  const list = new RegExp(`^((?: \\w+){0,5}?) ${LIST}(?= )`).exec(rest);
  if (OTHER_LIST.test(words)) return null;
  if (
    /^ (?:this|here|these|all (?:this|these|of)|everything|anything|it|yall|you|any|every)\b/.test(
      rest,
    )
  )
    return 'opt_out';
  if (list === null) return /^ your\b/.test(rest) ? 'opt_out' : null;
  const between = list[1] ?? '';
  const isPlain =
    /^(?: (?:the|your|ur|this|that|these|those|any|all|every|of|goddamn|damn|fucking|stupid|whatever|contact|mailing|call|calling|text|texting|phone|email|marketing|spam|lead|leads|sms|message|messaging|company|companys|client|customer|robo|and|or|future|further|list|calling))*$/.test(
      between,
    );
  return isPlain ? 'opt_out' : 'hold';
}

const beRemoved: Rule = {
  pattern:
    / (?:to be|be|get|have (?:me|us|my \w+|this number)|get (?:me|us|my \w+)|being) (?:removed|taken off|deleted|unsubscribed|opted out|unenrolled|off|taken out|erased|dropped)(?= )/g,
  judge: ({ phrase, before, after }) => {
    if (
      / (?:to be|get|have|be) /.test(`${phrase} `) &&
      / (?:dont|not|never|did|why|was|were|has|have been|will it|it|that|they|he|she|house|should the|listing|could it|needs|need to)$/.test(
        before,
      ) &&
      !/ (?:want|need|like|asked|ask)(?: to)?$/.test(before)
    )
      return null;
    if (/ being /.test(phrase) || (/ off$/.test(phrase) && / (?:be|get) off$/.test(phrase)))
      return /^ (?:of )?(?:this|your|the|ur) (?:\w+ )?(?:list|lists)/.test(after) &&
        / (?:want|like|need)(?: to)?$/.test(before)
        ? 'opt_out'
        : null;
    if (/ (?:unsubscribed|opted out)$/.test(phrase)) return ofOptOut(after);
    return ofList(after.replace(/^(?: (?:out|off|from|of))+/, ''));
  },
};

const optsOut: Rule = {
  pattern: / (?:opt|opting|opted) out(?= )/g,
  judge: (place) => {
    if (/ (?:an|the|any|to reply stop to|of|no|be|clause|can the|not)$/.test(place.before))
      return null;
    if (/ opted/.test(place.phrase))
      return / (?:i|we|have|already|ive|weve)$/.test(place.before) ? ofOptOut(place.after) : null;
    return isAsked(place) ? ofOptOut(place.after) : null;
  },
};

/** Of messages or of nothing named; not of an inspection. */
function ofOptOut(after: string): Verdict {
  const rest = after.replace(
    /^ (?:please|thanks|now|immediately|again|completely|permanently|entirely|right now|already|asap|sir|maam|today|yesterday|twice|last week|weeks ago|a week ago)(?= )/g,
    '',
  );
  if (/^ [.,!?]/.test(rest)) return 'opt_out';
  if (/^ (?:by (?:accident|mistake)|accidentally)/.test(rest)) return null;
  if (/^ (?:i|im|we|not|wrong|thanks|and|but i|so|please|stop|this is|dont)(?= )/.test(rest))
    return 'opt_out';
  if (
    /^ (?:of|from)(?: (?:this|these|your|all|any|it|further|future|receiving|getting|texts?|messages?|messaging|sms|communications?|emails?|calls?|everything|contact|marketing|the texts|the messages|the list|the texting|the emails|the calls|the sms|being contacted))(?= )/.test(
      rest,
    )
  ) {
    return /^ (?:of|from) (?:this|your) (?:house|home|deal|contract|one|offer|tour|showing|inspection)/.test(
      rest,
    )
      ? null
      : 'opt_out';
  }
  return null;
}

const unsubscribes: Rule = {
  pattern: / (?:unsubscribe|unsubscribed|unsub|unsubscribing|desubscribe|optout)(?= )/g,
  judge: (place) => {
    const { before, after, phrase } = place;
    if (
      / (?:accidentally|mistakenly|did i|was i|am i|got|get|im|to never|the|an|not|link to)$/.test(
        before,
      ) &&
      !/ (?:please|want to) get$/.test(before)
    )
      return null;
    if (/^ (?:by (?:accident|mistake)|link|button)/.test(after)) return null;
    if (
      /^(?: \w+){0,4} (?:but|except) /.test(after) ||
      /^(?: \w+)* (?:but|except)\b/.test(after.slice(0, 60))
    )
      return 'hold';
    if (/^ from (?:zillow|redfin|realtor|the (?!list|texts|messages|emails|sms))/.test(after))
      return null;
    if (/ unsubscribed$/.test(phrase))
      return / (?:i|we|ive|already|be|me|have)$/.test(before) ? 'opt_out' : null;
    return isAsked(place) ? 'opt_out' : null;
  },
};

const blocks: Rule = {
  pattern:
    / (?:(?:im|ill|will|going to|gonna|just|have|ive|be|am) (?:be )?)?block(?:ing|ed)? (?:you|yall|your number|this number)(?= )|(?: youre| you are| youve been| consider yourself| your number is) (?:blocked|getting blocked)(?= )/g,
  judge: ({ before }) => (/ (?:they|he|she|can|not|dont|didnt)$/.test(before) ? null : 'opt_out'),
};

/** "I want my number removed", "I want off this list". */
const wantsRemoved: Rule = {
  pattern: new RegExp(
    ` (?:want|like|need|have|get|wants) (?:(?:to be |to get )?(?:off|out of)(?: of)?|${LEAD} (?:to be )?(?:removed|deleted|taken off|erased|scrubbed|off|unsubscribed|opted out)(?: (?:from|off|of))*)(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (/ (?:dont|not|never|they|he|she|did|you|didnt)$/.test(before)) return null;
    if (/ (?:unsubscribed|opted out)$/.test(phrase)) return ofOptOut(after);
    const isOff = / (?:off|out of)(?: of)?$/.test(phrase) && !/ (?:me|my|number|name)/.test(phrase);
    if (
      isOff &&
      !/^ (?:of )?(?:this|your|these|the)(?: \w+){0,2} (?:list|lists|texts|thread|system)(?= )/.test(
        after,
      )
    )
      return null;
    return ofList(after);
  },
};

/** "Get rid of my number", "forget you have my number". */
const forgetsNumber: Rule = {
  pattern:
    / (?:get rid of|forget you (?:have|ever had|had)|forget about|throw away|trash|dont (?:use|keep|save|have)) (?:my|this) (?:number|contact|info|information|data|phone number)(?= )/g,
  judge: (place) => (isAsked(place) && !/ (?:i|we)$/.test(place.before) ? 'opt_out' : null),
};

const getsOff: Rule = {
  pattern:
    / (?:get|be|come|getting) (?:off|out|removed from|taken off)(?: of)? (?:of )?(?:this|your|these|the) (?:\w+ ){0,2}?(?:lists?|texts?|messages?|database|system|thread)(?= )|(?: get| make| want| need| like| wish) (?:the|these|those|this|your|all)(?: (?:of|these|the|your))*(?: (?:texts?|messages?|calls?|emails?|texting|messaging))? to stop(?= )/g,
  judge: (place) =>
    / stop$/.test(place.phrase) ||
    / (?:how (?:do|can) (?:i|we)|(?:want|like|need|wish) to|id like to)$/.test(place.before)
      ? verdictAfterStop(place.after)
      : null,
};
const verdictAfterStop = (after: string): Verdict =>
  /^ (?:for|when|until|at|after|before|by|in)\b/.test(after) ? null : 'opt_out';

export const REMOVAL_RULES: readonly Rule[] = [
  takesOff,
  beRemoved,
  optsOut,
  unsubscribes,
  blocks,
  wantsRemoved,
  forgetsNumber,
  getsOff,
];
