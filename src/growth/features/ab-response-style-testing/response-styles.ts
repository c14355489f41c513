import { MAX_REPLY_LENGTH } from '../../../leads/lead-documents.js';

/** Text that a style puts around a reply, which stands in it unchanged. */
interface StyleText {
  readonly before: string;
  readonly after: string;
}

/** Plain GSM-7 letters: one other character would more than halve what fits in a segment. */
const STYLES = {
  unchanged: { before: '', after: '' },
  invite_questions: { before: '', after: ' Happy to answer any questions you have.' },
  offer_choice: { before: '', after: ' Would you rather talk by phone or by text?' },
  thank_first: { before: 'Thank you for reaching out. ', after: '' },
} as const satisfies Record<string, StyleText>;

export type ResponseStyle = keyof typeof STYLES;
export const RESPONSE_STYLES = Object.keys(STYLES) as readonly ResponseStyle[];

export type StyledReply =
  { readonly kind: 'styled'; readonly text: string } | { readonly kind: 'too_long' };

/** Adds one sentence to a reply, unless it would grow beyond what a reply may be. */
export function applyStyle(style: ResponseStyle, reply: string): StyledReply {
  const { before, after } = STYLES[style];
  const text = before + reply + after;
  const isGrown = text.length > reply.length;
  return isGrown && text.length > MAX_REPLY_LENGTH
    ? { kind: 'too_long' }
    : { kind: 'styled', text };
}
