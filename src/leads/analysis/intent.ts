import type { LeadIntent } from '../lead-documents.js';
import { wordSet } from './text/tokenize.js';

/** Words that acknowledge and say nothing else; a message of these alone is one. */
const ACKNOWLEDGING = wordSet(
  'ok okay k kk thanks thank you thx ty much so very appreciated appreciate it great perfect cool ' +
    'sounds good got will do sure alright awesome nice gracias vale bueno de acuerdo perfecto',
);
/** At least one of them, so that "so much" or "you" alone is no thanks. */
const HEADS = wordSet(
  'ok okay k kk thanks thank thx ty great perfect cool sounds got will sure alright awesome nice appreciated appreciate gracias vale bueno acuerdo perfecto',
);
const APPROVING_SIGNS = /(?:👍|👌|🙏|🙌|✅|😀|😊|🙂|❤)[\u{1F3FB}-\u{1F3FF}]?\uFE0F?/gu;

/** What a message is for: unless it only acknowledges, its writer wants to buy. */
export function classifyIntent(text: string): LeadIntent {
  const signs = text.match(APPROVING_SIGNS)?.length ?? 0;
  const rest = text.replace(APPROVING_SIGNS, ' ').toLowerCase();
  const words = rest.match(/[\p{L}\p{N}'$?]+/gu) ?? [];
  if (words.length === 0) return signs > 0 ? 'acknowledgement' : 'buyer';
  const acknowledges =
    words.every((word) => ACKNOWLEDGING.has(word)) && words.some((word) => HEADS.has(word));
  return acknowledges ? 'acknowledgement' : 'buyer';
}

const ASKING_START =
  /^\W*(?:who|what|whats|what's|when|where|why|how|which|is there|are there|do you|does|did you|can you|can i|could you|could i|will you|would you|have you|may i|qué|cuándo|cuánto|cuál|dónde|cómo|hay|puedo|puede|tienen)\b/iu;

/** Whether a message asks something: by its question mark, or by how a sentence of it begins. */
export function asksQuestion(text: string): boolean {
  const readable = text.replace(/\bhttps?:\/\/\S+/gi, ' ');
  if (/[?¿]/.test(readable)) return true;
  return readable.split(/[.!\n]+/).some((sentence) => ASKING_START.test(sentence));
}
