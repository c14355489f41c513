import type { Finding, Verdict } from './findings.js';
import { endsIn, holds, oneOf } from './one-of.js';
import { whoIsAsked } from './who-is-asked.js';

/**
 * A word that stops everything, standing alone in a clause of a longer message: "Not interested.
 * Remove.", "can you please just stop". What else the message says tells whether it is meant for us.
 */

const only = (list: string): RegExp => new RegExp(`^${oneOf(list)}$`);

const STRONG_WORDS =
  'stop, unsubscribe, unsub, stopall, optout, stop2end, dnc, parar, paren, basta, alto, desist';
const STRONG = only(STRONG_WORDS);
/** Ordinary words too: alone in their sentence, beside nothing but a denial. */
const WEAK_WORDS =
  'remove, cancel, end, quit, revoke, delete, block, baja, cancelar, pare, cancelen, eliminar, borrar';
const WEAK = only(WEAK_WORDS);
const ANY_STOP = new RegExp(` ${oneOf(`${STRONG_WORDS}, ${WEAK_WORDS}`)}(?= )`);
const AROUND_WEAK = only('please, now, me, por, favor');
const AROUND_STRONG = only(
  'please, just, can, could, would, will, you, i, said, say, told, asked, ask, to, now, immediately, already, alr, it, this, that, ' +
    'guys, people, all, ok, okay, que, hey, hi, hello, no, thanks, thank, kindly, and, make, want, need, needs, has, have, again, enough, ' +
    'right, wrong, number, yall, got, better, must, should, so, with, sir, maam, man, bro, dude, ya, por, favor, gracias, really, ' +
    'seriously, fucking, ffs, goddamn, damn, texted, replied, sent, typed, time, times, multiple, many, few, twice, several, three, ' +
    'or, but, im, ive, asking, telling, going, like, sending, yes, as, requested, team, bot, everything, here, bye, goodbye, these, ' +
    'those, how, do, for, love, of, god, gods, thought, quiero, \\d+',
);
const LAST_TIME = / for the (?:last|love of|\w+) (?:time|god|gods)(?= )/;

const DENIAL = new RegExp(
  ` ${oneOf(
    'not interested, no interest, uninterested, not looking, not buying, not selling, not in the market, no longer, ' +
      'wrong (?:number|person), im not, not me, already (?:bought|have|found|closed|sold|own|told|said|asked), bought, sold, ' +
      'found (?:a|an|one|something), have (?:a|an) (?:agent|realtor), never signed, didnt sign, never asked, didnt ask, who is this, ' +
      'dont know (?:you|who), not for me, no thanks, no thank you, no gracias, no me interesa, no estoy interesad[oa], ' +
      'numero equivocado, ya compr\\w+, no quiero, no need, dont need, dont want, dont care, leave, asked you, told you, i said, ' +
      'im good, done, not moving, no estoy, no soy, dont live, not the right, spam, scam, harass\\w*, annoying, go away, ' +
      'lawyer, sue, report\\w*, warning, notice, keep texting, business line, work phone, passed away, died',
  )}(?= )`,
);
const OF_MESSAGES = / (?:texts?|texting|messag\w+)(?= )/;
const DELIGHT = new RegExp(
  ` ${oneOf(
    'love, nuts, wild, gorgeous, beautiful, amazing, wow, omg, stunning, cute, adorable, awesome, perfect, incredible, dream, drooling, lol, ' +
      'lmao, haha\\w*, jk, kidding, insane, crazy, unreal, cheap, steal, obsessed, dying, shut up, no way, so (?:good|pretty|nice|cool|cute)',
  )}(?= )`,
);
/** What a buyer asks about. */
const SEARCH = new RegExp(
  ` ${oneOf(
    'see it, see this, showing, tour, houses?, homes?, listings?, beds?, bedrooms?, bath, budget, area, price, \\d+k, \\d\\d\\d+, kitchen, ' +
      'yard, pool, when can, available, dallas, plano, frisco, mckinney, allen, casas?',
  )}(?= )`,
);
const MOST_WORDS = 14;
const MOST_FOUND = 3;

export function findBareStops(line: string): readonly Finding[] {
  if (!ANY_STOP.test(line)) return [];
  const found: Finding[] = [];
  let at = 0;
  for (const clause of line.split(/(?<= [.,!?])/)) {
    const verdict = verdictOf(line, clause, at);
    if (verdict !== null) found.push({ at, verdict, phrase: '' });
    if (found.length === MOST_FOUND) break;
    at += clause.length;
  }
  return found;
}

function verdictOf(line: string, clause: string, at: number): Verdict {
  const words = wordsOf(clause.replace(LAST_TIME, ''));
  if (isBareStop(words))
    return amidTheRest(line.slice(0, at) + line.slice(at + clause.length), words);
  return endsOrBeginsInStop(clause, words) ? 'opt_out' : null;
}

function isBareStop(words: readonly string[]): boolean {
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  if (/ (?:no need|how many times) to stop$| no basta$/.test(` ${words.join(' ')}`)) return false;
  if (words.every((word) => WEAK.test(word) || AROUND_WEAK.test(word))) {
    return words.some((word) => WEAK.test(word));
  }
  const isFilled = words.every((word) => STRONG.test(word) || AROUND_STRONG.test(word));
  return isFilled && words.some((word) => STRONG.test(word));
}

/** What the rest of the message makes of it. */
function amidTheRest(rest: string, words: readonly string[]): Verdict {
  const others = wordsOf(rest);
  if (others.length === 0 || DENIAL.test(rest) || OF_MESSAGES.test(rest)) return 'opt_out';
  if (DELIGHT.test(rest)) return null;
  if (!words.some((word) => WEAK.test(word))) return SEARCH.test(rest) ? 'hold' : 'opt_out';
  return others.every((word) => AROUND_STRONG.test(word)) ? 'opt_out' : null;
}

const TRAILING = only('please, now, it, thanks, this, por, favor, me');
const NO_STOP = new RegExp(
  ` ${oneOf(
    'bus, train, next, last, first, one, a, the, that, to, cant, dont, wont, never, not, will, would, it, they, he, she, rates, ' +
      'prices, i, we, dead, did, does, when, need',
  )}(?: you)? (?:stop|end|alto)(?: |$)`,
);

/** "im not maria stop", "wrong number remove", "stop im not interested", "enough please stop". */
function endsOrBeginsInStop(clause: string, words: readonly string[]): boolean {
  if (words.length < 3 || words.length > 25 || NO_STOP.test(clause)) return false;
  return (isAtAnEnd(words) && DENIAL.test(` ${words.join(' ')} `)) || endsInPlea(clause);
}

function isAtAnEnd(words: readonly string[]): boolean {
  const last = words.findLast((word) => !TRAILING.test(word)) ?? '';
  const isLast = STRONG.test(last) || /^(?:remove|delete|block|cancel)$/.test(last);
  return isLast || ['stop', 'unsubscribe'].includes(words[0] ?? '');
}

function endsInPlea(clause: string): boolean {
  const plea = / please (?:just )?stop(?: it| this)? [.,!]/.exec(clause);
  if (plea === null || DELIGHT.test(clause)) return false;
  return whoIsAsked(clause.slice(0, plea.index)) === 'us';
}

/** "I told you to stop twice", "what part of stop", "final notice to stop". */
const TOLD_TO_STOP = new RegExp(
  ` (?:(?:told|asked|tell|ask|telling|asking|begged|warned) (?:you|yall|you guys|you people)(?: \\w+){0,3} to stop(?= [.,!?]| (?:several|many|multiple|already|before|twice|please|now|and|\\d+) )|` +
    `you (?:were|have been|been|got) (?:told|asked) to stop|what (?:the word )?stop means|` +
    `(?:your|final|last|only) (?:notice|warning)(?: to)? stop|` +
    `(?:part of|word|say|said|saying|says|wrote|texted|replied) (?:the word )?stop(?= [.,!?]| (?:dont|do you|and|means?|several|already|multiple|many|twice|so|but|you|\\d+|three|a) ))`,
  'g',
);
const ELSEWHERE = endsIn(
  '(?:until|till|when|if|unless|dont|to|they|he|she|lender|agent|realtor|wife|husband|just|accidentally|text|reply)(?: (?:you|i))?',
);

export function findToldStops(line: string): readonly Finding[] {
  return [...line.matchAll(TOLD_TO_STOP)].slice(0, MOST_FOUND).flatMap(({ 0: phrase, index }) => {
    const before = line.slice(Math.max(0, index - 40), index);
    const isByChance = /^ by (?:accident|mistake)/.test(line.slice(index + phrase.length));
    if (isByChance || holds(before, ELSEWHERE)) return [];
    return [{ at: index, verdict: 'opt_out' as const, phrase: '' }];
  });
}

const wordsOf = (line: string): readonly string[] =>
  line.split(' ').filter((word) => word !== '' && !'.,!?'.includes(word));
