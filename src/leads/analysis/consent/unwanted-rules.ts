import { aimOfNoun } from './aim.js';
import { DOING, DONE, NOUN_STRICT, VERBS, DOINGS } from './english-words.js';
import type { Rule } from './findings.js';
import { ofVerb, verdictOf } from './verdicts.js';

/** Revocations in English by what the lead does not want, or has had enough of. */

const WANT =
  '(?:dont|no longer|not|never|didnt|dont really|really dont) (?:really |even |ever )?(?:want(?: to)?|wish|care|need|like|desire|appreciate|authorize|interested in|wanted)';
const unwantedDoing: Rule = {
  pattern: new RegExp(
    ` ${WANT} (?:for )?(?:you|yall|you guys|you people|anyone|anybody|your (?:company|team|people|office))(?: (?:guys|people|all|ever|to|keep|keeping|constantly|always))* (?:${VERBS}|${DOINGS})(?= )`,
    'g',
  ),
  judge: ofVerb,
};
const unwantedBeing: Rule = {
  pattern: new RegExp(
    ` (?:${WANT} (?:to )?be|not to be|wish not to be|never be|not be|not want to be) (?:getting |receiving )?(?:${DONE}(?: (?:or|and) ${DONE})*|on (?:your|ur|this|the|any|a)(?: \\w+){0,2} lists?|part of this|in (?:your|ur|this) (?:system|database|list))(?= )`,
    'g',
  ),
  judge: ({ before, after }) =>
    / (?:why|he|she|they|told|happy)$/.test(before)
      ? null
      : verdictOf[
          aimOfNoun(
            after.replace(/^ by (?:you|yall|anyone|your \w+|this \w+|phone|text|email)/, ''),
          )
        ],
};
const unwantedMessages: Rule = {
  pattern: new RegExp(
    ` ${WANT}(?: (?:to|receive|receiving|get|getting|see|have|any|more|of|your|these|this|the|all|such|further|other|so|many|stupid|fucking|damn|automated|random|marketing|constant|or need|read|phone|keep|be))* (?:${NOUN_STRICT}(?: (?:or|and) ${NOUN_STRICT})*|them|these|this (?:stuff|crap|shit)|anything (?:from|else from) (?:you|yall|this))(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (
      / (?:why|if)(?: \w+)?$/.test(before) ||
      / to (?:text|call|message|email|contact)$/.test(phrase)
    )
      return null;
    if (
      / (?:them|these)$/.test(phrase) &&
      !/ (?:receiv\w+|get|getting|see|texts?) (?:\w+ )*(?:them|these)$/.test(phrase)
    )
      return null;
    if (/ (?:didnt|need|like|care) /.test(phrase) && !/ (?:your|these|more|this)/.test(phrase))
      return null;
    if (/ didnt (?:want|need|like)/.test(phrase)) return 'hold';
    return verdictOf[aimOfNoun(after)];
  },
};
const unwantedHearing: Rule = {
  pattern: new RegExp(
    ` ${WANT} (?:to )?(?:hear(?:ing)? (?:anything )?(?:else )?from|talk to|speak to|speak with|talk with|do business with|deal with|engage with|communicate with|contact with) (?:you|yall|u|this|your|any of you|anyone|anybody|again)(?= )`,
    'g',
  ),
  judge: ({ phrase, after }) => {
    const aim =
      verdictOf[aimOfNoun(after.replace(/^ (?:guys|people|all|again|anymore|ever)/g, ''))];
    if (aim === 'opt_out' && / (?:talk|speak|business|deal) /.test(phrase) && !/ you$/.test(phrase))
      return null;
    return aim;
  },
};
const tired: Rule = {
  pattern: new RegExp(
    ` (?:tired|sick|fed up|done|over|had it|had enough|enough|annoyed|sick and tired)(?: \\w+)? (?:of|with|by)(?: (?:all|getting|receiving|you|yall|your|these|the|this|constant|guys|people|so|many))* (?:${NOUN_STRICT}|${DOING})(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (
      / (?:never|not|they|he|she|youre|you|are)$/.test(before) ||
      /^ from (?!you|your|this)/.test(after)
    )
      return null;
    if (!/ (?:you|yall|your|these|this|all|constant|the) /.test(phrase)) return 'hold';
    return /^ (?:enough|had)/.test(phrase.trimStart()) || / enough /.test(phrase)
      ? verdictOf[aimOfNoun(after)]
      : 'opt_out';
  },
};

export const UNWANTED_RULES: readonly Rule[] = [
  unwantedDoing,
  unwantedBeing,
  unwantedMessages,
  unwantedHearing,
  tired,
];
