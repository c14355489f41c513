import { isNegatedBefore } from '../text/negation.js';
import { standsAt } from '../text/phrases.js';
import { continuesClause, wordAt, type Tokens } from '../text/tokenize.js';
import { isLeftUnconditional, offersAnotherChannel } from './revocation-limits.js';

/**
 * Free-text revocation: a verb of contact that is refused or stopped, with "me", messages or nothing
 * behind it. "Don't call my agent", "don't text me before nine" and "stop by the house" are none.
 */

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const REFUSALS = set("not don't dont never longer");
const STOPPERS = set('stop quit cease');
/** "They don't call me" complains of too few calls. */
const TELLING_SUBJECTS = set('i we he she they it you u people agents sellers');
const BEFORE_NOT = set('do please pls to should must may better you would and or kindly said');
const ADVERBS = set('ever please pls even again to be');
const CONTACT_VERBS = set(
  'text txt message msg contact call email sms bother spam harass bug disturb solicit texting messaging contacting ' +
    'calling emailing bothering spamming harassing bugging contacted texted messaged emailed',
);
const OBJECTS = set('me us again anymore');
const OWN_ADDRESSES = set('number phone cell email inbox');
const SENDING_VERBS = set('send sending');
const WISHES = set('want wish like care');
const RECEIVING = set(
  'to receive receiving get getting see have be any more of your these the this all such further other',
);
const MESSAGES = set(
  'text texts txts message messages msgs sms email emails mail calls spam communication communications contact texting messaging',
);
const SENT_THINGS = set('anything stuff these this them listings more crap');
const DETERMINERS = set('the these those all any your with further more');
const BEFORE_SENT_THINGS = set('me us any more of your the all out further such other those');
const WISH_REACH_WORDS = 5;

export function isRevocation(tokens: Tokens): boolean {
  return tokens.some((_, at) => isRevocationAt(tokens, at));
}

function isRevocationAt(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (STOPPERS.has(word)) return !isNegatedBefore(tokens, at) && isStopped(tokens, at + 1);
  if (!REFUSALS.has(word) || !continuesClause(tokens, at + 1)) return false;
  return isWishedAway(tokens, at) || (isCommand(tokens, at) && isRefused(tokens, at + 1));
}

/** "stop texting me", "stop sending me this", "stop all messages". */
function isStopped(tokens: Tokens, at: number): boolean {
  if (!continuesClause(tokens, at)) return false;
  if (wordAt(tokens, at).endsWith('ing')) return isRefused(tokens, at);
  const noun = skipWords(tokens, at, DETERMINERS);
  return continuesClause(tokens, noun) && MESSAGES.has(wordAt(tokens, noun));
}

function isCommand(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  if (word === 'longer') return false;
  const opens = !continuesClause(tokens, at);
  const before = opens ? '' : wordAt(tokens, at - 1);
  if (word !== 'not') return !TELLING_SUBJECTS.has(before) && before !== 'why';
  if (opens) return true;
  return BEFORE_NOT.has(before) && !(before === 'do' && isToldOfSomeone(tokens, at - 1));
}

function isToldOfSomeone(tokens: Tokens, at: number): boolean {
  return continuesClause(tokens, at) && TELLING_SUBJECTS.has(wordAt(tokens, at - 1));
}

/** The refused verb at or behind `at`, with an object that is the lead. */
function isRefused(tokens: Tokens, at: number): boolean {
  const start = skipWords(tokens, at, ADVERBS);
  if (!continuesClause(tokens, start)) return false;
  if (SENDING_VERBS.has(wordAt(tokens, start))) return isSendingRefused(tokens, start + 1);
  const end = endOfVerbs(tokens, start);
  if (end === start) return false;
  const isCallOnly = tokens
    .slice(start, end)
    .every(({ text }) => text.startsWith('call') || text === 'or');
  if (isCallOnly && offersAnotherChannel(tokens, start)) return false;
  return isAimedAtLead(tokens, end);
}

/** "text", "call or text", "text me or call". */
function endOfVerbs(tokens: Tokens, start: number): number {
  let end = start;
  while (CONTACT_VERBS.has(wordAt(tokens, end)) && continuesClause(tokens, end)) {
    const isJoined =
      ['or', 'and'].includes(wordAt(tokens, end + 1)) && CONTACT_VERBS.has(wordAt(tokens, end + 2));
    end += isJoined ? 2 : 1;
  }
  return end;
}

function isAimedAtLead(tokens: Tokens, at: number): boolean {
  if (!continuesClause(tokens, at)) return true;
  const object = wordAt(tokens, at);
  if (OBJECTS.has(object)) return isLeftUnconditional(tokens, at + 1, wordAt(tokens, at - 1));
  return ['this', 'my'].includes(object) && OWN_ADDRESSES.has(wordAt(tokens, at + 1));
}

/** "don't send me any more texts"; a kind of listing refused is a preference, not a refusal. */
function isSendingRefused(tokens: Tokens, at: number): boolean {
  if (!continuesClause(tokens, at)) return true;
  const noun = skipWords(tokens, at, BEFORE_SENT_THINGS);
  if (!continuesClause(tokens, noun)) return true;
  const word = wordAt(tokens, noun);
  if (!MESSAGES.has(word) && !SENT_THINGS.has(word)) return false;
  const isDetermined = MESSAGES.has(wordAt(tokens, noun + 1));
  return isLeftUnconditional(tokens, isDetermined ? noun + 2 : noun + 1, word);
}

/** "I don't want to be contacted", "no longer wish to receive texts", "don't want you texting me". */
function isWishedAway(tokens: Tokens, at: number): boolean {
  if (!WISHES.has(wordAt(tokens, at + 1))) return false;
  const first = at + 2;
  if (['you', 'u'].includes(wordAt(tokens, first))) return isRefused(tokens, first + 1);
  if (standsAt(tokens, first, ['to', 'hear', 'from'])) return true;
  if (standsAt(tokens, first, ['to', 'be'])) return isRefused(tokens, first + 2);
  // "I don't want to text you my number": the lead's own doing.
  const isOwnDoing = wordAt(tokens, first) === 'to' && CONTACT_VERBS.has(wordAt(tokens, first + 1));
  return !isOwnDoing && isMessageUnwanted(tokens, first);
}

function isMessageUnwanted(tokens: Tokens, from: number): boolean {
  const at = skipWords(tokens, from, RECEIVING, WISH_REACH_WORDS);
  const noun = wordAt(tokens, at);
  if (!continuesClause(tokens, at) || !MESSAGES.has(noun)) return false;
  if (noun === 'calls' && offersAnotherChannel(tokens, at)) return false;
  return isLeftUnconditional(tokens, at + 1, noun);
}

function skipWords(tokens: Tokens, from: number, words: ReadonlySet<string>, reach = 4): number {
  let at = from;
  while (at < from + reach && words.has(wordAt(tokens, at)) && continuesClause(tokens, at)) at += 1;
  return at;
}
