import { beginsWith, oneOf } from './one-of.js';

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

const NUMBER = oneOf(
  'numbers?, phones?, cell, line, mobile, email, inbox, address, device, landline',
);
const OBJECT = beginsWith(
  'me, us, myself, here, back, either, at all, ever again, again, anymore, any more, any longer, no more, anything else, else, ' +
    `(?:(?:at|to|on|through|via|from|by) )?(?:this|my|our|that|dis) (?:\\w+ )?${NUMBER}, (?:on|to) (?:here|it)`,
);
const CLOSING = beginsWith(
  'please, thanks, thank, now, immediately, already, period, ever, asap, kindly, sir, maam, man, bro, dude, guys, yall, lol, ' +
    'ok, okay, smh, wtf, fr, gracias, forever, completely, altogether, permanently, entirely, right away, at once',
);
/** Behind these a new statement begins, with punctuation or without. */
const NEXT_STATEMENT = beginsWith(
  'i, im, ive, ill, id, we, were, weve, its, this, that, you, youre, not, no, wrong, who, what, why, how, and, or, but, because, ' +
    'so, since, already, never, take, remove, leave, lose, delete, go, (?:the|my) (?:house|home) (?:is|isnt), house is, just, ' +
    'unsubscribe, opt, stop, dont, before i, per, under, dnc, hello, there is, for good, for real',
);
const END = /^ [.,!?]/;
/** Conditions that limit nothing. */
const TOTAL = beginsWith(
  'at all, on (?:this|my|here|all), at (?:this|my), in any, for any, for (?:good|real|ever|the love), ' +
    'with (?:this|these|your|all|any|the|that), by (?:text|any|phone or text|text or|call or text|email or|phone and), ' +
    'from (?:now on|this|your|here|all|any|yall|you), ' +
    'about (?:this|that|it|any|anything|all|your|buying|selling|real|houses|homes|property|properties|listings|refinancing|(?:my|our) (?:house|home|property|properties|place)), ' +
    'if (?:you (?:dont mind|would|could|please|can)|possible), when i (?:said|asked|told), after i, as (?:i|we) (?:said|asked|am|already), ' +
    'as soon, like i, unless you want, before i (?:report|call|sue|block|file|contact), this (?:number|phone|stuff|crap), in the future, going forward',
);
const OF_A_KIND = /^ about (?:any|anything|all) (?:\w+ )?(?:over|in|under|above|below|outside)\b/;
const DOUBTFUL = beginsWith(
  'for now, for a (?:while|bit|few), for the (?:moment|time being), so (?:much|often|many), as (?:much|often|many), every, each, ' +
    'all day, all the time, that (?:much|often), too (?:much|often), like (?:this|that), more than, (?:use|try|its|my new)(?: \\w+){0,4} \\d+, by phone(?! (?:or|and))',
);
const CONDITION = beginsWith(
  'before, after, until, untill, till, til, while, when, whenever, during, today, tonight, tomorrow, between, unless, if, except, ' +
    'late, early, in, over, under, above, below, at, on, about, regarding, right now, this (?:week|weekend|morning|evening|afternoon|month), ' +
    'from, for, with, without, then, yet, next, past, only, outside, once, or email until, mon, monday, tuesday, wednesday, thursday, ' +
    'friday, saturday, sunday, sundays, weekends, as, by, just to, to, so (?:late|early)',
);
/** Of what is sent: one kind of it is refused. */
const THING = beginsWith(
  'houses?, homes?, places, properties, condos?, pics, pictures, photos, links, questions, the same, apartments, rentals, townhomes, ' +
    'townhouses, ones, options, new, listings, that (?:one|house|listing|place|property), anything (?:over|in|under|above|below), (?:the|a|an|your|his|her|those) (?!number|phone)\\w+',
);
const NAME = /^ (?!or |and )\w+ [.,!?]/;

/** For a verb: `after` must name the lead, or nothing. */
export function aimOfVerb(after: string, isCall = false): Aim {
  const rest = strip(after, OBJECT);
  const beyond = strip(rest, CLOSING);
  if (END.test(beyond)) return 'lead';
  if (THING.test(rest) || (isCall && beyond === rest && isNaming(after, rest))) return 'other';
  return limitOf(rest) ?? (beyond !== after || NEXT_STATEMENT.test(rest) ? 'lead' : 'other');
}

/** "Don't call me Ana." */
const isNaming = (after: string, rest: string): boolean =>
  after === ` me${rest}` && NAME.test(rest);

/** For a noun of messages: nothing need follow. */
export function aimOfNoun(after: string): Aim {
  return limitOf(strip(after, OBJECT)) ?? 'lead';
}

function limitOf(rest: string): Aim | null {
  if (DOUBTFUL.test(rest)) return 'doubt';
  if (OF_A_KIND.test(rest)) return 'limited';
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
