import type { Finding } from './findings.js';

/**
 * A word that stops everything, standing alone in a clause of a longer message: "Not interested.
 * Remove.", "can you please just stop". What else the message says tells whether it is meant for us.
 */

const FILLERS =
  /^(?:please|just|can|could|would|will|you|i|said|say|told|asked|ask|to|now|immediately|already|it|this|that|guys|people|all|ok|okay|hey|hi|hello|no|thanks|thank|kindly|and|make|want|need|needs|has|have|again|enough|right|wrong|number|yall|gotta|got|better|must|should|so|with|the|nonsense|bs|crap|sir|maam|man|bro|dude|ya|por|favor|gracias|really|seriously|fucking|ffs|goddamn|damn|texted|replied|sent|typed|times|multiple|many|few|twice|three|or|but|im|asking|telling|going|times|like|sending|yes|as|requested|team|bot|everything|here|bye|goodbye|these|those|how|do|for|love|of|god|gods|last|time|several|have|ive|thought|stop|stopp|unsubscribe|\d+)$/;
const STRONG =
  /^(?:stop|stopp|stpo|unsubscribe|unsub|stopall|optout|stop2end|dnc|parar|basta|alto)$/;
/** Ordinary words too: alone in their sentence, beside nothing but a denial. */
const WEAK =
  /^(?:remove|cancel|end|quit|revoke|delete|block|baja|cancelar|pare|paren|cancelen|eliminar|borrar)$/;
const DENIAL =
  / (?:not interested|no interest|uninterested|not looking|not buying|not selling|not in the market|no longer|wrong (?:number|person)|im not|not me|already (?:bought|have|found|closed|sold|own|told|said|asked)|bought|sold|found (?:a|an|one|something)|have (?:a|an) (?:agent|realtor)|never signed|didnt sign|never asked|didnt ask|who is this|dont know (?:you|who)|not for me|no thanks|no thank you|no gracias|no me interesa|no estoy interesad[oa]|numero equivocado|ya compr\w+|no quiero|no need|dont need|dont want|dont care|leave|asked you|told you|i said|im good|im done|not moving|no estoy|no soy|dont live|not the right|spam|scam|harass\w*|annoying|go away|lawyer|sue|report\w*)(?= )/;
const DELIGHT =
  / (?:love|gorgeous|beautiful|amazing|wow|omg|stunning|cute|adorable|awesome|perfect|incredible|dream|drooling|lol|lmao|haha\w*|jk|kidding|insane|crazy|unreal|cheap|steal|obsessed|dying|shut up|no way|so (?:good|pretty|nice|cool|cute))(?= )/;
/** What a buyer asks about. */
const SEARCH =
  / (?:see it|see this|showing|tour|house|houses|home|homes|listing|listings|bed|beds|bedrooms?|bath|budget|area|price|\d{3,}k?|\d+k|kitchen|yard|pool|when can|available|dallas|plano|frisco|mckinney|allen|casa|casas)(?= )/;
const MOST_WORDS = 14;

/** "I told you to stop twice", "what part of stop". */
const TOLD_TO_STOP =
  / (?:(?:told|asked|tell|ask|telling|asking|begged|warned) (?:you|yall|you guys|you people)(?: \w+){0,3} to stop(?= [.,!?]| (?:several|many|multiple|already|before|twice|please|now|and|\d+)(?= ))|(?:part of|word|say|said|saying|says|wrote|texted|replied) (?:the word )?stop(?= [.,!?]| (?:dont|do you|and|means?|several|already|multiple|many|twice|so|but|you|\d+|three|a)(?= )))/g;

export function findBareStops(line: string): readonly Finding[] {
  const found: Finding[] = [...findToldStops(line)];
  let at = 0;
  for (const clause of line.split(/(?<= [.,!?])/)) {
    if (isStop(clause)) {
      const verdict = verdictOf(line, clause, at);
      if (verdict !== null) found.push({ at, verdict, phrase: '' });
    }
    at += clause.length;
    if (found.length > 3) break;
  }
  return found;
}

function findToldStops(line: string): readonly Finding[] {
  return [...line.matchAll(TOLD_TO_STOP)].slice(0, 3).flatMap(({ 0: phrase, index }) => {
    const before = line.slice(Math.max(0, index - 40), index);
    const isElsewhere =
      / (?:until|till|when|if|unless|dont|to|they|he|she|lender|agent|realtor|just|accidentally|text|reply)(?: (?:you|i))?$/.test(
        before,
      ) || /^ by (?:accident|mistake)/.test(line.slice(index + phrase.length));
    return isElsewhere ? [] : [{ at: index, verdict: 'opt_out' as const, phrase: '' }];
  });
}

function isStop(clause: string): boolean {
  const words = wordsOf(clause);
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  if (words.every((word) => WEAK.test(word) || /^(?:please|now|me|por|favor)$/.test(word)))
    return words.some((word) => WEAK.test(word));
  return (
    words.some((word) => STRONG.test(word)) &&
    words.every((word) => STRONG.test(word) || FILLERS.test(word))
  );
}

function verdictOf(line: string, clause: string, at: number): Finding['verdict'] | null {
  const rest = line.slice(0, at) + line.slice(at + clause.length);
  const isWeak = wordsOf(clause).some((word) => WEAK.test(word));
  const isOnly = wordsOf(rest).length === 0;
  if (isOnly) return 'opt_out';
  if (
    / stop$/.test(clause.slice(0, -2)) &&
    /(?:^| )(?:i|we) (?:got|get|have|will|can)(?: to)? stop/.test(clause)
  )
    return null;
  if (DENIAL.test(rest) || / (?:texts?|texting|messag\w+)(?= )/.test(rest)) return 'opt_out';
  if (DELIGHT.test(rest)) return null;
  if (isWeak) return wordsOf(rest).every((word) => FILLERS.test(word)) ? 'opt_out' : null;
  return SEARCH.test(rest) ? 'hold' : 'opt_out';
}

const POLITE = /^(?:please|now|it|thanks|this|por|favor|me)$/;
const ENDING = /^(?:remove|unsubscribe|delete|block|cancel)$/;
/** A stop of other things, or one that is told. */
const OTHER_STOP =
  / (?:bus|train|next|last|first|one|a|the|that|to|cant|dont|wont|never|not|will|would|it|they|he|she|rates|prices|i|we|dead|did|does|when)(?: you)? (?:stop|end|alto)(?: |$)/;
const MOST_UNMARKED = 25;

/** "im not maria stop", "wrong number remove", "stop im not interested": without a sign between. */
export function findUnmarkedStops(line: string): readonly Finding[] {
  return line
    .split(/(?<= [.,!?])/)
    .filter((clause) => isUnmarkedStop(clause))
    .slice(0, 3)
    .map((clause) => ({
      at: Math.max(0, line.indexOf(clause)),
      verdict: 'opt_out' as const,
      phrase: '',
    }));
}

function isUnmarkedStop(clause: string): boolean {
  const words = wordsOf(clause);
  if (words.length < 3 || words.length > MOST_UNMARKED || OTHER_STOP.test(clause)) return false;
  const [first = '', ...others] = words;
  const begins = /^(?:stop|unsubscribe)$/.test(first) && DENIAL.test(` ${others.join(' ')} `);
  return begins || endsInStop(words);
}

function endsInStop(words: readonly string[]): boolean {
  const last = words.findLast((word) => !POLITE.test(word)) ?? '';
  return (STRONG.test(last) || ENDING.test(last)) && DENIAL.test(` ${words.join(' ')} `);
}

const wordsOf = (line: string): readonly string[] =>
  line.split(' ').filter((word) => word !== '' && !'.,!?'.includes(word));
