import { aimOfNoun, aimOfVerb } from './aim.js';
import {
  ADVERBS,
  VERB,
  NOUN_STRICT,
  DETERMINERS,
  SENT,
  NOUNS,
  VERBS,
  DOINGS,
} from './english-words.js';
import type { Finding, Place, Rule } from './findings.js';
import { ofVerb, verdictOf } from './verdicts.js';
import { whoIsAsked } from './who-is-asked.js';

/**
 * Revocations in English, over the line of plain words. Each needs its object: a verb of contact that
 * is refused or stopped with the lead behind it, messages that are to end, the lead or its number that
 * is to be taken from a list. What else is stopped, cancelled or removed is none.
 */

function saidToUs(place: Place, selfCounts = false): boolean {
  const asked = whoIsAsked(place.before);
  return asked === 'us' || (asked === 'self' && selfCounts);
}

const stopsDoing: Rule = {
  pattern: new RegExp(
    ` (?:stop|quit|cease|discontinue|halt|refrain from|knock off|give up|end|stopp|stpo)${ADVERBS} ${DOINGS}(?= )`,
    'g',
  ),
  judge: (place) => (saidToUs(place) && !isTold(place) ? ofVerb(place) : null),
};

/** "My realtor quit texting me": a past tense with its subject. */
function isTold({ phrase, before }: Place): boolean {
  return (
    / quit /.test(phrase) &&
    / (?:my|the|our|his|her|their|other|last|old)(?: \w+){1,2}$/.test(before)
  );
}

/** "I'd rather you didn't text me", "I'd appreciate it if you stopped texting me". */
const wishesAway: Rule = {
  pattern: new RegExp(
    ` (?:appreciate(?: it)?|great|nice|love it|like it|wish|rather|prefer|thankful|grateful)(?: if| that)? (?:you|yall|your team)(?: guys| people)? (?:(?:would |could |will |just )*(?:stopped|stop|quit) ${DOINGS}|(?:didnt|dont|wouldnt|never|not|would not) (?:${VERBS}))(?= )`,
    'g',
  ),
  judge: ofVerb,
};

/** "No text me mas": English verbs in a Spanish denial. */
const refusesMixed: Rule = {
  pattern: new RegExp(` (?:ya )?no ${VERB}(?: me)? (?:mas|more|again|anymore)(?= )`, 'g'),
  judge: ({ before }) => (/ (?:why|got|have|had)$/.test(before) ? null : 'opt_out'),
};

const stopsSending: Rule = {
  pattern: new RegExp(
    ` (?:stop|quit|cease)${ADVERBS} (?:sending|forwarding|giving|shooting|leaving)(?: (?:me|us|out|over))*(?: to)?(?: this number| my phone)?(?:${DETERMINERS} ${SENT})?(?= )`,
    'g',
  ),
  judge: (place) => (saidToUs(place) ? ofSent(place) : null),
};

const stopsReceiving: Rule = {
  pattern: new RegExp(
    ` (?:stop|quit|cease|avoid|opt out of|end|not)(?: to)? (?:receiving|getting|receive|get|hearing|hear|seeing)(?: from (?:you|yall|this|your))?(?:${DETERMINERS} ${SENT})?(?= )`,
    'g',
  ),
  judge: (place) =>
    saidToUs(place, true) &&
    / (?:from|\w*(?:texts?|messages?|sms|emails?|calls?|these|this|them|spam|alerts|notifications))(?: \w+)?$/.test(
      place.phrase,
    )
      ? verdictOf[aimOfNoun(place.after)]
      : null,
};

const stopsMessages: Rule = {
  pattern: new RegExp(
    ` (?:stop|quit|cease|end|halt|discontinue|cancel|terminate|turn off|shut off|suspend|cut|cut off|block|enough(?: already)?|stop it)${DETERMINERS} ${NOUNS}(?= )`,
    'g',
  ),
  judge: (place) => {
    if (!saidToUs(place, true) || isTold(place) || / (?:bus|non|pit|truck|one)$/.test(place.before))
      return null;
    if (/ (?:block|cut) (?:calls?|contact)$/.test(place.phrase)) return null;
    return verdictOf[aimOfNoun(place.after)];
  },
};

const noMore: Rule = {
  pattern: new RegExp(
    ` (?:no|no more|zero|not another|not one more|no further|no other)${DETERMINERS} ${NOUNS}(?= )`,
    'g',
  ),
  judge: ({ phrase, before, after }) => {
    if (
      / (?:have|had|has|got|get|gets|gotten|getting|received|receive|there|are|is|were|was|with|saw|see|hear|heard|be|been|made|makes|send|sent|says|said|did|yet|still|why|how come|if)$/.test(
        before,
      )
    ) {
      return null;
    }
    const isMore = / (?:more|another|further|other)(?: |$)/.test(phrase);
    const isWhole =
      before.trim() === '' ||
      / (?:please|interested|thanks|number|number|you|me|want|said|maria|now|want to|hey|hi|ok)$/.test(
        before,
      );
    if (
      !isMore &&
      !(
        isWhole &&
        /^(?: (?:please|thanks|ever|to this \w+|to me|again|at all|period|now|anymore|from you))* [.,!?]/.test(
          after,
        )
      )
    )
      return null;
    if (/^ (?:back|yet|received|came|through|today|since)/.test(after)) return null;
    return verdictOf[aimOfNoun(after)];
  },
};

const NOT = '(?:dont|never|to not|not to|not|no longer|mustnt|shouldnt|cant|nobody)';
const refusesVerb: Rule = {
  pattern: new RegExp(
    ` ${NOT}(?: (?:ever|please|you|even|dare|be|again|fucking|to|try to|need to|have to|keep|attempt to|continue to|allowed to|permitted to|authorized to|bother|want you to|go|start|u))* (?:${VERBS}|${DOINGS})(?= )`,
    'g',
  ),
  judge: (place) => (isCommand(place) ? ofVerb(place) : null),
};

const refusesSending: Rule = {
  pattern: new RegExp(
    ` ${NOT}(?: (?:ever|please|even|dare|be|again|keep|continue|want you|want you to|bother|you))* (?:send|sending|forward|leave|give)(?: (?:me|us|out))*(?: to)?(?: this number| my phone)?(?:${DETERMINERS} ${SENT})?(?= )`,
    'g',
  ),
  judge: (place) => (isCommand(place) ? ofSent(place) : null),
};

/** "Stop sending": the lead, messages, or nothing at all behind it. */
function ofSent({ phrase, after }: Place): Finding['verdict'] | null {
  const hasThing = new RegExp(` ${SENT}$`).test(phrase);
  if (
    / (?:leave|give|leaving|giving|shooting|forward)/.test(phrase) &&
    !new RegExp(` ${NOUN_STRICT}$`).test(phrase)
  )
    return null;
  if (hasThing) {
    if (
      /^ (?:to (?!me|us|this|my|my (?:phone|number))|one|ones|house|houses|home|homes|listing|place|properties|property|type|kind|area)/.test(
        after,
      )
    )
      return null;
    return verdictOf[aimOfVerb(` me${after}`)];
  }
  if (/^ (?:houses|homes|properties|places|ads|links)(?: please| anymore| now)* [.,!?]/.test(after))
    return 'hold';
  return / (?:me|us|out|number|phone)$/.test(phrase) || /^ [.,!?]/.test(after)
    ? verdictOf[aimOfVerb(after)]
    : null;
}

/** "They don't call me back" and "you never text me" tell; "you can't text me" forbids. */
function isCommand({ phrase, before, match }: Place): boolean {
  const asked = whoIsAsked(before);
  const first = match[0].split(' ')[1] ?? '';
  if (
    / your?(?: |$)/.test(phrase) &&
    / (?:dont|never) you (?!ever|dare|text me again)/.test(phrase)
  )
    return false;
  if (/ (?:why|how come)(?: \w+)?$/.test(before)) return false;
  if (/ (?:you|yall|you guys|you people)(?: (?:guys|people|all|just|still))?$/.test(before)) {
    return forbids(first, phrase, before);
  }
  if (first === 'not' || first === 'cant' || first === 'shouldnt')
    return isForbidding(first, before);
  return (
    asked === 'us' &&
    !/ (?:i|we|they|he|she|it|id|ill|people|agents|sellers|realtors|lenders|to|did|could|would|does|and i|hes|shes|theyre)$/.test(
      before,
    )
  );
}

function forbids(first: string, phrase: string, before: string): boolean {
  if (
    / (?:asked?|asking|told?|tell|telling|want|need|prefer|rather|like|warned|request|beg|ask)(?: that)? (?:you|yall|you guys|you people)$/.test(
      before,
    )
  ) {
    return true;
  }
  if (first === 'not')
    return /^ (?:can|could|would|will|please|must|hey can|hi can) (?:you|yall)$/.test(before);
  if (['cant', 'mustnt', 'shouldnt'].includes(first))
    return !/ (?:why|if) (?:you|yall)$/.test(before);
  return / (?:need to|have to|dare|ever|better)/.test(phrase) && / (?:again|anymore)/.test(phrase);
}

function isForbidding(first: string, before: string): boolean {
  if (first !== 'not') return before.trim() === '';
  if (before.trim() === '') return true;
  if (/ (?:told|asked|tell|ask)(?: (?:him|her|them|my|the|his|their))(?: \w+){0,4}$/.test(before))
    return false;
  return (
    / (?:please|asked|told|said|asked you|told you|you to|prefer|rather|better|should|must|may|would|could you|can you|to|and|or|kindly|request|like|told yall|asked yall|are|best|you|number|interested|do)$/.test(
      before,
    ) &&
    !/ (?:i|we|they|he|she) (?:do|should|would|must|may|are|could|can)$/.test(before) &&
    !/ (?:did|have|has|why) (?:you|do)$/.test(before)
  );
}

export const CONTACT_RULES: readonly Rule[] = [
  stopsDoing,
  wishesAway,
  refusesMixed,
  stopsSending,
  stopsReceiving,
  stopsMessages,
  noMore,
  refusesVerb,
  refusesSending,
];
