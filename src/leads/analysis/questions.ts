import { continuesClause, tokenize, wordAt, type Tokens, wordSet } from './text/tokenize.js';

/** Questions that are answered in every mode: for help, and whether a machine is writing. */

const HELP_WORDS = wordSet('help info ayuda');
const POLITENESS = wordSet('please pls plz thanks thank you por favor porfa gracias');
const LONGEST_HELP = 60;

/** The carriers' word for help as the whole message; it is answered with who we are and how to stop. */
export function isHelpRequest(text: string): boolean {
  if (text.length > LONGEST_HELP) return false;
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [];
  const asked = words.filter((word) => !POLITENESS.has(word));
  return asked.length > 0 && asked.every((word) => HELP_WORDS.has(word));
}

const ASKING = wordSet(
  "are r is am was you're ur you u it's talk talking speak speaking chat chatting texting",
);
const BEINGS = wordSet(
  'bot bots robot chatbot ai automated machine computer chatgpt gpt human person someone somebody',
);
const MACHINES = wordSet('bot robot chatbot ai automated');
const REALITIES = wordSet('real live actual');
const BRIDGES = wordSet(
  'a an the this that it you u i to with real actual live actually really even just some kind of being one or not ' +
    'talking speaking texting chatting message text response reply there am is',
);
/** People whom one speaks of without asking what they are. */
const ORDINARY_PEOPLE = wordSet('person someone somebody');
const REACH_WORDS = 7;
/** No other word begins such a question; other letters may be look-alikes of these. */
const MAY_ASK =
  /[^\0-\x7f]|bot|\bai\b|\bia\b|automat|machine|maquina|comput|gpt|human|person|someone|somebody|\breal\b|inteligencia|alguien/i;
/** Who asks this asks it soon: a pasted mail is read at its beginning. */
const MOST_CHARACTERS = 4_000;

/** Whether a lead asks if a machine is writing, or for a human. The answer is never a denial. */
export function isBotQuestion(text: string): boolean {
  const read = text.slice(0, MOST_CHARACTERS);
  if (!MAY_ASK.test(read)) return false;
  const tokens = tokenize(read);
  if (tokens.length <= 2 && tokens.some(({ text: word }) => MACHINES.has(word))) return true;
  if (tokens.some((_, at) => isBeing(tokens, at) && isAskedAbout(tokens, at))) return true;
  return asksInSpanish(read);
}

function isBeing(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (REALITIES.has(word)) return word === 'real' && !continuesClause(tokens, at + 1);
  if (!BEINGS.has(word)) return false;
  const before = wordAt(tokens, at - 1);
  const isAboutYou = before === 'a' && ['you', 'u', 'this'].includes(wordAt(tokens, at - 2));
  return !ORDINARY_PEOPLE.has(word) || REALITIES.has(before) || isAboutYou;
}

function isAskedAbout(tokens: Tokens, being: number): boolean {
  for (let at = being; at > being - REACH_WORDS && continuesClause(tokens, at); at -= 1) {
    const word = wordAt(tokens, at - 1);
    const isOfSelf = word === 'am' && wordAt(tokens, at - 2) === 'i';
    if (ASKING.has(word) && !isOfSelf) return true;
    if (!BRIDGES.has(word)) return false;
  }
  return false;
}

const MAQUINA =
  '(?:robot|bot|chatbot|maquina|computadora|ia|inteligencia artificial|automatic[oa])';
const PERSONA = '(?:persona|human[oa]|ser humano|alguien)';
const SPANISH: readonly RegExp[] = [
  // "Eres un robot", "¿es esto un bot?", "es usted una máquina".
  new RegExp(
    `\\b(?:eres|es|son)(?: (?:usted|ustedes|tu|esto|este|esta|mensaje|un|una))* ${MAQUINA}\\b`,
  ),
  // "Es una persona", "eres una persona real", "eres humano".
  new RegExp(
    `\\b(?:eres|es)(?: (?:usted|tu|esto))?(?: (?:un|una))? ${PERSONA}(?: (?:real|de verdad|viva|o .{1,30}))*(?= ?[?.!]| ?$)`,
  ),
  /\beres (?:real|de verdad)(?= ?[?.!]| ?$)/,
  // "Hablo con una persona", "estoy hablando con un robot".
  new RegExp(`\\bhabl(?:o|ando) con (?:un|una) (?:${MAQUINA}|${PERSONA})\\b`),
  /\b(?:hablar|comunicarme) con (?:una persona|un humano|alguien) (?:real|de verdad)\b/,
  /\bhay (?:una persona|alguien) (?:real|de verdad)\b/,
];

function asksInSpanish(text: string): boolean {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}?.!]+/gu, ' ');
  return SPANISH.some((pattern) => pattern.test(plain));
}
