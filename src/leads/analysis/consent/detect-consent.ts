import {
  compilePhrases,
  findPhrases,
  isNegated,
  isNegatedBefore,
  standsAt,
} from '../text/phrases.js';
import {
  continuesClause,
  GAP,
  type Token,
  tokenize,
  type Tokens,
  wordAt,
  wordSet,
} from '../text/tokenize.js';

/**
 * Whether a lead takes back or gives its consent to be written to. Carriers act on a keyword that is
 * the whole message; the law (47 CFR 64.1200(a)(10)) asks to honour any reasonable wording. Both
 * errors cost: writing to somebody who refused, and silencing a buyer who "can't stop thinking about
 * that house". Hence keywords alone, and phrases with their object.
 */
export type Consent = 'opt_out' | 'opt_in' | 'hold';

/** Enough when they are a whole sentence of their own. */
const STRONG_KEYWORDS = wordSet('stop stopall unsubscribe unsub optout');
/** Ordinary words too, so only as the whole message. */
const KEYWORDS = new Set([
  ...STRONG_KEYWORDS,
  ...wordSet('cancel end quit revoke remove'),
  'stop all',
  'opt out',
]);
const OPT_IN_KEYWORDS = new Set([
  ...wordSet('start unstop yes optin resubscribe subscribe'),
  ...['opt in', 'opt me in', 'start again'],
]);
const POLITENESS = wordSet('please pls plz thanks thank you thx now immediately kindly sir');

/** "can you please just stop it": nothing beside the wish itself. */
const AROUND_STOP = wordSet(
  'please pls plz just can could would will you u i said say told asked ask to now already it this that guys all ' +
    'ok okay hey hi hello no thanks thank kindly immediately and make want need again enough right wrong number',
);

/** Revocations that need no object. */
const PHRASES = compilePhrases(
  'unsubscribe, unsubscribed, opt me out, opting out, opted out, leave me alone, leave us alone, ' +
    'lose my number, do not call list, cease and desist, go away, fuck off, revoke my consent, ' +
    'revoke consent, withdraw my consent, withdraw consent, dont contact, remove me, remove us, ' +
    'remove my number, remove my name, remove my phone, remove my info, remove my information, ' +
    'remove my contact, remove my email, remove this number, delete me, delete my number, ' +
    'delete my info, delete my information, delete my contact, delete my data, take me off, ' +
    'take us off, take my number off, take my name off, take this number off, no texts, ' +
    'no texting, be removed from, get me off this, get me off your, get me off the list, ' +
    'opt out of this, opt out of these, opt out of your, opt out of all, opt out of texts, ' +
    'opt out of messages, opt out of receiving, opt out of sms, opt out of it, no more texts, ' +
    "no more text, no more messages, no more emails, no more calls, not consent, don't consent, " +
    'dont consent',
);
/** Denials that are part of the phrase itself. */
const DENYING_PHRASES = /^(?:no|not|do|don't|dont)\b/;

export interface ConsentReading {
  readonly verdict: Consent;
  readonly by: 'keyword' | 'own_words';
  /** Channels that are named; empty: all. */
  readonly channels: readonly ('SMS' | 'Call' | 'Email')[];
  /** What it was read from, as written. */
  readonly words: string;
  /** `yes` counts only in answer to a message that asks for it. */
  readonly optIn?: 'start' | 'yes';
}

export function readConsent(text: string): ConsentReading | null {
  const tokens = tokenize(text);
  const verdict = detectConsentInTokens(tokens);
  if (verdict === null) return null;
  const key = keyOf(tokens);
  const by = KEYWORDS.has(speltOut(key)) ? 'keyword' : 'own_words';
  const optIn =
    verdict === 'opt_in' ? { optIn: key === 'yes' ? ('yes' as const) : ('start' as const) } : {};
  return { verdict, by, channels: [], words: text.slice(0, 200), ...optIn };
}

export function detectConsent(text: string): Consent | null {
  return detectConsentInTokens(tokenize(text));
}

export function detectConsentInTokens(tokens: Tokens): Consent | null {
  const message = speltOut(keyOf(tokens));
  if (KEYWORDS.has(message) || revokes(tokens)) return 'opt_out';
  return OPT_IN_KEYWORDS.has(message) ? 'opt_in' : null;
}

function revokes(tokens: Tokens): boolean {
  const clauses = splitClauses(tokens);
  const first = clauses[0];
  if (first && STRONG_KEYWORDS.has(keyOf(first))) return true;
  return (
    clauses.some((clause) => isSentenceToStop(clause) || endsInOptOut(clause)) ||
    hasRevokingPhrase(tokens) ||
    isRevocation(tokens)
  );
}

/** Words without politeness and repetition: "STOP STOP please!" is "stop". */
function keyOf(tokens: Tokens): string {
  const words = tokens.map(({ text }) => text).filter((text) => !POLITENESS.has(text));
  return words.length > 0 && words.length <= 8 ? [...new Set(words)].join(' ') : '';
}

/** "s t o p". */
function speltOut(message: string): string {
  return /^\p{L}(?: \p{L})+$/u.test(message) ? message.replaceAll(' ', '') : message;
}

function isSentenceToStop(clause: Tokens): boolean {
  const stops = clause.filter(({ text }) => text === 'stop' || text === 'unsubscribe');
  return (
    stops.length > 0 &&
    clause.every((token) => stops.includes(token) || AROUND_STOP.has(token.text))
  );
}

/** "I'd like to opt out"; not "the lease has an opt out clause". */
function endsInOptOut(clause: Tokens): boolean {
  const words = clause.filter(({ text }) => !POLITENESS.has(text));
  const start = words.length - 2;
  return standsAt(words, start, ['opt', 'out']) && !isNegatedBefore(words, start);
}

function hasRevokingPhrase(tokens: Tokens): boolean {
  return findPhrases(tokens, PHRASES).some(
    ({ start, end, phrase }) =>
      DENYING_PHRASES.test(phrase.meaning) || !isNegated(tokens, start, end),
  );
}

function splitClauses(tokens: Tokens): readonly Tokens[] {
  const clauses: Token[][] = [];
  for (const token of tokens) {
    const last = clauses.at(-1);
    if (last === undefined || token.gap !== GAP.none) clauses.push([token]);
    else last.push(token);
  }
  return clauses;
}

/**
 * Free-text revocation: a verb of contact that is refused or stopped, with "me", messages or nothing
 * behind it. "Don't call my agent", "don't text me before nine" and "stop by the house" are none.
 */

const REFUSALS = wordSet("not don't dont never longer");
const STOPPERS = wordSet('stop quit cease');
/** "They don't call me" complains of too few calls. */
const TELLING_SUBJECTS = wordSet('i we he she they it you u people agents sellers');
const BEFORE_NOT = wordSet('do please pls to should must may better you would and or kindly said');
const ADVERBS = wordSet('ever please pls even again to be');
const CONTACT_VERBS = wordSet(
  'text txt message msg contact call email sms bother spam harass bug disturb solicit texting messaging contacting ' +
    'calling emailing bothering spamming harassing bugging contacted texted messaged emailed',
);
const OBJECTS = wordSet('me us again anymore');
const OWN_ADDRESSES = wordSet('number phone cell email inbox');
const SENDING_VERBS = wordSet('send sending');
const WISHES = wordSet('want wish like care');
const RECEIVING = wordSet(
  'to receive receiving get getting see have be any more of your these the this all such further other',
);
const MESSAGES = wordSet(
  'text texts txts message messages msgs sms email emails mail calls spam communication communications contact texting messaging',
);
const SENT_THINGS = wordSet('anything stuff these this them listings more crap');
const DETERMINERS = wordSet('the these those all any your with further more');
const BEFORE_SENT_THINGS = wordSet('me us any more of your the all out further such other those');
const WISH_REACH_WORDS = 5;

function isRevocation(tokens: Tokens): boolean {
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

/** What makes a refusal a wish about when, where or what: the lead may still be written to. */

const REPEATERS = wordSet('again anymore ever please pls any more back');
const CONDITIONS = wordSet(
  'before after until till while when during today tonight tomorrow between unless if right now late early in with over under above below at on about',
);
/** "at all", "on this number", "about this" limit nothing. */
const TOTALS = wordSet('all this any anything it that');
/** "Don't call me Ana." */
const AFTER_CALL_ME = wordSet('or and i at on about again anymore please ok');
const OTHER_CHANNELS = wordSet('text texts texting txt message email');

/** `after` is the index behind "me"; `verb` the word that was refused. */
function isLeftUnconditional(tokens: Tokens, after: number, verb: string): boolean {
  let at = after;
  while (REPEATERS.has(wordAt(tokens, at)) && continuesClause(tokens, at)) at += 1;
  if (!continuesClause(tokens, at)) return true;
  const word = wordAt(tokens, at);
  if (CONDITIONS.has(word) && !TOTALS.has(wordAt(tokens, at + 1))) return false;
  return verb !== 'call' || at > after || AFTER_CALL_ME.has(word);
}

/** "don't call, just text me". */
function offersAnotherChannel(tokens: Tokens, refused: number): boolean {
  return tokens.some(
    ({ text }, at) =>
      OTHER_CHANNELS.has(text) && Math.abs(at - refused) > 1 && !isNegatedBefore(tokens, at),
  );
}
