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
}

const EXCLUDERS = wordSet('except excluding besides avoid avoiding hate hates dislike');
/** A denial reaches a place over these alone: "no rush to find something in Allen" rules nothing out. */
const WORDS_OF_WANTING = wordSet(
  'in at to near around of for on about with from into a an the any anything anywhere anyone even really very ' +
    'too so all want wanting wanna like liking love need needing care fan keen interested interest looking look ' +
    'search searching consider considering thinking live living be being move moving relocate relocating go going ' +
    'do send show me us my our homes home houses house properties property listings areas area buy buying see north south ' +
    'east west downtown city part side be able willing would will also please necessarily particularly especially',
);
const DENIAL_REACH_WORDS = 9;
const LIST_WORDS = new Set(['or', 'nor', 'and']);

/** Service areas in order of mention; the longest name wins where one holds another. */
export function findAreas(tokens: Tokens, serviceAreas: readonly string[]): readonly AreaMention[] {
  const lexicon = compileAreas(serviceAreas);
  const bare = tokens.map(withoutPossessive);
  const mentions: AreaMention[] = [];
  for (let at = 0; at < bare.length;) {
    const match = phraseStartingAt(bare, at, lexicon);
    if (match) {
      const isRuledOut =
        sharesDenial(bare, at, mentions.at(-1)) || isDenied(bare, match.start, match.end);
      mentions.push({ area: match.phrase.meaning, end: match.end, isRuledOut });
    }
    at = match?.end ?? at + 1;
  }
  return mentions;
}

/** Each area once. */
export function listWantedAreas(mentions: readonly AreaMention[]): readonly string[] {
  return [...new Set(mentions.filter(({ isRuledOut }) => !isRuledOut).map(({ area }) => area))];
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
  const before = continuesClause(tokens, start) ? wordAt(tokens, start - 1) : '';
  const beforeThat = wordAt(tokens, start - 2);
  const isAnywhereBut =
    before === 'but' && (beforeThat.startsWith('any') || beforeThat.startsWith('every'));
  const isExcepted =
    EXCLUDERS.has(before) || (EXCLUDERS.has(beforeThat) && ['for', 'in'].includes(before));
  return (
    isAnywhereBut ||
    isExcepted ||
    isNegatedAfter(tokens, end) ||
    isNegatedOver(tokens, start, WORDS_OF_WANTING, DENIAL_REACH_WORDS)
  );
}

function withoutPossessive(token: Token): Token {
  return token.text.endsWith("'s") ? { ...token, text: token.text.slice(0, -2) } : token;
}
