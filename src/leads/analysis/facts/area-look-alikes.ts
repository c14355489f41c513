import { continuesClause, type Tokens, wordAt, wordSet } from '../text/tokenize.js';

/** Names of areas that name no place to look in: a person, or where the lead lives. */

/** "this is Allen Reyes", "my friend Allen called", "hi Allen,". */
const BEFORE_NAME = wordSet(
  "i'm im name name's named friend husband wife son daughter brother sister dad mom agent realtor partner boss mr mrs ms dr " +
    'soy llamo llama amigo esposo esposa hermano señor señora cliente uncle aunt cousin neighbor',
);
const GREETINGS = wordSet('hi hey hello hola dear thanks thank you gracias');
const SAYING = wordSet(
  'called said says told texted here speaking asked mentioned emailed recommended referred',
);
const BEFORE_THIS = wordSet('this it its');

export function isPersonsName(tokens: Tokens, start: number, end: number): boolean {
  const before = continuesClause(tokens, start) ? wordAt(tokens, start - 1) : '';
  const beforeThat = continuesClause(tokens, start - 1) ? wordAt(tokens, start - 2) : '';
  if (BEFORE_NAME.has(before)) return true;
  const isNamed = before === 'is' && (BEFORE_THIS.has(beforeThat) || BEFORE_NAME.has(beforeThat));
  if (isNamed) return true;
  if (GREETINGS.has(before) && !continuesClause(tokens, end)) return true;
  // With a surname between them: "Allen Johnson here".
  const reach = continuesClause(tokens, start) ? 1 : 2;
  return Array.from({ length: reach }, (_, offset) => end + offset).some(
    (at) => continuesClause(tokens, at) && SAYING.has(wordAt(tokens, at)),
  );
}

/** "we live in Dallas now", "moving from Dallas", "I work downtown Dallas". */
const RESIDING = wordSet(
  'live lives living work works working rent renting reside residing based vivo vivimos vive trabajo trabajamos rento rentamos',
);
const COMING = wordSet('from desde');
const TO_RESIDENCE = wordSet(
  'in at near downtown around currently now right still out of en cerca de ahorita north south east west',
);
const RESIDENCE_REACH_WORDS = 4;

export function isResidence(tokens: Tokens, start: number): boolean {
  if (continuesClause(tokens, start) && COMING.has(wordAt(tokens, start - 1))) return true;
  for (let at = start; at > start - RESIDENCE_REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    if (RESIDING.has(word)) return wordAt(tokens, at - 2) !== 'to';
    if (!TO_RESIDENCE.has(word)) return false;
  }
  return false;
}
