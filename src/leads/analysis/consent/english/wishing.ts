import { aimOfNoun } from '../aim.js';
import type { Rule } from '../findings.js';
import { endsIn, holds, oneOf } from '../one-of.js';
import {
  DOING,
  DOINGS,
  DONE,
  NOUNS_OF_ANY_KIND,
  ofVerb,
  VERBS,
  verdictOf,
  YOU,
} from './vocabulary.js';

/** What the lead does not want: our doing, being contacted, our messages, hearing from us. */

const WANT =
  '(?:dont|no longer|not|never|didnt|dont really|really dont) (?:really |even |ever )?' +
  oneOf(
    'want(?: to)?, wish, care, need, like, desire, appreciate, authorize, interested in, wanted',
  );

const unwantedDoing: Rule = {
  pattern: new RegExp(
    ` ${WANT} (?:for )?(?:${YOU}|anyone|anybody|your (?:company|team|people|office))(?: (?:guys|people|all|ever|to|keep|keeping|constantly|always))* (?:${VERBS}|${DOINGS})(?= )`,
    'g',
  ),
  judge: (place) => (/ (?:if|why)(?: \w+)?$/.test(place.before) ? null : ofVerb(place)),
};

const unwantedBeing: Rule = {
  pattern: new RegExp(
    ` (?:${WANT} (?:to )?be|not to be|wish not to be|never be|not be|not want to be) (?:getting |receiving )?` +
      `(?:${DONE}(?: (?:or|and) ${DONE})*|on (?:your|ur|this|the|any|a)(?: \\w+){0,2} lists?|part of this|in (?:your|ur|this) (?:system|database|list))(?= )`,
    'g',
  ),
  judge: ({ before, after }) => {
    if (endsIn('why, he, she, they, told, happy').test(before)) return null;
    const by = /^ by (?:you|yall|anyone|your \w+|this \w+|phone|text|email)/;
    return verdictOf(aimOfNoun(after.replace(by, '')));
  },
};

const unwantedMessages: Rule = {
  pattern: new RegExp(
    ` ${WANT}(?: ${oneOf(
      'to, receive, receiving, get, getting, see, have, any, more, of, your, these, this, the, all, such, further, other, ' +
        'so, many, stupid, fucking, damn, automated, random, marketing, constant, or need, read, phone, keep, be',
    )})* (?:${NOUNS_OF_ANY_KIND}|them|these|this (?:stuff|crap|shit)|anything (?:from|else from) (?:you|yall|this))(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    const isOther =
      / (?:why|if)(?: \w+)?$/.test(before) ||
      / to (?:text|call|message|email|contact)$/.test(phrase);
    if (isOther || !namesMessages(phrase)) return null;
    return / didnt (?:want|need|like)/.test(phrase) ? 'hold' : verdictOf(aimOfNoun(after));
  },
};

/** "I don't want these" may be homes; "I don't need a call" is no refusal of calls. */
function namesMessages(phrase: string): boolean {
  if (/ (?:them|these)$/.test(phrase)) {
    return / (?:receiv\w+|get|getting|see) (?:\w+ )*(?:them|these)$/.test(phrase);
  }
  return !/ (?:didnt|need|like|care) /.test(phrase) || / (?:your|these|more|this)/.test(phrase);
}

const unwantedHearing: Rule = {
  pattern: new RegExp(
    ` (?:${WANT} (?:to )?${oneOf(
      'hear(?:ing)? (?:anything )?(?:else )?from, talk to, speak to, speak with, talk with, do business with, deal with, ' +
        'engage with, communicate with, contact with',
    )}|(?:want|need) nothing (?:more )?(?:from|to do with)) (?:you|yall|this|your|any of you|anyone|anybody|again)(?= )`,
    'g',
  ),
  judge: ({ phrase, after }) => {
    const isBroad = / (?:talk|speak|business|deal) /.test(phrase) && !/ you$/.test(phrase);
    const rest = after.replace(/^ (?:guys|people|all|again|anymore|ever)/, '');
    return isBroad ? null : verdictOf(aimOfNoun(rest));
  },
};

const tired: Rule = {
  pattern: new RegExp(
    ` (?:over (?:these|your)|${oneOf('tired, sick, fed up, done, over, had it, had enough, enough, annoyed, sick and tired')}(?: \\w+)? (?:of|with|by)` +
      `(?: (?:all|getting|receiving|you|yall|your|these|the|this|constant|guys|people|so|many))*) (?:${NOUNS_OF_ANY_KIND}|${DOING})(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    const isOther = holds(
      before,
      endsIn('never, not, they, he, she, youre, you, are, talk, went, go'),
    );
    if (isOther || /^ from (?!you|your|this)/.test(after)) return null;
    if (!/ (?:you|yall|your|these|this|all|constant|the) /.test(phrase)) return 'hold';
    return / (?:enough|had) /.test(phrase) ? verdictOf(aimOfNoun(after)) : 'opt_out';
  },
};

export const WISHING_RULES: readonly Rule[] = [
  unwantedDoing,
  unwantedBeing,
  unwantedMessages,
  unwantedHearing,
  tired,
];
