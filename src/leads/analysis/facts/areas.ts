import { isPartOfName, isPersonsName, isResidence } from './area-look-alikes.js';
import {
  compileEndingLexicon,
  compileLexicon,
  isNegatedAfter,
  isNegatedOver,
  type Lexicon,
  phraseEndingAt,
  phraseList,
  phraseStartingAt,
} from '../text/phrases.js';
import {
  continuesClause,
  type Token,
  tokenize,
  type Tokens,
  withoutAccents,
  wordAt,
  wordSet,
} from '../text/tokenize.js';

export interface AreaMention {
  /** In the location's own spelling. */
  readonly area: string;
  /** Index behind its last token. */
  readonly end: number;
  /** "not Dallas", "anywhere but Dallas". */
  readonly isRuledOut: boolean;
  /** Where the lead lives, works or comes from. */
  readonly isHome: boolean;
}

const EXCLUDERS = wordSet(
  'except excluding besides avoid avoiding hate hates dislike skip skipping forget scratch drop dropping remove nix minus ' +
    'descartamos descarte descartado descartar nixed ditched menos excepto quita quitar olvida',
);
/** Said before "on Frisco", "about Frisco": it was wanted once. */
const GIVEN_UP = compileEndingLexicon([
  [
    true,
    phraseList(
      'gave up on, give up on, giving up on, given up on, changed our mind about, changed my mind about, ' +
        'changed our minds about, changed our mind on, changed my mind on, done looking in, done looking at, stopped looking in, decided against, deciding against, used to want, used to look in, used to like, priced out of, outpriced in, sick of, ' +
        'tired of, moved on from, ruled out, ruling out, crossed off, took off, take off, getting out of, get out of, want out of, over',
    ),
  ],
]);
/** Between one of them and the place. */
const BRIDGES_TO_EXCLUDED = wordSet('for in the all about out from en el los');
/** "done with Dallas": said of what is over. */
const OVER_WITH = wordSet('done through over finished');
/** A denial reaches a place over these alone: "no rush to find something in Allen" rules nothing out. */
const WORDS_OF_WANTING = wordSet(
  'in at to near around of for on about with from into a an the any anything anywhere anyone even really very ' +
    'too so all want wanting wanna like liking love need needing care fan keen interested interest looking look ' +
    'search searching consider considering thinking live living be being move moving relocate relocating go going ' +
    'do send show me us my our homes home houses house properties property listings areas area buy buying see north south ' +
    'longer ya quiero queremos interesa me nos east west downtown city part side be able willing would will also please necessarily particularly especially ' +
    'afford en el los busco buscamos buscando gusta encanta vivir mudarme mudarnos casa casas comprar nada de para por cerca lado zona ver sea',
);
const DENIAL_REACH_WORDS = 9;
const LIST_WORDS = new Set(['or', 'nor', 'and']);

/** Service areas in order of mention; the longest name wins where one holds another. */
export function findAreas(tokens: Tokens, serviceAreas: readonly string[]): readonly AreaMention[] {
  const { lexicon, corrected } = compiledAreas(serviceAreas);
  const bare = tokens.map((token) => corrected(withoutPossessive(token)));
  const mentions: AreaMention[] = [];
  for (let at = 0; at < bare.length;) {
    const match = phraseStartingAt(bare, at, lexicon);
    if (match && !isSomethingElse(bare, match.start, match.end)) {
      const isRuledOut =
        sharesDenial(bare, at, mentions.at(-1)) || isDenied(bare, match.start, match.end);
      const isHome = isResidence(bare, match.start);
      mentions.push({ area: match.phrase.meaning, end: match.end, isRuledOut, isHome });
    }
    at = match?.end ?? at + 1;
  }
  return mentions;
}

function isSomethingElse(tokens: Tokens, start: number, end: number): boolean {
  return isPersonsName(tokens, start, end) || isPartOfName(tokens, end);
}

/** Each area once. Where one lives counts only while one names no place to go to. */
export function listWantedAreas(mentions: readonly AreaMention[]): readonly string[] {
  const named = mentions.filter(({ isRuledOut }) => !isRuledOut);
  const wanted = named.filter(({ isHome }) => !isHome);
  return distinct(wanted.length > 0 ? wanted : named);
}

/** What the lead does not want any more. */
export function listDroppedAreas(mentions: readonly AreaMention[]): readonly string[] {
  return distinct(mentions.filter(({ isRuledOut }) => isRuledOut));
}

function distinct(mentions: readonly AreaMention[]): readonly string[] {
  return [...new Set(mentions.map(({ area }) => area))];
}

interface CompiledAreas {
  readonly lexicon: Lexicon<string>;
  /** A word that is one letter off a name is taken for it. */
  corrected(token: Token): Token;
}

/** By identity: settings are the same object until they change. */
const COMPILED = new WeakMap<readonly string[], CompiledAreas>();

function compiledAreas(serviceAreas: readonly string[]): CompiledAreas {
  const known = COMPILED.get(serviceAreas);
  if (known !== undefined) return known;
  const lexicon = compileAreas(serviceAreas);
  const names = serviceAreas
    .map((area) => withoutAccents(area.toLowerCase()))
    .filter((name) => /^\p{L}+$/u.test(name) && name.length >= FORGIVEN_FROM);
  const corrected = (token: Token): Token => {
    const isCandidate = token.kind === 'word' && token.text.length >= FORGIVEN_FROM - 1;
    if (!isCandidate || lexicon.has(token.text)) return token;
    const name = names.find((one) => isOneOff(token.text, one));
    return name === undefined ? token : { ...token, text: name };
  };
  const compiled = { lexicon, corrected };
  COMPILED.set(serviceAreas, compiled);
  return compiled;
}

/** In shorter names another letter makes another word: "plan", "alien". */
const FORGIVEN_FROM = 6;

/** One letter more, less, other, or two swapped; the first is seldom mistaken. */
function isOneOff(word: string, name: string): boolean {
  if (word[0] !== name[0] || Math.abs(word.length - name.length) > 1) return false;
  let at = 0;
  while (at < name.length && word[at] === name[at]) at += 1;
  const rest = (text: string, from: number): string => text.slice(from);
  return (
    rest(word, at + 1) === rest(name, at + 1) ||
    rest(word, at + 1) === rest(name, at) ||
    rest(word, at) === rest(name, at + 1) ||
    (word[at] === name[at + 1] &&
      word[at + 1] === name[at] &&
      rest(word, at + 2) === rest(name, at + 2))
  );
}

function compileAreas(serviceAreas: readonly string[]): Lexicon<string> {
  return compileLexicon(
    serviceAreas.map((area) => {
      const words = wordsOf(area);
      return [area, words === '' ? [] : [words]] as const;
    }),
  );
}

const wordsOf = (area: string): string =>
  tokenize(area)
    .map(({ text }) => text)
    .join(' ');

/** "neither Plano nor Allen". */
function sharesDenial(tokens: Tokens, at: number, last: AreaMention | undefined): boolean {
  return last?.isRuledOut === true && last.end === at - 1 && LIST_WORDS.has(wordAt(tokens, at - 1));
}

function isDenied(tokens: Tokens, start: number, end: number): boolean {
  return (
    (continuesClause(tokens, start) && isExcepted(tokens, start)) ||
    isOutBehind(tokens, end) ||
    isNegatedAfter(tokens, end) ||
    isNegatedOver(tokens, start, WORDS_OF_WANTING, DENIAL_REACH_WORDS)
  );
}

/** "anywhere but Dallas", "skip the Dallas ones", "done with Dallas". */
function isExcepted(tokens: Tokens, start: number): boolean {
  const before = wordAt(tokens, start - 1);
  const beforeThat = wordAt(tokens, start - 2);
  if (before === 'but') return beforeThat.startsWith('any') || beforeThat.startsWith('every');
  if (before === 'with' && OVER_WITH.has(beforeThat)) return true;
  if (phraseEndingAt(tokens, start, GIVEN_UP)) return true;
  return (
    isExcluder(tokens, start - 1) ||
    (BRIDGES_TO_EXCLUDED.has(before) && isExcluder(tokens, start - 2))
  );
}

/** "menos" excludes, unless it is of "más o menos". */
function isExcluder(tokens: Tokens, at: number): boolean {
  const word = wordAt(tokens, at);
  return EXCLUDERS.has(word) && !(word === 'menos' && wordAt(tokens, at - 1) === 'o');
}

/** "Plano no longer works", "Dallas is out", "not Plano anymore". */
function isOutBehind(tokens: Tokens, end: number): boolean {
  if (!continuesClause(tokens, end)) return false;
  const [first, second] = [wordAt(tokens, end), wordAt(tokens, end + 1)];
  if (IS.has(first) && OUT.has(second)) return true;
  if (first === 'no' && (second === 'longer' || DISLIKING.has(second))) return true;
  return isFaulty(tokens, end) || (first === 'ya' && second === 'no');
}

const IS = wordSet('is was seems feels got gets es esta queda its');
const OUT = wordSet('out off over');
const DISLIKING = wordSet('me nos quiero queremos gusta interesa por gracias');
const TOO = wordSet('too muy demasiado');
const FAULTS = wordSet(
  'far expensive pricey crowded busy hot big lejos caro cara hectic congested crazy much high small old',
);
const FAULT_REACH_WORDS = 5;

/** "Dallas is too far", "Frisco queda muy lejos". */
function isFaulty(tokens: Tokens, end: number): boolean {
  for (let at = end; at < end + FAULT_REACH_WORDS && continuesClause(tokens, at); at += 1) {
    const word = wordAt(tokens, at);
    if (TOO.has(word)) return FAULTS.has(wordAt(tokens, at + 1));
    if (!IS.has(word) && !FAULT_BRIDGES.has(word)) return false;
  }
  return false;
}

const FAULT_BRIDGES = wordSet('just really way a bit little kind of already honestly me nos');

function withoutPossessive(token: Token): Token {
  return token.text.endsWith("'s") ? { ...token, text: token.text.slice(0, -2) } : token;
}
