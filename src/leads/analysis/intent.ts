import type { LeadIntent } from '../lead-documents.js';
import { plainWords } from './consent/plain-words.js';
import { INTENT_RULES } from './intent-rules.js';
import { ownWords, type OwnWords } from './own-words/own-words.js';
import { wordSet } from './text/tokenize.js';

/** Words that acknowledge and say nothing else; a message of these alone is one. */
const ACKNOWLEDGING = wordSet(
  'ok okay k kk okey oki okie thanks thank you u thx thnx ty tysm tks much so very appreciated appreciate it great perfect cool ' +
    'sounds good got will do sure alright awesome nice noted understood excellent wonderful sweet fine again for your the all ' +
    'help info information sir maam man guys lol haha ' +
    'gracias muchas muchisimas mil vale bueno bien esta está de acuerdo perfecto entendido listo claro excelente por la su tu ayuda información',
);
/** At least one of them, so that "so much" or "you" alone is no thanks. */
const HEADS = wordSet(
  'ok okay k kk okey oki okie thanks thank thx thnx ty tysm tks great perfect cool sounds got will sure alright awesome nice ' +
    'noted understood excellent wonderful sweet appreciated appreciate gracias vale acuerdo perfecto entendido listo claro excelente bueno bien',
);
const APPROVING_SIGNS =
  /(?:👍|👌|🙏|🙌|✅|😀|😁|😃|😄|😊|🙂|☺|😉|😎|😍|🥰|❤|💕|💯|👏|🎉|🤝|🤗|🤙|🫡)[\u{1F3FB}-\u{1F3FF}]?\uFE0F?/gu;
/** What a message is for stands at its beginning. */
const MOST_CHARACTERS = 4_000;

/** What a message is for: unless it says something else, its writer wants to buy. */
export function classifyIntent(text: string): LeadIntent {
  return intentOf(ownWords(text, []), plainWords);
}

/** @param toLine `plainWords`, or what remembers it */
export function intentOf(own: OwnWords, toLine: typeof plainWords): LeadIntent {
  if (own.kind === 'reaction') return 'reaction';
  const read = own.text.slice(0, MOST_CHARACTERS);
  if (isAcknowledgement(read)) return 'acknowledgement';
  const { line } = toLine(read);
  return INTENT_RULES.find(([, holds]) => holds({ line, text: read }))?.[0] ?? 'buyer';
}

function isAcknowledgement(text: string): boolean {
  const signs = text.match(APPROVING_SIGNS)?.length ?? 0;
  const rest = text.replace(APPROVING_SIGNS, ' ').toLowerCase();
  const words = rest.match(/[\p{L}\p{N}'$?]+/gu) ?? [];
  // Signs alone approve; another sign beside them ("👍 🏡") may say more.
  if (words.length === 0) return signs > 0;
  return words.every((word) => ACKNOWLEDGING.has(word)) && words.some((word) => HEADS.has(word));
}

const ASKING_START =
  /^\W*(?:who|what|whats|what's|when|where|why|how|which|is there|are there|do you|does|did you|can you|can i|could you|could i|will you|would you|have you|may i|qué|cuándo|cuánto|cuál|dónde|cómo|hay|puedo|puede|tienen)\b/iu;

/** Whether a message asks something: by its question mark, or by how a sentence of it begins. */
export function asksQuestion(text: string): boolean {
  const readable = text.replace(/\bhttps?:\/\/\S+/gi, ' ');
  if (/[?¿]/.test(readable)) return true;
  return readable.split(/[.!\n]+/).some((sentence) => ASKING_START.test(sentence));
}
