import type { Place, Rule, Verdict } from '../findings.js';
import { beginsWith, endsIn, holds, oneOf } from '../one-of.js';
import { ofOptOut } from './leaving.js';
import { isSaidToUs } from './vocabulary.js';

/** The lead, or its number, is to be taken from a list, deleted or forgotten. */

const DETAIL = oneOf(
  'numbers?, name, info, information, contacts?, contact info, contact information, data, details, email, email address, ' +
    'phone, cell, profile, account, records?, address, digits, file',
);
const LEAD =
  `(?:me|us|myself|this (?:number|phone|email|contact|line)|` +
  `(?:all )?(?:of )?my (?:phone |cell |contact |personal |email |mobile )?${DETAIL}(?: (?:and|or) (?:\\w+ )?${DETAIL})*|` +
  `our (?:number|info|information|phone|name))`;
const LIST = oneOf(
  'lists?, systems?, databases?, data base, db, contacts?, contact list, distribution, mailing, calling, texting, texts?, ' +
    'records, crm, files?, rolls, thread, chain, marketing, sms, spam, emails?, messages, messaging, stuff, shit, bs, ' +
    'campaign, group text, calls?, service, program, rotation, server, app, site, website, platform, leads, phone, books?',
);
/** Lists that one may leave and still be written to. */
const OTHER_LIST = new RegExp(
  ` ${oneOf(
    'their, his, her, wait, waitlist, waiting, showing, tour, open house, guest, title, loan, lease, deed, contract, market, ' +
      'mls, zillow, schedule, appointment, calendar, offer, mortgage, ones, vip, interest',
  )}(?:s|ed)?(?= |$)`,
);
const PLAIN_LIST = new RegExp(
  `^(?: ${oneOf(
    'the, your, this, that, these, those, any, all, every, of, goddamn, damn, fucking, stupid, whatever, contact, mailing, ' +
      'calls?, calling, text, texting, phone, email, marketing, spam, leads?, sms, messages?, messaging, company, companys, ' +
      'client, customer, robo, and, or, future, further, list',
  )})*$`,
);
const NAMED_LIST = new RegExp(`^((?: \\w+){0,5}?) ${LIST}(?= )`);
const ENDS = beginsWith(
  '[.\\,!?], please, thanks, now, immediately, asap, im, i, we, or, and, not, wrong, this is, period, also',
);
const WHATEVER =
  /^ (?:this|here|these|all (?:this|these|of)|everything|anything|it|yall|you|any|every)\b/;

/** What somebody is taken from: `rest` stands behind "off", "from" or "out of". */
function ofList(rest: string): Verdict {
  if (ENDS.test(`${rest} `)) return 'opt_out';
  if (OTHER_LIST.test(/^(?: \w+){0,6}/.exec(rest)?.[0] ?? '')) return null;
  if (WHATEVER.test(rest)) return 'opt_out';
  const between = NAMED_LIST.exec(rest)?.[1];
  if (between === undefined) return /^ your\b/.test(rest) ? 'opt_out' : null;
  return PLAIN_LIST.test(between) ? 'opt_out' : 'hold';
}

const NEEDS_OFF = /^(?:take|taking|get|keep|cross|scratch|strike|pull|withdraw|drop|clear)$/;
const takesOff: Rule = {
  pattern: new RegExp(
    ` ${oneOf(
      'remove, removing, delete, deleting, erase, scrub, purge, clear, wipe, drop, take, taking, get, keep, scratch, strike, ' +
        'cross, unlist, exclude, withdraw, pull, discard',
    )} ${LEAD}(?= )`,
    'g',
  ),
  judge: (place) =>
    isSaidToUs(place, true) ? ofTaken(place.phrase.split(' ')[1] ?? '', place.after) : null,
};

/** "Remove me", "take my number off your list"; not "take my name off the loan". */
function ofTaken(verb: string, after: string): Verdict {
  const rest = after.replace(
    /^ (?:please|now|immediately|completely|permanently|asap|right now|all together)(?= )/,
    '',
  );
  const off = /^(?: (?:out|off|from|of|up))+/.exec(rest)?.[0];
  if (off === undefined) return NEEDS_OFF.test(verb) ? null : ofBareRemoval(rest);
  return / up$/.test(off) ? null : ofList(rest.slice(off.length));
}

function ofBareRemoval(rest: string): Verdict {
  const isHarmless = /^ (?:as soon|as requested|if possible|if you)/.test(rest);
  const isLimited = /^ (?:as|for|on|to the|to a|if|when|until|with|by|in case|and use)\b/.test(
    rest,
  );
  return isLimited && !isHarmless ? null : 'opt_out';
}

/** "Lose my number", "block me", "forget about me". */
const dropsLead: Rule = {
  pattern: new RegExp(
    ` (?:lose|forget|forget about|toss|trash|destroy|block|blocking) ${LEAD}(?= )`,
    'g',
  ),
  judge: (place) => {
    const { phrase, after } = place;
    if (!isSaidToUs(place, true)) return null;
    if (/ block/.test(phrase))
      return /^ (?:out|off|from (?!you|your|this))/.test(after) ? null : 'opt_out';
    if (/ forget (?:about )?(?:me|us)$/.test(phrase))
      return /^ [.,!]/.test(after) ? 'opt_out' : null;
    const isElse = / (?:me|us|myself|name|details|email|address|file)$/.test(phrase);
    return isElse || /^ (?:for|on|to|in)\b/.test(after) ? null : 'opt_out';
  },
};

/** "Make sure I'm off your list", "take it off your list", "I request removal". */
const wantsOff: Rule = {
  pattern:
    / (?:(?:make sure|ensure|keep|leave)(?: that)? (?:im|i am|me|my number(?: is)?) off (?:of )?(?:your|this|the) lists?|(?:take|remove|get) it (?:off|from) (?:of )?your (?:\w+ )?(?:lists?|system|database)|(?:request|requesting|want|demand) (?:a |my )?removal|\. removal (?:please|request))(?= )/g,
  judge: (place) => (isSaidToUs(place, true) ? 'opt_out' : null),
};

/** "Remove from list": without its object. */
const removesFromList: Rule = {
  pattern: / (?:remove|delete|take|unsubscribe) (?:off|from|out of)(?= )/g,
  judge: (place) =>
    /^(?: (?:the|your|this|all|any|of))* (?:lists?|database|system)(?= [.,!?]| (?:please|now|asap)(?= ))/.test(
      place.after,
    ) && isSaidToUs(place, true)
      ? 'opt_out'
      : null,
};

const BE_REMOVED = oneOf(
  'removed, taken off, deleted, unsubscribed, opted out, unenrolled, taken out, erased, dropped',
);
const beRemoved: Rule = {
  pattern: new RegExp(
    ` (?:to be|be|get|have (?:me|us|my \\w+|this number)|get (?:me|us|my \\w+)) ${BE_REMOVED}(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    const isElse =
      endsIn(
        'dont, not, never, did, why, was, were, has, have been, will it, it, that, they, he, she, house, should the, listing, could it, needs, need to',
      ).test(before) && !/ (?:want|need|like|asked|ask)(?: to)?$/.test(before);
    if (isElse) return null;
    if (/ (?:unsubscribed|opted out)$/.test(phrase)) return ofOptOut(after);
    return ofList(after.replace(/^(?: (?:out|off|from|of))+/, ''));
  },
};

const THIS_LIST =
  /^ (?:of )?(?:this|your|these|the)(?: \w+){0,2} (?:lists?|texts|thread|system)(?= )/;

/** "I want my number removed", "I want off this list". */
const wantsRemoved: Rule = {
  pattern: new RegExp(
    ` (?:want|like|need|have|get|wants) (?:(?:to be |to get )?(?:off|out of)(?: of)?|${LEAD} (?:to be )?(?:${BE_REMOVED}|off|scrubbed)(?: (?:from|off|of))*)(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (endsIn('dont, not, never, they, he, she, did, you, didnt').test(before)) return null;
    if (/ (?:unsubscribed|opted out)$/.test(phrase)) return ofOptOut(after);
    const isOff = / (?:off|out of)(?: of)?$/.test(phrase) && !/ (?:me|my|number|name)/.test(phrase);
    return isOff && !THIS_LIST.test(after) ? null : ofList(after);
  },
};

/** "Get rid of my number", "forget you have my number". */
const forgetsNumber: Rule = {
  pattern:
    / (?:get rid of|forget you (?:have|ever had|had)|throw away|dont (?:keep|save|have)) (?:my|this) (?:number|contact|info|information|data|phone number)(?= )/g,
  judge: (place) =>
    isSaidToUs(place, true) && !/ (?:i|we)$/.test(place.before) ? 'opt_out' : null,
};

/** "How do I get off this list". */
const getsOff: Rule = {
  pattern:
    / (?:get|be|come|getting) (?:off|out|removed from|taken off)(?: of)? (?:of )?(?:this|your|these|the) (?:\w+ ){0,2}?(?:lists?|texts?|messages?|database|system|thread)(?= )/g,
  judge: ({ before }: Place) =>
    holds(before, / how (?:do|can) (?:i|we)$/, / (?:want|like|need|wish|id like) to$/)
      ? 'opt_out'
      : null,
};

const listedNotToCall: Rule = {
  pattern:
    / (?:put|add|place)(?: (?:me|us|this number|my number|my phone|it))? (?:on|to|in)(?: (?:your|the|a))? (?:dont|no|internal dont|dnc|opt out|remove)(?: (?:call|contact|text))?(?: list| registry)?(?= )/g,
  judge: (place) => (isSaidToUs(place, true) ? 'opt_out' : null),
};

export const LIST_RULES: readonly Rule[] = [
  takesOff,
  dropsLead,
  removesFromList,
  wantsOff,
  beRemoved,
  wantsRemoved,
  forgetsNumber,
  getsOff,
  listedNotToCall,
];
