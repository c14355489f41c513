import type { EnvironmentReader } from './environment-reader.js';

export const LANGUAGE_MODEL_PROVIDERS = ['anthropic', 'openai_compatible'] as const;

/** The language model that may read a message again, and what it may cost. */
export interface LanguageModelConfiguration {
  readonly provider: (typeof LANGUAGE_MODEL_PROVIDERS)[number];
  readonly apiKey: string;
  readonly model: string;
  /** Up to the version, e.g. `https://example.com/v1`; undefined: the provider's own. */
  readonly baseUrl: string | undefined;
  /** For one location and day. */
  readonly dailyBudgetUsd: number;
  readonly inputUsdPerMTok: number;
  readonly outputUsdPerMTok: number;
}

type Reader = Pick<EnvironmentReader, 'text' | 'url' | 'number' | 'reject' | 'warn'>;

/**
 * Undefined: no model is connected. Half a connection is a fault.
 *
 * @param isWanted whether the feature that asks it is on
 */
export function readLanguageModelConfiguration(
  reader: Reader,
  isWanted: boolean,
): LanguageModelConfiguration | undefined {
  const prices = {
    dailyBudgetUsd: reader.number('LLM_DAILY_BUDGET_USD', { min: 0, max: 1e6 }),
    inputUsdPerMTok: reader.number('LLM_INPUT_USD_PER_MTOK', { min: 0, max: 1e6 }),
    outputUsdPerMTok: reader.number('LLM_OUTPUT_USD_PER_MTOK', { min: 0, max: 1e6 }),
  };
  const baseUrl = reader.url('LLM_BASE_URL', ['http:', 'https:']);
  const provider = readProvider(reader);
  if (provider === undefined) {
    const variable = 'FF_GROWTH_LLM_READING_ENABLED';
    if (isWanted) reader.warn(variable, 'is on without LLM_PROVIDER: nothing is read again');
    return undefined;
  }
  if (provider === 'openai_compatible' && baseUrl === undefined) {
    reader.reject('LLM_BASE_URL', 'is required when LLM_PROVIDER is openai_compatible');
  }
  const apiKey = required(reader, 'LLM_API_KEY');
  const model = required(reader, 'LLM_MODEL');
  return { provider, apiKey, model, baseUrl, ...prices };
}

function readProvider(reader: Reader): LanguageModelConfiguration['provider'] | undefined {
  const named = reader.text('LLM_PROVIDER');
  const provider = LANGUAGE_MODEL_PROVIDERS.find((one) => one === named);
  if (named !== undefined && provider === undefined) {
    reader.reject('LLM_PROVIDER', `must be one of ${LANGUAGE_MODEL_PROVIDERS.join(', ')}`);
  }
  const isHalf = ['LLM_API_KEY', 'LLM_MODEL', 'LLM_BASE_URL'].some(
    (name) => reader.text(name) !== undefined,
  );
  if (named === undefined && isHalf) {
    reader.reject('LLM_PROVIDER', 'is not set, and another LLM_ variable is: name the provider');
  }
  return provider;
}

/** Blank once it has been rejected: then nothing starts. */
function required(reader: Reader, name: 'LLM_API_KEY' | 'LLM_MODEL'): string {
  const value = reader.text(name);
  if (value === undefined) reader.reject(name, 'is required with LLM_PROVIDER');
  return value ?? '';
}
