import type { LanguageModelConfiguration } from '../config/language-model-configuration.js';
import { MOST_OUTPUT_TOKENS, type ModelQuestion, type ModelUse } from './language-model.js';

type Prices = Pick<LanguageModelConfiguration, 'inputUsdPerMTok' | 'outputUsdPerMTok'>;

/** No text of any script takes more tokens than it has bytes; English takes a quarter. */
const BYTES_PER_TOKEN = 2;
/** The answer's schema and the wrapping of the provider. */
const WRAPPING_TOKENS = 1_000;

export function priceOf({ inputTokens, outputTokens }: ModelUse, prices: Prices): number {
  return (inputTokens * prices.inputUsdPerMTok + outputTokens * prices.outputUsdPerMTok) / 1e6;
}

/** What asking may cost at most, as far as one can know before. */
export function mostOf({ instructions, prompt }: ModelQuestion, prices: Prices): number {
  const bytes = Buffer.byteLength(instructions) + Buffer.byteLength(prompt);
  const inputTokens = Math.ceil(bytes / BYTES_PER_TOKEN) + WRAPPING_TOKENS;
  return priceOf({ inputTokens, outputTokens: MOST_OUTPUT_TOKENS }, prices);
}
