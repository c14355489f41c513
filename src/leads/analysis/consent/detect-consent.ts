import { ownWords, type OwnWords } from '../own-words/own-words.js';
import { toPlainText } from '../text/plain-text.js';
import { findBareStops, findToldStops } from './bare-stop.js';
import { channelsIn, type Channel } from './channels.js';
import { isBareStopSign, isDoubtful } from './doubt.js';
import { LEAVING_RULES } from './english/leaving.js';
import { LIST_RULES } from './english/lists.js';
import { REFUSING_RULES } from './english/refusing.js';
import { STOPPING_RULES } from './english/stopping.js';
import { WISHING_RULES } from './english/wishing.js';
import { RuleBook, type Finding } from './findings.js';
import { keywordOf } from './keywords.js';
import { plainWords, type PlainWords } from './plain-words.js';
import { withoutNotices } from './quoted-notice.js';
import { SPANISH_RULES } from './spanish/spanish-rules.js';

/**
 * Whether a lead takes back or gives its consent to be written to. Carriers act on a keyword that is
 * the whole message; the law (47 CFR 64.1200(a)(10)) asks to honour any reasonable wording. Both
 * errors cost: writing to somebody who refused, and silencing a buyer who "can't stop thinking about
 * that house". What may be a refusal and may not is a `hold`: a person reads it first.
 */
export type Consent = 'opt_out' | 'opt_in' | 'hold';

export interface ConsentReading {
  readonly verdict: Consent;
  readonly by: 'keyword' | 'own_words';
  /** CRM channels that a revocation names, in order of mention; empty when none is named: all. */
  readonly channels: readonly Channel[];
  /** The words it was read from, as written, at most 200 characters. */
  readonly words: string;
  /** Of an opt-in: YES counts only soon after a message that asks for it. */
  readonly optIn?: 'start' | 'yes';
}

const MOST_QUOTED = 200;
const RULES = new RuleBook([
  ...STOPPING_RULES,
  ...REFUSING_RULES,
  ...WISHING_RULES,
  ...LIST_RULES,
  ...LEAVING_RULES,
  ...SPANISH_RULES,
]);

/** What a message says about being written to; null when nothing. */
export function readConsent(text: string): ConsentReading | null {
  return consentOf(ownWords(text, []), plainWords);
}

/** @param toLine `plainWords`, or what remembers it */
export function consentOf(own: OwnWords, toLine: typeof plainWords): ConsentReading | null {
  if (own.kind === 'reaction') return null;
  const written = toPlainText(own.text).trim();
  if (written === '') return null;
  return readKeyword(written) ?? readOwnWords(written, toLine(written));
}

function readKeyword(text: string): ConsentReading | null {
  const keyword = keywordOf(text);
  if (keyword === null) return null;
  const read = { by: 'keyword', channels: [], words: text.slice(0, MOST_QUOTED) } as const;
  return keyword === 'stop'
    ? { verdict: 'opt_out', ...read }
    : { verdict: 'opt_in', ...read, optIn: keyword };
}

function readOwnWords(text: string, plain: PlainWords): ConsentReading | null {
  const line = withoutNotices(plain.line);
  const findings = [...RULES.findingsIn(line), ...findBareStops(line), ...findToldStops(line)].sort(
    (a, b) => a.at - b.at,
  );
  const refusals = findings.filter(({ verdict }) => verdict === 'opt_out');
  const [refusal] = refusals;
  const by = 'own_words';
  if (refusal) {
    const channels = channelsOf(refusals);
    const words = plain.sentenceAt(refusal.at).slice(0, MOST_QUOTED);
    return offersAnotherChannel(line, refusals, channels)
      ? null
      : { verdict: 'opt_out', by, channels, words };
  }
  if (findings.length === 0 && !isDoubtful(line) && !isBareStopSign(text)) return null;
  return { verdict: 'hold', by, channels: [], words: text.slice(0, MOST_QUOTED) };
}

function channelsOf(refusals: readonly Finding[]): readonly Channel[] {
  const named = refusals.map(({ phrase }) => channelsIn(phrase));
  return named.some((channels) => channels.length === 0) ? [] : [...new Set(named.flat())];
}

const OTHER_WAYS: Readonly<Record<Channel, RegExp>> = {
  SMS: /(?!)/,
  Call: / (?:texts?|texting|message|messages|email|emails|sms|whatsapp|call my|mensajes?|textos?|mensaje|escrib\w+|correo|textea\w*)(?= )/,
  Email:
    / (?:texts?|texting|message|call|calls|sms|whatsapp|mensajes?|textos?|llam\w+|escrib\w+|textea\w*)(?= )/,
};

/** "Don't call, just text me": a wish about the way, and no refusal of what we send. */
function offersAnotherChannel(
  line: string,
  refusals: readonly Finding[],
  channels: readonly Channel[],
): boolean {
  if (channels.length === 0 || channels.includes('SMS')) return false;
  const rest = refusals.reduce((words, { at, phrase }) => {
    return words.slice(0, at) + ' '.repeat(phrase.length) + words.slice(at + phrase.length);
  }, line);
  return channels.some((channel) => OTHER_WAYS[channel].test(rest));
}
