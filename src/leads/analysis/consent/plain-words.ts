/**
 * A message as one line of plain words for the rules of consent: lower case, without accents and
 * apostrophes, short forms spelt out, "do not" as one word, a blank between two words and a sign of
 * its own (`, . ! ?`) where a clause or sentence ends. It begins and ends with ` .`.
 */
export interface PlainWords {
  readonly line: string;
  /** The sentence around a place of the line, as it was written; empty where only tokens are known. */
  readonly sentenceAt: (at: number) => string;
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const LEXEME = /w\/(?=\s)|[\p{L}\p{M}\p{N}]+(?:['’ʼ´`‘][\p{L}\p{M}]+)*|\n\s*\n|\n|\.{2,}|[^\s]/giu;
const MARKS = new Map([
  ['.', '.'],
  [';', '.'],
  ['。', '.'],
  ['!', '!'],
  ['?', '?'],
  [',', ','],
  [':', ','],
  ['…', ','],
  ['—', ','],
  ['–', ','],
  ['(', ','],
  [')', ','],
  ['|', ','],
  ['\n', ','],
]);
const SIGNS = new Map([
  ['/', 'or'],
  ['&', 'and'],
  ['+', 'and'],
  ['#', 'number'],
]);
const STRENGTH = ',.!?';

/** Look-alike letters of other alphabets. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [...'аaеeоoрpсcуyхxіiѕsтtвbнhкkмmοoρpτtαaεeιiνv'.matchAll(/(.)(.)/gu)].map(
    ([, from = '', to = '']) => [from, to],
  ),
);

const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    you: 'u yu',
    'you all': 'yall',
    your: 'ur yr yur',
    are: 'r',
    please: 'pls plz plse pleas pleasee plzz pease plesae pelase',
    with: 'w',
    'out of': 'outta outa',
    'off of': 'offa',
    thanks: 'thx ty tks thnx thanx',
    text: 'txt tex tezt textt tx',
    texts: 'txts texs',
    texting: 'txting textin txtin texing txtng texxting textng txtn',
    texted: 'txted txtd',
    message: 'msg mesage messege',
    messages: 'msgs mesages messeges massages',
    messaging: 'msging messging mesaging messagin msgin messageing msgn',
    calling: 'callin caling',
    contact: 'contct contat contac',
    contacting: 'contactin contating',
    sending: 'sendin',
    bothering: 'botherin',
    emailing: 'emailin',
    email: 'eml',
    emails: 'emailes',
    dont: 'dnt donot',
    remove: 'remov',
    'want to': 'wanna',
    'got to': 'gotta',
    number: 'nmbr numbr num',
    people: 'ppl',
    im: 'iam',
    cant: 'cannot',
    stop: 'stahp stawp stp stpo sotp stopp st0p',
    cancel: 'cancell cancle canel',
    'por favor': 'porfa porfavor',
    que: 'q k',
    tambien: 'tmb',
  }).flatMap(([full, forms]) => forms.split(' ').map((form) => [form, full] as const)),
);
/** Two words that are read as one. */
const JOINED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'do not': 'dont',
    'do nt': 'dont',
    'don t': 'dont',
    'didn t': 'didnt',
    'can t': 'cant',
    'won t': 'wont',
    'does not': 'doesnt',
    'did not': 'didnt',
    'can not': 'cant',
    'will not': 'wont',
    'would not': 'wouldnt',
    'should not': 'shouldnt',
    'must not': 'mustnt',
    'have not': 'havent',
    'i am': 'im',
    'e mail': 'email',
    'e mails': 'emails',
    'un subscribe': 'unsubscribe',
    'wait list': 'waitlist',
    'opt ou': 'opt out',
  }),
);
/** Words of seven letters or more in which one wrong letter is forgiven. */
const LONG_WORDS = [
  'unsubscribe',
  'unsubscribed',
  'messaging',
  'messages',
  'contacting',
  'emailing',
  'bothering',
  'harassing',
  'spamming',
];
const LONG_LETTERS = 7;
/** Right as they are, though one letter away from those. */
const OTHER_WORDS = new Set(['message', 'messaged', 'mailing', 'contracting', 'subscribe']);

export function plainWords(text: string): PlainWords {
  const pieces = joinPairs(lex(text));
  const starts: number[] = [];
  let line = ' .';
  for (const piece of pieces) {
    starts.push(line.length);
    line += ` ${piece.text}`;
  }
  const end = isSentenceEnd(pieces.at(-1)) && pieces.length > 0 ? '' : ' .';
  return { line: `${line}${end}`, sentenceAt: (at) => sentenceAt(text, { pieces, starts }, at) };
}

/** The same for one message, of which several rooms ask for the line of the same text. */
export function plainWordsOnce(): typeof plainWords {
  const known = new Map<string, PlainWords>();
  return (text) => {
    const plain = known.get(text) ?? plainWords(text);
    known.set(text, plain);
    return plain;
  };
}

function lex(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: lexeme, index } of text.matchAll(LEXEME)) {
    const place = { start: index, end: index + lexeme.length };
    const mark = markOf(lexeme, text, index);
    if (mark !== undefined) pushMark(pieces, { text: mark, ...place });
    else pushWords(pieces, lexeme, place);
  }
  return pieces;
}

function markOf(lexeme: string, text: string, at: number): string | undefined {
  if (lexeme.length > 1 && lexeme.startsWith('\n')) return '.';
  if (lexeme.startsWith('..')) return ',';
  const isDash = lexeme === '-' && (text[at - 1] ?? ' ') <= ' ';
  return isDash ? ',' : MARKS.get(lexeme);
}

/** Of several signs in a row the strongest stays. */
function pushMark(pieces: Piece[], mark: Piece): void {
  const last = pieces.at(-1);
  if (last === undefined || !STRENGTH.includes(last.text)) pieces.push(mark);
  else if (STRENGTH.indexOf(mark.text) > STRENGTH.indexOf(last.text))
    pieces[pieces.length - 1] = mark;
}

function pushWords(pieces: Piece[], lexeme: string, place: Omit<Piece, 'text'>): void {
  for (const text of wordsOf(lexeme)) pieces.push({ text, ...place });
}

function wordsOf(lexeme: string): readonly string[] {
  if (lexeme === 'w/' || lexeme === 'W/') return ['with'];
  const sign = SIGNS.get(lexeme);
  if (sign !== undefined) return [sign];
  const word = plainWord(lexeme);
  if (word === '') return [];
  return (SHORT_FORMS.get(word) ?? forgiven(word)).split(' ');
}

const PLAIN = /^(?:([a-z])(?!\1\1)|[0-9])+$/;

/** Lower case, compatibility form, no accents, no apostrophes, no signs. */
export function plainWord(lexeme: string): string {
  // Most words need none of it.
  if (PLAIN.test(lexeme)) return lexeme;
  const folded = lexeme
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    // "stoppp", "pleaseee".
    .replace(/(\p{L})\1{2,}/gu, '$1');
  return /^[a-z0-9]*$/.test(folded)
    ? folded
    : [...folded].map((c) => LOOK_ALIKES.get(c) ?? c).join('');
}

/** Of words that were met before: few make up most of what is written. */
const FORGIVEN = new Map<string, string>();
const MOST_REMEMBERED = 5_000;

function forgiven(word: string): string {
  const known = FORGIVEN.get(word);
  if (known !== undefined) return known;
  const right = forgive(word);
  if (FORGIVEN.size < MOST_REMEMBERED) FORGIVEN.set(word, right);
  return right;
}

function forgive(word: string): string {
  if (word.length < LONG_LETTERS - 1 || LONG_WORDS.includes(word) || OTHER_WORDS.has(word))
    return word;
  return LONG_WORDS.find((right) => isOneLetterOff(word, right)) ?? word;
}

/** One letter wrong, missing, too many, or two neighbours exchanged. */
export function isOneLetterOff(word: string, right: string): boolean {
  if (Math.abs(word.length - right.length) > 1 || word === right) return false;
  let at = 0;
  while (at < word.length && word[at] === right[at]) at += 1;
  const [rest, expected] = [word.slice(at), right.slice(at)];
  return (
    rest.slice(1) === expected.slice(1) ||
    rest.slice(1) === expected ||
    rest === expected.slice(1) ||
    (rest[0] === expected[1] && rest[1] === expected[0] && rest.slice(2) === expected.slice(2))
  );
}

function joinPairs(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const pair = last && JOINED.get(`${last.text} ${piece.text}`);
    if (pair === undefined || last === undefined) joined.push(piece);
    else joined[joined.length - 1] = { text: pair, start: last.start, end: piece.end };
  }
  return joined;
}

interface Places {
  readonly pieces: readonly Piece[];
  readonly starts: readonly number[];
}

const isSentenceEnd = (piece: Piece | undefined): boolean => '.!?'.includes(piece?.text ?? '.');

function sentenceAt(text: string, { pieces, starts }: Places, at: number): string {
  const found = starts.findLastIndex((start) => start <= at + 1);
  let first = Math.max(0, found);
  if (isSentenceEnd(pieces[first])) first += 1;
  let last = first;
  while (first > 0 && !isSentenceEnd(pieces[first - 1])) first -= 1;
  while (last < pieces.length - 1 && !isSentenceEnd(pieces[last])) last += 1;
  return text.slice(pieces[first]?.start ?? 0, pieces[last]?.end ?? 0).trim();
}
