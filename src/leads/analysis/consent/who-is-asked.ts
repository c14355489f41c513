import { endsIn, oneOf } from './one-of.js';

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

/** Further back nothing belongs to the wish. */
const REACH = 90;
const YOU = oneOf(
  'you, yall, you guys, you all, you people, you folks, you two, your \\w+(?: \\w+)?, this (?:company|business|system|bot|thing)',
);
const THIRD = new RegExp(
  `^${oneOf(
    'they, he, she, it, him, her, them, his, their, who, that, which, nobody, someone, somebody, everyone, everybody, agents?, ' +
      'realtors?, lenders?, sellers?, buyers?, people, companies, other, another, wife, husband, mom, dad, mother, father, ' +
      'brother, sister, son, daughter, boss, ex, landlord, neighbou?rs?, tenants?, kids, zillow, redfin, guy, lady, rates, ' +
      'prices, my, our, the, those, these, a, an',
  )}$`,
);

const FILLER = endsIn(
  'please, just, now, kindly, really, immediately, ever, already, simply, actually, fucking, seriously, also, still, then, so, ' +
    'respectfully, politely, formally, hereby, fn, frigging, freaking, finally, instead, officially',
);
/** Behind these a new wish begins. */
const JOINT = endsIn('and, or, but, because, or else, otherwise, por favor');

const DENIAL = new RegExp(
  ` ${oneOf(
    'dont, never, cant, couldnt, wont, didnt, not, doesnt, wouldnt, hardly, havent, hasnt, arent, isnt, aint, without, shouldnt, ' +
      'refuse to, refuses to, unable to, no need to, no reason to',
  )}(?: (?:want|need|have|wish|think|going|trying|ready|you|me|us|about) ?(?:to|you to|you should|you guys to)?)?$`,
);
const PERSISTING = new RegExp(
  ` (?:${YOU} (?:guys |people |all |just |still )?(?:wont|cant|dont|never|refuse to|will never)|` +
    `(?:why )?(?:wont|cant|dont|do|can) ${YOU}(?: guys| people| all)?(?: not)?)$`,
);
const DELIGHTED = / (?:hope|love|glad|like|happy|wish)(?: that)? /;
const SUBJECT = `(?:${YOU}|they|we|i|he|she|it|everyone|(?:the|my|our|those|these|other|their)(?: \\w+){1,3})(?: guys| all| people| folks)?`;
const COMPLAINT = new RegExp(
  `^(?: \\w+){0,3}? ${oneOf(
    'did, have, has, had, do, does, are, were, was, when, since, after, if, once, until, till, because, cause, before, thought, ' +
      'think, figured, notice, noticed',
  )} ${SUBJECT}$`,
);
const SAYING = endsIn('say, said, tell, told, ask, asked');
/** "when will you", "can you", "need you to", "you should", "your team has to". */
const ASKS_YOU = new RegExp(
  ` (?:${oneOf(
    'can, could, will, would, wont, cant, wouldnt, couldnt, must, should, need, want, like, wish, told, asked, tell, ask, telling, ' +
      'asking, beg, begging, order, ordering, hope, rather, advise, warned, said, say, get, make, for',
  )} ${YOU}(?: guys| people| all)?(?: (?:many times|multiple times|\\w+ times|before|twice|once|nicely|already))*(?: to| would| could| will| should| can| need to| not to)?` +
    `|${YOU} (?:guys |people |all |really |just |do |are )?${oneOf(
      'need, needs, have, has, ought, got, better, had better, should, must, can, could, may, will, would, supposed, going',
    )}(?: to| now| please)?)$`,
);
const UNLESS_YOU = new RegExp(` (?:unless|if) ${YOU}(?: guys)?(?: (?:dont|wont|cant))?$`);
/** Words between a wish's verb and its "to": "told the other agent to", "asked twice to". */
const TOLD = new RegExp(
  `((?: \\w+)*) ${oneOf(
    'told, tell, asked, ask, telling, asking, warned, begged, begging, want, wants, wanted, need, needs, needed, wish, got, get, ' +
      'like, expect, prefer, hope',
  )}((?: \\w+){0,6}) to$`,
);
const OUGHT = /((?: \w+)*) \w+ to$/;
const MODAL = /((?: \w+)*) (?:should|must|would|could|will|can|might|may|did|do|does|to|gonna)$/;
const CAUSED =
  / (?:(?:make|makes|made|let|help|hear|heard|saw|see)|(?:have|had|get)(?= (?:him|her|them|the|their)))((?: \w+){1,4})$/;
const HOW_DO_I = / how (?:do|can|could|would|should|does) (?:i|we|one)(?: go about)?$/;
const OPENING_QUESTION =
  /^(?: \w+){0,2} (?:will|would|can|could|should|do|does|did) (?:the|my|those|these|other|their|all|any|some|his|her)(?: \w+){0,3}$/;
const OTHERS_LAST = endsIn(
  'they, he, she, it, who, that, which, nobody, someone, everyone, him, her, them, agents, realtors, lenders, sellers, others',
);
const FIRST = /^(?:i|we|im|id|ive|ill|to|wed|weve)$/;
const SUBJECT_WORDS = 4;

/** `before` is the clause up to the wish; it begins with a blank, or is empty. */
export function whoIsAsked(before: string): Asked {
  let words = before.slice(-REACH);
  while (FILLER.test(words)) words = words.slice(0, words.lastIndexOf(' '));
  if (words === '' || JOINT.test(words)) return 'us';
  if (HOW_DO_I.test(words)) return 'self';
  return whatIsDenied(words) ?? (ASKS_YOU.test(words) ? 'us' : otherSubject(words));
}

/** "You won't stop" asks to stop; "don't stop" and "did you stop" do not. */
function whatIsDenied(words: string): Asked | null {
  const persists = PERSISTING.test(words) || UNLESS_YOU.test(words);
  if (persists) return DELIGHTED.test(words) ? 'denied' : 'us';
  if (DENIAL.test(words)) return 'denied';
  return COMPLAINT.test(words) && !SAYING.test(words) ? 'complaint' : null;
}

function otherSubject(words: string): Asked {
  const told = TOLD.exec(words);
  if (told && isThird(told[2])) return 'others';
  const modal = told ?? OUGHT.exec(words) ?? MODAL.exec(words);
  return modal ? subjectIn(modal[1] ?? '') : lastSubject(words);
}

function lastSubject(words: string): Asked {
  const caused = CAUSED.exec(words);
  const isOthers = OPENING_QUESTION.test(words) || OTHERS_LAST.test(words);
  if (isOthers || (caused && isThird(caused[1]))) return 'others';
  return FIRST.test(lastWordOf(words)) ? 'self' : 'us';
}

/** Whose doing it is where a modal verb stands before the wish. */
function subjectIn(words: string): Asked {
  const last = lastWordOf(words);
  if (last === '') return 'us';
  if (FIRST.test(last) || / (?:i|we|id|wed) \w+$/.test(words)) return 'self';
  return isThird(words.split(' ').slice(-SUBJECT_WORDS).join(' ')) ? 'others' : 'us';
}

const lastWordOf = (words: string): string => words.slice(words.lastIndexOf(' ') + 1);

const isThird = (words = ''): boolean =>
  words.split(' ').some((word) => THIRD.test(word)) && !/ (?:your?|yall)\b/.test(words);
