import { continuesClause, tokenize, wordAt, type Tokens } from '../text/tokenize.js';

/** Whether a lead asks if a machine is writing, or for a human. The answer is never a denial. */

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const ASKING = set(
  "are r is am was you're ur you u it's talk talking speak speaking chat chatting texting",
);
const BEINGS = set(
  'bot bots robot chatbot ai automated machine computer chatgpt gpt human person someone somebody',
);
const MACHINES = set('bot robot chatbot ai automated');
const REALITIES = set('real live actual');
const BRIDGES = set(
  'a an the this that it you u i to with real actual live actually really even just some kind of being one or not ' +
    'talking speaking texting chatting message text response reply there am is',
);
/** People whom one speaks of without asking what they are. */
const ORDINARY_PEOPLE = set('person someone somebody');
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
