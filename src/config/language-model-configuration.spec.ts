import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfiguration } from './configuration.js';

const MODEL = { LLM_PROVIDER: 'anthropic', LLM_API_KEY: 'key', LLM_MODEL: 'some-model' };

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfiguration(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the language model', () => {
  it('is not connected unless somebody names one', () => {
    expect(readConfiguration({}).languageModel).toBeUndefined();
  });

  it('is connected with a budget and prices', () => {
    expect(readConfiguration(MODEL).languageModel).toEqual({
      provider: 'anthropic',
      apiKey: 'key',
      model: 'some-model',
      baseUrl: undefined,
      dailyBudgetUsd: 1,
      inputUsdPerMTok: 3,
      outputUsdPerMTok: 15,
    });
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ LLM_PROVIDER: 'anthropic', LLM_MODEL: 'm' }, 'LLM_API_KEY is required with LLM_PROVIDER'],
    [{ LLM_PROVIDER: 'anthropic', LLM_API_KEY: 'k' }, 'LLM_MODEL is required with LLM_PROVIDER'],
    [
      { ...MODEL, LLM_PROVIDER: 'openai_compatible' },
      'LLM_BASE_URL is required when LLM_PROVIDER is openai_compatible',
    ],
    [
      { ...MODEL, LLM_PROVIDER: 'openai' },
      'LLM_PROVIDER must be one of anthropic, openai_compatible',
    ],
    [
      { LLM_API_KEY: 'key' },
      'LLM_PROVIDER is not set, and another LLM_ variable is: name the provider',
    ],
    [
      { ...MODEL, LLM_BASE_URL: 'ftp://models' },
      'LLM_BASE_URL must be a URL that starts with http:// or https://',
    ],
    [
      { ...MODEL, LLM_DAILY_BUDGET_USD: '-1' },
      'LLM_DAILY_BUDGET_USD must be a number from 0 to 1000000',
    ],
  ])('%j: %s', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  it('is missed, and warned of, where its feature is on', () => {
    const on = { FF_GROWTH_LLM_READING_ENABLED: 'true' };

    expect(readConfiguration(on).warnings).toContain(
      'FF_GROWTH_LLM_READING_ENABLED is on without LLM_PROVIDER: nothing is read again',
    );
    expect(readConfiguration({ ...on, ...MODEL }).warnings.join()).not.toContain('LLM_');
  });
});
