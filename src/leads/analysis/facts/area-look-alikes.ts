import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';

/** Names of areas that name no place to look in: a person, or where the lead lives. */

/** "this is Allen Reyes", "my friend Allen called", "hi Allen,". */
const BEFORE_NAME = wordSet(
  "i'm im name name's named friend husband wife son daughter brother sister dad mom agent realtor partner boss mr mrs ms dr " +
    'soy nombre llamo llama habla amigo amiga esposo esposa hermano hermana señor señora cliente primo prima tio tia cuñado vecino jefe hijo ' +
    'uncle aunt cousin neighbor tell ask let coworker colleague fiance',
);
const GREETINGS = wordSet('hi hey hello hola dear thanks thank you gracias');
const SAYING = wordSet(
  'gave sent called said says told texted here speaking asked mentioned emailed recommended referred',
);
const BEFORE_THIS = wordSet('this it its');
const THIRD_PERSON = wordSet('he she his her');
const ITS = wordSet('it its');
const FIRST_PERSON = wordSet("i we i'm from your my calling texting");
const SPEAKING = wordSet(
  'spoke speak speaking spoken talk talked talking chatted texting texted emailed met meeting meet working work worked hablado hable hablar',
);
const SPEAKING_TO = wordSet('with to con');
const AUXILIARIES = wordSet('can could will would did does has is');
const DOING = wordSet(
  'call text email send show reach contact get come working there available back',
);

export function isPersonsName(tokens: Tokens, start: number, end: number): boolean {
  return (
    isIntroduced(tokens, start, end) ||
    isSpokenTo(tokens, start, end) ||
    isSpeaker(tokens, start, end)
  );
}

/** "this is Allen", "my friend Allen", "it's Allen, we met". */
function isIntroduced(tokens: Tokens, start: number, end: number): boolean {
  const { before, beforeThat } = wordsBefore(tokens, start);
  if (BEFORE_NAME.has(before)) return true;
  if (before === 'is' || before === 'es')
    return BEFORE_THIS.has(beforeThat) || BEFORE_NAME.has(beforeThat);
  const isThird = [end, end + 1].some(
    (at) => !continuesClause(tokens, at) && THIRD_PERSON.has(wordAt(tokens, at)),
  );
  if (before === 'for' && isThird) return true;
  const opens = !continuesClause(tokens, start - 1) && !continuesClause(tokens, end);
  return ITS.has(before) && opens && FIRST_PERSON.has(wordAt(tokens, end));
}

/** "spoke with Allen", "can Allen call me", "thanks Allen". */
function isSpokenTo(tokens: Tokens, start: number, end: number): boolean {
  const { before, beforeThat } = wordsBefore(tokens, start);
  if (SPEAKING_TO.has(before)) return SPEAKING.has(beforeThat);
  if (AUXILIARIES.has(before) && continuesClause(tokens, end)) {
    return DOING.has(wordAt(tokens, end));
  }
  const thanks = ['thanks', 'for'].every((word, offset) => wordAt(tokens, end + offset) === word);
  return (GREETINGS.has(before) || thanks) && !continuesClause(tokens, end);
}

/** With a surname between them: "Allen Johnson here". */
function isSpeaker(tokens: Tokens, start: number, end: number): boolean {
  const reach = continuesClause(tokens, start) ? 1 : 2;
  return Array.from({ length: reach }, (_, offset) => end + offset).some(
    (at) => continuesClause(tokens, at) && SAYING.has(wordAt(tokens, at)),
  );
}

function wordsBefore(
  tokens: Tokens,
  start: number,
): { readonly before: string; readonly beforeThat: string } {
  return {
    before: continuesClause(tokens, start) ? wordAt(tokens, start - 1) : '',
    beforeThat: continuesClause(tokens, start - 1) ? wordAt(tokens, start - 2) : '',
  };
}

/** "Dallas Cowboys", "Plano Pkwy", "Allen Dr": the name of something that lies anywhere. */
const NAMED_AFTER = wordSet(
  'cowboys mavericks mavs stars rangers pkwy parkway blvd boulevard ave avenue rd road st street dr drive ln lane ct court hwy tollway',
);

export function isPartOfName(tokens: Tokens, end: number): boolean {
  return continuesClause(tokens, end) && NAMED_AFTER.has(wordAt(tokens, end));
}

/** "we live in Dallas now", "moving from Dallas", "I work downtown Dallas". */
const RESIDING = wordSet(
  'live lives living work works working rent renting reside residing based vivo vivimos vive trabajo trabajamos rento rentamos',
);
/** "me mudo de Dallas a Frisco". */
const MOVING = wordSet(
  'mudo mudamos mudando mudarme mudarnos vengo venimos salir salirme salirnos cambio cambiamos',
);
const COMING = wordSet('from desde leaving');
const TO_RESIDENCE = wordSet(
  'in at near downtown around currently now right still out of en cerca de ahorita north south east west',
);
const RESIDENCE_REACH_WORDS = 4;

export function isResidence(tokens: Tokens, start: number): boolean {
  if (!continuesClause(tokens, start)) return false;
  if (COMING.has(wordAt(tokens, start - 1))) return true;
  if (wordAt(tokens, start - 1) === 'de' && MOVING.has(wordAt(tokens, start - 2))) return true;
  for (let at = start; at > start - RESIDENCE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (RESIDING.has(word)) return wordAt(tokens, at - 2) !== 'to';
    if (!TO_RESIDENCE.has(word)) return false;
  }
  return false;
}
