import { isPersonsName, isResidence } from './area-look-alikes.js';
import {
  compileLexicon,
  isNegatedAfter,
  isNegatedOver,
  type Lexicon,
  phraseStartingAt,
} from '../text/phrases.js';
import {
  continuesClause,
  type Token,
  tokenize,
  type Tokens,
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
    'menos excepto quita quitar olvida',
);
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
    'longer ya quiero queremos interesa me nos east west downtown city part side be able willing would will also please necessarily particularly especially',
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
    if (match && !isPersonsName(bare, match.start, match.end)) {
      const isRuledOut =
        sharesDenial(bare, at, mentions.at(-1)) || isDenied(bare, match.start, match.end);
      const isHome = isResidence(bare, match.start);
      mentions.push({ area: match.phrase.meaning, end: match.end, isRuledOut, isHome });
    }
    at = match?.end ?? at + 1;
  }
  return mentions;
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
    .map((area) => area.toLowerCase())
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
      const words = tokenize(area).map(({ text }) => text);
      return [area, words.length > 0 ? [words.join(' ')] : []] as const;
    }),
  );
}

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
  if (EXCLUDERS.has(before)) return true;
  if (before === 'but') return beforeThat.startsWith('any') || beforeThat.startsWith('every');
  if (before === 'with' && OVER_WITH.has(beforeThat)) return true;
  return EXCLUDERS.has(beforeThat) && BRIDGES_TO_EXCLUDED.has(before);
}

/** "Plano no longer works", "Dallas is out", "not Plano anymore". */
function isOutBehind(tokens: Tokens, end: number): boolean {
  if (!continuesClause(tokens, end)) return false;
  const [first, second] = [wordAt(tokens, end), wordAt(tokens, end + 1)];
  const isOut = first === 'is' && ['out', 'off', 'over'].includes(second);
  return isOut || (first === 'no' && second === 'longer') || (first === 'ya' && second === 'no');
}

function withoutPossessive(token: Token): Token {
  return token.text.endsWith("'s") ? { ...token, text: token.text.slice(0, -2) } : token;
}
