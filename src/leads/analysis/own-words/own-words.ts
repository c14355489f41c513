import { withoutHistory } from './history.js';
import { OUR_WORDS, markOurTexts } from './our-texts.js';
import { isReaction } from './reaction.js';
import { withoutSignature } from './signature.js';

/** What a lead wrote now, in a message that may carry what others wrote before. */
export type OwnWords =
  | { readonly kind: 'words'; readonly text: string }
  /** "Liked “…”": a sign, sent as a message. */
  | { readonly kind: 'reaction' };

/**
 * A message without quoted and forwarded originals, signatures, disclaimers and what repeats one of
 * `ourTexts`. Empty when it is nothing but a quotation. Linear in the length of the text: every step
 * reads it line by line, or from one mark to the next.
 */
export function ownWords(text: string, ourTexts: readonly string[]): OwnWords {
  if (isReaction(text)) return { kind: 'reaction' };
  const plain = text.replaceAll('\r\n', '\n').replace(/\n{3,}/g, '\n\n');
  const lines = markOurTexts(plain, ourTexts).split('\n');
  const own = withoutSignature(withoutHistory(lines));
  return { kind: 'words', text: own.join('\n').replaceAll(OUR_WORDS, ' ').trim() };
}
