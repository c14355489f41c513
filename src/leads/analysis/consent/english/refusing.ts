import type { Place, Rule } from '../findings.js';
import { endsIn, holds, oneOf } from '../one-of.js';
import { whoIsAsked } from '../who-is-asked.js';
import { ofSent } from './stopping.js';
import { DETERMINERS, DOINGS, ofVerb, SENT, VERBS } from './vocabulary.js';

/** What we are told not to do: "don't text me", "you can't call here", "asked not to contact me". */

const NOT = oneOf('dont, never, to not, not to, not, no longer, mustnt, shouldnt, cant, nobody');

const refusesVerb: Rule = {
  pattern: new RegExp(
    ` ${NOT}(?: ${oneOf(
      'ever, please, you, even, dare, be, again, fucking, to, try to, need to, have to, keep, attempt to, continue to, ' +
        'allowed to, permitted to, authorized to, bother, want you to, go, start',
    )})* (?:${VERBS}|${DOINGS})(?= )`,
    'g',
  ),
  judge: (place) => (isCommand(place) ? ofVerb(place) : null),
};

const refusesSending: Rule = {
  pattern: new RegExp(
    ` ${NOT}(?: ${oneOf('ever, please, even, dare, be, again, keep, continue, want you, want you to, bother, you')})*` +
      ` (?:send|sending)(?: (?:me|us|out))*(?: to)?(?: this number| my phone)?(?:${DETERMINERS} ${SENT})?(?= )`,
    'g',
  ),
  judge: (place) => (isCommand(place) ? ofSent(place) : null),
};

const YOU_LAST = / (?:you|yall|you guys|you people)(?: (?:guys|people|all|just|still))?$/;
const TELLS = endsIn(
  'i, we, they, he, she, it, id, ill, people, agents, sellers, realtors, lenders, to, did, could, would, does, hes, shes, theyre',
);

/** "They don't call me back" and "you never text me" tell; "you can't text me" forbids. */
function isCommand({ phrase, before }: Place): boolean {
  const first = phrase.split(' ')[1] ?? '';
  if (/ (?:dont|never) you (?!ever|dare|text me again)/.test(phrase)) return false;
  if (/ (?:why|how come)(?: \w+)?$/.test(before)) return false;
  if (YOU_LAST.test(before)) return forbidsYou(first, phrase, before);
  if (first === 'not') return isNotToldToOthers(before);
  if (first === 'cant' || first === 'shouldnt') return before.trim() === '';
  return whoIsAsked(before) === 'us' && !TELLS.test(before);
}

const ASKS_YOU = endsIn(
  oneOf(
    'asked?, asking, told?, tell, telling, want, need, prefer, rather, like, warned, request, beg, ask',
  ) + '(?: that)? (?:you|yall|you guys|you people)',
);

function forbidsYou(first: string, phrase: string, before: string): boolean {
  if (ASKS_YOU.test(before)) return true;
  if (first === 'not')
    return /^ (?:\w+ )?(?:can|could|would|will|please|must) (?:you|yall)$/.test(before);
  if (['cant', 'mustnt', 'shouldnt'].includes(first))
    return !/ (?:why|if) (?:you|yall)$/.test(before);
  return / (?:need to|have to|dare|ever|better) /.test(phrase) && / (?:again|anymore)/.test(phrase);
}

const TOLD_OTHERS =
  / (?:told|asked|tell|ask|tells|asks)(?: (?:him|her|us|them|me|my|the|his|their))(?: \w+){0,4}$/;
const BEFORE_NOT = endsIn(
  'please, asked, told, said, asked you, told you, you to, prefer, rather, better, should, must, may, would, could you, ' +
    'can you, to, and, or, kindly, request, are, best, you, number, interested, do',
);

function isNotToldToOthers(before: string): boolean {
  if (before.trim() === '') return true;
  if (TOLD_OTHERS.test(before) || !BEFORE_NOT.test(before)) return false;
  return !holds(
    before,
    / (?:i|we|they|he|she) (?:do|should|would|must|may|are|could|can)$/,
    / (?:did|have|has|why) (?:you|do)$/,
  );
}

export const REFUSING_RULES: readonly Rule[] = [refusesVerb, refusesSending];
