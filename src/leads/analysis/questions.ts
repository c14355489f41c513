import { continuesClause, tokenize, wordAt, type Tokens, wordSet } from './text/tokenize.js';

/** Whether a lead asks if a machine is writing, or for a human. The answer is never a denial. */

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

export function isBotQuestion(text: string): boolean {
  const tokens = tokenize(text);
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

const HELP = new Set(['help', 'info', 'ayuda']);

/** The carriers' word by which a person asks who writes, and how to make it stop. */
export function isHelpRequest(text: string): boolean {
  return text.length <= 40 && HELP.has(text.toLowerCase().replace(/[^\p{L}]+/gu, ''));
}
