import { continuesClause, tokenize, wordAt, type Tokens, wordSet } from './text/tokenize.js';

/** Questions that are answered in every mode: for help, and whether a machine is writing. */

const HELP_WORDS = wordSet('help info ayuda informacion información');
const POLITENESS = wordSet('please pls plz thanks thank you por favor porfa gracias me');
const LONGEST_HELP = 60;

/** The carriers' word for help as the whole message; it is answered with the business and how to stop. */
export function isHelpRequest(text: string): boolean {
  if (text.length > LONGEST_HELP) return false;
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [];
  const asked = new Set(words.filter((word) => !POLITENESS.has(word)));
  return (
    asked.size === 1 &&
    words.every((word) => HELP_WORDS.has(word) || POLITENESS.has(word)) &&
    !isOwnHelp(words)
  );
}

/** "Help me" asks a person. */
const isOwnHelp = (words: readonly string[]): boolean => words.includes('me');

/** Whether a lead asks if a machine is writing, or for a human. The answer is never a denial. */

const ASKING = wordSet(
  "are r is am was you're ur you u it's talk talking speak speaking chat chatting texting " +
    'eres es estoy hablo hablando usted ustedes tu tú son',
);
const BEINGS = wordSet(
  'bot bots robot chatbot ai automated machine computer chatgpt gpt human person someone somebody ' +
    'máquina maquina persona humano humana ia automático automatico',
);
const MACHINES = wordSet('bot robot chatbot ai automated máquina maquina');
const REALITIES = wordSet('real live actual');
const BRIDGES = wordSet(
  'a an the this that it you u i to with real actual live actually really even just some kind of being one or not ' +
    'talking speaking texting chatting message text response reply there am is ' +
    'un una con o esto este usted tu tú alguien ser de verdad si mensaje',
);
/** People whom one speaks of without asking what they are. */
const ORDINARY_PEOPLE = wordSet('person someone somebody persona');
const REACH_WORDS = 7;
/** What asks this is short; a longer text is read at its beginning. */
const MOST_CHARACTERS = 2000;

export function isBotQuestion(text: string): boolean {
  const tokens = tokenize(text.slice(0, MOST_CHARACTERS));
  if (tokens.length <= 2 && tokens.some(({ text: word }) => MACHINES.has(word))) return true;
  return tokens.some((_, at) => isBeing(tokens, at) && isAskedAbout(tokens, at));
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
