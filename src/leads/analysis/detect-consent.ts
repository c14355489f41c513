import { isRevocation } from './consent/revocation-grammar.js';
import { isNegated, isNegatedBefore } from './text/negation.js';
import { compileLexicon, findPhrases, standsAt } from './text/phrases.js';
import { GAP, tokenize, type Token, type Tokens } from './text/tokenize.js';

/**
 * Whether a lead takes back or gives its consent to be written to. Carriers act on a keyword that is
 * the whole message; the law (47 CFR 64.1200(a)(10)) asks to honour any reasonable wording. Both
 * errors cost: writing to somebody who refused, and silencing a buyer who "can't stop thinking about
 * that house". Hence keywords alone, and phrases with their object.
 */
export type Consent = 'opt_out' | 'opt_in';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Enough when they are a whole sentence of their own. */
const STRONG_KEYWORDS = set('stop stopall unsubscribe unsub optout');
/** Ordinary words too, so only as the whole message. */
const KEYWORDS = new Set([
  ...STRONG_KEYWORDS,
  ...set('cancel end quit revoke remove'),
  'stop all',
  'opt out',
]);
const OPT_IN_KEYWORDS = new Set([
  ...set('start unstop yes optin resubscribe subscribe'),
  ...['opt in', 'opt me in', 'start again'],
]);
const POLITENESS = set('please pls plz thanks thank you thx now immediately kindly sir');

/** "can you please just stop it": nothing beside the wish itself. */
const AROUND_STOP = set(
  'please pls plz just can could would will you u i said say told asked ask to now already it this that guys all ' +
    'ok okay hey hi hello no thanks thank kindly immediately and make want need again enough right wrong number',
);

/** Revocations that need no object. */
const PHRASES = compileLexicon(
  [
    ...['unsubscribe', 'unsubscribed', 'opt me out', 'opting out', 'opted out', 'leave me alone'],
    ...[
      'leave us alone',
      'lose my number',
      'do not call list',
      'cease and desist',
      'go away',
      'fuck off',
    ],
    ...[
      'revoke my consent',
      'revoke consent',
      'withdraw my consent',
      'withdraw consent',
      'dont contact',
    ],
    ...[
      'remove me',
      'remove us',
      'remove my number',
      'remove my name',
      'remove my phone',
      'remove my info',
    ],
    ...[
      'remove my information',
      'remove my contact',
      'remove my email',
      'remove this number',
      'delete me',
    ],
    ...[
      'delete my number',
      'delete my info',
      'delete my information',
      'delete my contact',
      'delete my data',
    ],
    ...[
      'take me off',
      'take us off',
      'take my number off',
      'take my name off',
      'take this number off',
    ],
    ...[
      'no texts',
      'no texting',
      'be removed from',
      'get me off this',
      'get me off your',
      'get me off the list',
    ],
    ...[
      'opt out of this',
      'opt out of these',
      'opt out of your',
      'opt out of all',
      'opt out of texts',
    ],
    ...['opt out of messages', 'opt out of receiving', 'opt out of sms', 'opt out of it'],
    ...['no more texts', 'no more text', 'no more messages', 'no more emails', 'no more calls'],
    ...['not consent', "don't consent", 'dont consent'],
  ].map((phrase) => [phrase, [phrase]] as const),
);
/** Denials that are part of the phrase itself. */
const DENYING_PHRASES = /^(?:no|not|do|don't|dont)\b/;

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
