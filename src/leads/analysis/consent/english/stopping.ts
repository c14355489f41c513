import { aimOfNoun, aimOfVerb } from '../aim.js';
import type { Place, Rule, Verdict } from '../findings.js';
import { beginsWith, endsIn, holds, oneOf } from '../one-of.js';
import {
  DETERMINERS,
  DOINGS,
  isSaidToUs,
  NOUNS,
  NOUNS_OF_ANY_KIND,
  ofVerb,
  SENT,
  VERB,
  VERBS,
  verdictOf,
  YOU,
} from './vocabulary.js';

/** What is to stop: a doing of ours, or our messages. What else is stopped is no refusal. */

const ADVERBS = `(?: ${oneOf(
  'please, ever, even, just, all, already, again, fucking, freaking, fn, f, ing, fing, effing, damn, the hell, the fuck, with, with all, on',
)})*`;

const stopsDoing: Rule = {
  pattern: new RegExp(
    ` ${oneOf('stop, quit, cease, discontinue, halt, refrain from, desist from, knock off, give up, end')}${ADVERBS} ${DOINGS}(?= )`,
    'g',
  ),
  judge: (place) => (isSaidToUs(place) && !isTold(place) ? ofVerb(place) : null),
};

/** "My realtor quit texting me": a past tense with its subject. */
const isTold = ({ phrase, before }: Place): boolean =>
  / quit /.test(phrase) &&
  /^(?: \w+)? (?:my|the|our|his|her|their|other|last|old)(?: \w+){1,2}$/.test(before);

/** "I'd rather you didn't text me", "I'd appreciate it if you stopped texting me". */
const wishesAway: Rule = {
  pattern: new RegExp(
    ` ${oneOf('appreciate(?: it)?, great, nice, love it, like it, wish, rather, prefer, thankful, grateful')}(?: if| that)? ${YOU}` +
      `(?: (?:would|could|will|just|please))* (?:(?:stopped|stop|quit) ${DOINGS}|(?:didnt|dont|wouldnt|never|not) ${VERBS})(?= )`,
    'g',
  ),
  judge: ofVerb,
};

/** "No text me mas", "stop send me texts": English as a second language. */
const refusesBroken: Rule = {
  pattern: new RegExp(
    ` (?:no ${VERB} me(?: (?:mas|more|again|anymore))?|no ${VERB} (?:mas|anymore)|stop (?:text|call|message|contact|email) (?:me|us))(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (endsIn('why, got, have, had, dont, cant, never').test(before)) return null;
    const isPlain = !/ me$/.test(phrase) || / stop /.test(phrase);
    return isPlain || (before.trim() === '' && /^ [.,!]/.test(after)) ? 'opt_out' : null;
  },
};

const stopsSending: Rule = {
  pattern: new RegExp(
    ` (?:stop|quit|cease)${ADVERBS} (?:sending|send)(?: (?:me|us|out|over))*(?: to)?(?: this number| my phone)?(?:${DETERMINERS} ${SENT})?(?= )`,
    'g',
  ),
  judge: (place) => (isSaidToUs(place) && !/ never$/.test(place.before) ? ofSent(place) : null),
};

const HAS_THING = new RegExp(` ${SENT}$`);
const OF_A_KIND = beginsWith(
  'to (?!me|us|this|my phone|my number|my cell|my inbox)\\w+, ones?, houses?, homes?, listing, places, properties, property, type, kind, area',
);
const ALL_THAT_IS_SENT =
  /^ (?:houses|homes|properties|places|ads|links)(?: please| anymore| now)* [.,!?]/;

/** Behind "sending": the lead, messages, or nothing at all. */
export function ofSent({ phrase, after }: Place): Verdict {
  if (HAS_THING.test(phrase)) {
    return OF_A_KIND.test(after) ? null : verdictOf(aimOfVerb(` me${after}`));
  }
  if (/^ (?:stop|quit)/.test(phrase) && ALL_THAT_IS_SENT.test(after)) return 'hold';
  const isToLead = / (?:me|us|out|number|phone)$/.test(phrase) || /^ [.,!?]/.test(after);
  return isToLead ? verdictOf(aimOfVerb(after)) : null;
}

const stopsReceiving: Rule = {
  pattern: new RegExp(
    ` (?:stop|quit|cease|avoid|opt out of|end|not)(?: to)? (?:receiving|getting|receive|get|hearing|hear|seeing)(?: from (?:you|yall|this|your))?(?:${DETERMINERS} ${SENT})?(?= )`,
    'g',
  ),
  judge: (place) => {
    const isOfMessages =
      / (?:from|texts?|text messages?|messages?|sms|emails?|calls?|these|this|them|spam|alerts|notifications)(?: \w+)?$/.test(
        place.phrase,
      );
    return isOfMessages && isSaidToUs(place, true) ? verdictOf(aimOfNoun(place.after)) : null;
  },
};

const stopsMessages: Rule = {
  pattern: new RegExp(
    ` (?:${oneOf(
      'stop, quit, cease, end, halt, discontinue, cancel, terminate, turn off, shut off, suspend, cut, cut off, block, ' +
        'enough(?: already)?, stop it, knock it off, cut it out, lay off, ease up, chill(?: out)?',
    )}${DETERMINERS} ${NOUNS}|end${DETERMINERS} (?:conversation|thread|chat))(?= )`,
    'g',
  ),
  judge: (place) => {
    if (!isSaidToUs(place, true) || isTold(place)) return null;
    const isElse =
      / (?:bus|non|pit|truck|one)$/.test(place.before) ||
      / (?:block|cut) (?:calls?|contact)$/.test(place.phrase);
    return isElse ? null : verdictOf(aimOfNoun(place.after));
  },
};

const HAD = endsIn(
  'have, had, has, got, get, gets, gotten, getting, received, receive, there, are, is, were, was, with, saw, see, ' +
    'hear, heard, be, been, made, makes, send, sent, says, said, did, yet, still, why, how come, if',
);
const OPENS = endsIn('please, interested, thanks, number, you, want, now, hey, hi, ok');
const CLOSES =
  /^(?: (?:please|thanks|ever|to this \w+|to me|again|at all|period|now|anymore|from you))* [.,!?]/;

/** "No more texts"; of what was not received it only tells. */
const noMore: Rule = {
  pattern: new RegExp(
    ` ${oneOf('no, no more, zero, not another, not one more, no further, no other')}${DETERMINERS} ${NOUNS_OF_ANY_KIND}(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (HAD.test(before) || /^ (?:back|yet|received|came|through|today|since)/.test(after))
      return null;
    const isMore = / (?:more|another|further|other)(?: |$)/.test(phrase);
    const isBare = (before.trim() === '' || OPENS.test(before)) && CLOSES.test(after);
    return isMore || isBare ? verdictOf(aimOfNoun(after)) : null;
  },
};

/** "I want these texts to stop", "make this stop". */
const wantsStopped: Rule = {
  pattern: new RegExp(
    ` (?:get|make|want|need|like|wish) (?:the|these|those|this|your|all|it)(?: (?:of|these|the|your))*(?: (?:texts?|messages?|calls?|emails?|texting|messaging))? (?:to )?stop(?= )`,
    'g',
  ),
  judge: ({ before, after }) =>
    holds(after, /^ (?:for|when|until|at|after|before|by|in|signs?)\b/) ||
    endsIn('dont, not').test(before)
      ? null
      : 'opt_out',
};

export const STOPPING_RULES: readonly Rule[] = [
  stopsDoing,
  wishesAway,
  refusesBroken,
  stopsSending,
  stopsReceiving,
  stopsMessages,
  noMore,
  wantsStopped,
];
