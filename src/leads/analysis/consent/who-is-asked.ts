/**
 * Whether a wish such as "stop texting me" is addressed to us, read from the words before it in its
 * clause. Most wishes are imperatives, and those stand behind anything, with punctuation or without
 * ("im not maria stop texting"): hence 'us' unless a subject or a denial says otherwise.
 */
export type Asked =
  /** An imperative, or "you should", "I told you to". */
  | 'us'
  /** What the writer itself does or wants: "how do I", "I want to". */
  | 'self'
  /** "the other agents need to", "I told him to". */
  | 'others'
  /** "please don't", "we can't". */
  | 'denied'
  /** "why did you". */
  | 'complaint';

const REACH = 90;
const YOU =
  '(?:you|yall|you guys|you all|you people|you folks|you two|your(?: \\w+){1,2}|this (?:company|business|system|bot|thing))';
const THIRD =
  /^(?:they|he|she|it|him|her|them|his|their|who|that|which|nobody|someone|somebody|everyone|everybody|agents?|realtors?|lenders?|sellers?|buyers?|people|companies|other|another|wife|husband|mom|dad|mother|father|brother|sister|son|daughter|boss|ex|landlord|neighbou?rs?|tenants?|kids|zillow|redfin|guy|lady|rates|prices|my|our|the|those|these|a|an)$/;

const FILLER =
  / (?:please|just|now|kindly|really|immediately|ever|already|simply|actually|fucking|seriously|also|still|then|so|respectfully|politely|formally|hereby|fn|frigging|freaking|finally|instead|officially)$/;
/** Behind these a new wish begins. */
const JOINT = / (?:and|or|but|because|or else|otherwise|por favor)$/;

const DENIAL =
  / (?:dont|never|cant|couldnt|wont|didnt|not|doesnt|wouldnt|hardly|havent|hasnt|arent|isnt|aint|without|shouldnt|refuse to|refuses to|unable to)(?: (?:want|need|have|wish|think|going|trying|ready|you|me|us|about) ?(?:to|you to|you should|you guys to)?)?$/;
const PERSISTING = new RegExp(
  ` (?:${YOU} (?:guys |people |all |just |still )?(?:wont|cant|dont|never|refuse to|will never)|(?:why )?(?:wont|cant|dont|do|can) ${YOU}(?: guys| people| all)?(?: not)?|why (?:wont|cant|dont) ${YOU})$`,
);
const SUBJECT = `(?:${YOU}|they|we|i|he|she|it|everyone|(?:the|my|our|those|these|other|their)(?: \\w+){1,3})(?: guys| all| people| folks)?`;
const COMPLAINT = new RegExp(
  `^(?: \\w+){0,3}? (?:did|have|has|had|do|does|are|were|was|when|since|after|if|once|until|till|because|cause|before|thought|think|figured|notice|noticed) ${SUBJECT}$`,
);
/** "when will you", "can you", "need you to", "you should", "your team has to". */
const ASKS_YOU = new RegExp(
  ` (?:(?:can|could|will|would|wont|cant|wouldnt|couldnt|must|should|need|want|like|wish|told|asked|tell|ask|telling|asking|beg|begging|order|ordering|hope|rather|advise|warned|said|say|get|make|for) ${YOU}(?: guys| people| all)?(?: (?:many times|multiple times|\\w+ times|before|twice|once|nicely|already))*(?: to| would| could| will| should| can| need to| not to)?` +
    `|${YOU} (?:guys |people |all |really |just |do |are )?(?:need|needs|have|has|ought|got|better|had better|should|must|can|could|may|will|would|got|supposed|going)(?: to| now| please)?)$`,
);
const UNLESS_YOU = new RegExp(` (?:unless|if) ${YOU}(?: guys)?(?: (?:dont|wont|cant))?$`);
/** Words between a wish's verb and its "to": "told the other agent to", "asked twice to". */
const TOLD =
  /((?: \w+)*) (?:told|tell|asked|ask|telling|asking|warned|begged|begging|want|wants|wanted|need|needs|needed|wish|got|get|like|expect|prefer|hope)((?: \w+){0,6}) to$/;
const OUGHT = /((?: \w+)*) \w+ to$/;
const MODAL = /((?: \w+)*) (?:should|must|would|could|will|can|might|may|did|do|does|to|gonna)$/;
const CAUSED =
  / (?:(?:make|makes|made|let|help|hear|heard|saw|see)|(?:have|had|get)(?= (?:him|her|them|the|their)))((?: \w+){1,4})$/;
const HOW_DO_I = / how (?:do|can|could|would|should|does) (?:i|we|one)(?: go about)?$/;
const OPENING_QUESTION =
  /^(?: \w+){0,2} (?:will|would|can|could|should|do|does|did) (?:the|my|those|these|other|their|all|any|some|his|her)(?: \w+){0,3}$/;
const OTHERS_LAST =
  / (?:they|he|she|it|who|that|which|nobody|someone|everyone|him|her|them|agents|realtors|lenders|sellers|others)$/;
const FIRST = /^(?:i|we|im|id|ive|ill|to|wed|weve)$/;
const SUBJECT_WORDS = 4;

/** `before` is the clause up to the wish; it begins with a blank, or is empty. */
export function whoIsAsked(before: string): Asked {
  const { words, isJoined } = withoutFillers(before.slice(-REACH));
  if (isJoined || words === '') return 'us';
  if (HOW_DO_I.test(words)) return 'self';
  if (PERSISTING.test(words) || UNLESS_YOU.test(words)) return 'us';
  if (DENIAL.test(words)) return 'denied';
  if (COMPLAINT.test(words) && !/ (?:say|said|tell|told|ask|asked)$/.test(words)) {
    return 'complaint';
  }
  return ASKS_YOU.test(words) ? 'us' : otherSubject(words);
}

function withoutFillers(before: string): { readonly words: string; readonly isJoined: boolean } {
  let words = before;
  while (FILLER.test(words)) words = words.slice(0, words.lastIndexOf(' '));
  return { words, isJoined: JOINT.test(words) };
}

function otherSubject(words: string): Asked {
  const told = TOLD.exec(words);
  if (told && isThird(told[2] ?? '')) return 'others';
  const subject = (told ?? OUGHT.exec(words) ?? MODAL.exec(words))?.[1];
  if (subject !== undefined) return subjectIn(subject);
  if (isCausedByOthers(words)) return 'others';
  return FIRST.test(lastWordOf(words)) ? 'self' : 'us';
}

function isCausedByOthers(words: string): boolean {
  const caused = CAUSED.exec(words)?.[1] ?? '';
  return isThird(caused) || OPENING_QUESTION.test(words) || OTHERS_LAST.test(words);
}

/** Whose doing it is where a modal verb stands before the wish. */
function subjectIn(words: string): Asked {
  const last = lastWordOf(words);
  if (last === '') return 'us';
  if (FIRST.test(last) || / (?:i|we|id|wed) (?:\w+)$/.test(words)) return 'self';
  return isThird(words.split(' ').slice(-SUBJECT_WORDS).join(' ')) ? 'others' : 'us';
}

const lastWordOf = (words: string): string => words.slice(words.lastIndexOf(' ') + 1);

const isThird = (words: string): boolean =>
  words.split(' ').some((word) => THIRD.test(word)) && !/ (?:your?|yall)\b/.test(words);
