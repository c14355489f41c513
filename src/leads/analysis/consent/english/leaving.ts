import type { Place, Rule, Verdict } from '../findings.js';
import { beginsWith, endsIn, holds, oneOf } from '../one-of.js';
import { isSaidToUs } from './vocabulary.js';

/** Opting out, being left alone, blocking, consent taken back. */

const ENDING = new RegExp(
  `^ ${oneOf(
    'please, thanks, now, immediately, again, completely, permanently, entirely, right now, already, asap, sir, maam, today, ' +
      'yesterday, twice, last week, weeks ago, a week ago, last month',
  )}(?= )`,
);
const NEXT = beginsWith(
  'i, im, we, not, wrong, thanks, and, but i, so, please, stop, this is, dont, why, no, request',
);
const OF_MESSAGES = new RegExp(
  `^ (?:of|from) ${oneOf(
    'this, these, your, all, any, it, further, future, receiving, getting, texts?, messages?, messaging, sms, communications?, ' +
      'emails?, calls?, everything, contact, marketing, the texts, the messages, the list, the texting, the emails, the calls, ' +
      'the sms, being contacted',
  )}(?= )`,
);
const OF_ELSE =
  /^ (?:of|from) (?:this|your) (?:house|home|deal|contract|one|offer|tour|showing|inspection)/;

/** Behind "opt out": of messages or of nothing named; not of an inspection. */
export function ofOptOut(after: string): Verdict {
  const rest = after.replace(ENDING, '');
  if (/^ [.,!?]/.test(rest) || NEXT.test(rest)) return 'opt_out';
  return OF_MESSAGES.test(rest) && !OF_ELSE.test(rest) ? 'opt_out' : null;
}

const optsOut: Rule = {
  pattern: / (?:opt|opting|opted)(?: (?:me|us|myself|this number|my number))? out(?= )/g,
  judge: (place) => {
    const { phrase, before, after } = place;
    if (endsIn('an, the, any, of, no, be, clause, can the, not').test(before)) return null;
    if (!/ opted/.test(phrase)) {
      return isSaidToUs(place, true) || / right to$/.test(before) ? ofOptOut(after) : null;
    }
    const isOwn = before.trim() === '' || endsIn('i, we, have, already, ive, weve').test(before);
    return isOwn ? ofOptOut(after) : null;
  },
};

const BY_CHANCE = endsIn(
  'accidentally, mistakenly, did i, was i, am i, got, get, im, to never, the, an, not, link to',
);
const unsubscribes: Rule = {
  pattern: / (?:unsubscribe|unsubscribed|unsub|unsubscribing|optout)(?= )/g,
  judge: (place) => {
    const { before, after, phrase } = place;
    const isElse = holds(
      after,
      /^ (?:by (?:accident|mistake)|link|button)/,
      /^ from (?:zillow|redfin|realtor|the (?!list|texts|messages|emails|sms))/,
    );
    if (/^(?: [\w,]+){0,10} (?:but|except|keep)(?= )/.test(after)) return 'hold';
    if (isElse || BY_CHANCE.test(before)) return null;
    if (!/ unsubscribed$/.test(phrase)) return isSaidToUs(place, true) ? 'opt_out' : null;
    return endsIn('i, we, ive, already, be, me, have').test(before) ? 'opt_out' : null;
  },
};

const blocks: Rule = {
  pattern:
    / (?:block(?:ing|ed)? (?:you|yall|your number|this number)|(?:youre|you are|youve been|consider yourself|your number is) (?:blocked|getting blocked)|blocking)(?= )/g,
  judge: ({ phrase, before, after }) => {
    if (endsIn('they, he, she, can, not, dont, didnt, is, are, whats').test(before)) return null;
    return / blocking$/.test(phrase) && !/^ [.,!]/.test(after) ? null : 'opt_out';
  },
};

const leavesAlone: Rule = {
  pattern:
    / (?:leave (?:(?:me|us)(?: and my \w+)?|my (?:phone|family|number|inbox)) (?:the (?:hell|fuck) )?(?:alone|be|tf alone)|leave me out of (?:this|it|your)|let me be|(?:fuck|piss|bug|buzz|back|bugger|sod|screw|f|eff) off|get lost|lose this number|kick rocks|take a hike)(?= )/g,
  judge: (place) => {
    const { phrase, before, after } = place;
    if (/ leave/.test(phrase) && / (?:you|yall)$/.test(before)) return 'opt_out';
    if (!isSaidToUs(place, true)) return null;
    if (/^ (?:with the|for (?:a|the)|until|till|while|at)\b/.test(after)) return null;
    const isLoose = / (?:back|get|take|kick|buzz|bug|let) /.test(phrase);
    return isLoose && !(isImperativeStart(before) && /^ [.,!]/.test(after)) ? null : 'opt_out';
  },
};

const goesAway: Rule = {
  pattern:
    / (?:go away|beat it|knock it off|cut it out|quit it|desist|cease and desist|get (?:out of|off) my (?:phone|inbox|texts|messages|life|line|back|case))(?= )/g,
  judge: ({ phrase, before, after }) => {
    if (/ cease and/.test(phrase)) return 'opt_out';
    if (!isImperativeStart(before)) return null;
    const isAway = / (?:go|get) /.test(phrase);
    const isCut = isAway ? /^ (?:for|to|on|this|next|in)\b/.test(after) : !/^ [.,!?]/.test(after);
    return isCut ? null : 'opt_out';
  },
};

const IMPERATIVE_START = endsIn(
  'please, just, and, now, so, interested, number, alone, thanks, no, off, me, buying, selling, ok, already, hell, stop, ' +
    'you need to, asked you to, told you to, you should, can you, will you, would you, you',
);

/** "Rates go away" has a subject; "not interested go away" has none. */
const isImperativeStart = (before: string): boolean =>
  before.trim() === '' || IMPERATIVE_START.test(before);

const withdrawsConsent: Rule = {
  pattern: new RegExp(
    ` (?:${oneOf('revoke, withdraw, remove, revoking, removing, withdrawing, rescind, rescinding, cancel, take back, retract')}` +
      `(?: (?:my|all|any|the|our|prior|express))* (?:consent|permission|authorization)|` +
      `(?:consent|permission)(?: (?:is|has been))?(?: hereby)? (?:revoked|withdrawn)|` +
      `(?:dont|never|didnt|no longer|not) (?:give |have |gave |given )?(?:you |any )?(?:(?:my|any|our) )?(?:consent|permission)(?: (?:to|for))?|` +
      `(?:not|never) authorized? (?:you|this|these)|` +
      `(?:not|no longer|never) (?:authorized|allowed|permitted) to (?:text|call|contact|message|email)|` +
      `(?:consider this|this is) (?:my|a|an|our|the)(?: \\w+){0,3} (?:opt out|revocation|cease|withdrawal)|` +
      `without my (?:consent|permission))(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }: Place) => {
    if (/ without/.test(phrase)) return 'hold';
    if (
      endsIn('they, he, she, seller, bank, we, im, i').test(before) &&
      / (?:authorized|allowed|permitted)/.test(phrase)
    )
      return null;
    if (endsIn('they, he, she, seller, bank, we').test(before)) return null;
    if (/^ (?:never|didnt) /.test(phrase)) return 'hold';
    const isElse = /^(?: to)? (?:the|a|an|pull|share|sell|show|my credit|credit|run)\b/;
    return isElse.test(after) ? null : 'opt_out';
  },
};

export const LEAVING_RULES: readonly Rule[] = [
  optsOut,
  unsubscribes,
  blocks,
  leavesAlone,
  goesAway,
  withdrawsConsent,
];
