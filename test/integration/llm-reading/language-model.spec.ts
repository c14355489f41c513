import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LanguageModelConfiguration } from '../../../src/config/language-model-configuration.js';
import { LanguageModel } from '../../../src/llm-reading/language-model.js';
import { readingPrompt } from '../../../src/llm-reading/reading-prompt.js';
import { ModelServer } from '../../support/model-server.js';

const QUESTION = {
  instructions: 'Read.',
  prompt: readingPrompt({
    text: 'cash, soon',
    day: '2026-11-25',
    serviceAreas: ['Plano'],
    missing: ['financing'],
    lastQuestion: null,
  }),
};
const NEVER = new AbortController().signal;

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.asked.length = 0;
});

function connection(
  provider: LanguageModelConfiguration['provider'],
  changes: Partial<LanguageModelConfiguration> = {},
): LanguageModelConfiguration {
  return {
    provider,
    apiKey: 'key-of-the-model',
    model: 'claude-like',
    baseUrl: server.url,
    dailyBudgetUsd: 1,
    inputUsdPerMTok: 3,
    outputUsdPerMTok: 15,
    ...changes,
  };
}

describe.each([
  ['anthropic', 'claude-sonnet-4-5'],
  ['anthropic', 'claude-3-5-haiku-latest'],
  ['anthropic', 'a model of tomorrow'],
  ['openai_compatible', 'llama'],
] as const)('%s, %s', (provider, model) => {
  const ask = (signal = NEVER) =>
    new LanguageModel().ask(connection(provider, { model }), QUESTION, signal);

  it('is asked with its key and the schema, and its answer read with what it used', async () => {
    server.answers({ financing: { value: 'cash', quote: 'cash' } });

    expect(await ask()).toMatchObject({
      kind: 'answer',
      answer: { financing: { value: 'cash', quote: 'cash' }, budget: null, areas: [] },
      use: { inputTokens: 900, outputTokens: 60 },
    });
    const [asked] = server.asked;
    expect(asked?.message).toBe('cash, soon');
    expect(asked?.body).toContain('opt_out');
    expect(JSON.stringify(asked?.headers)).toContain('key-of-the-model');
  });

  it('that answers in another form is unreadable', async () => {
    server.answers({ financing: { value: 'bitcoin', quote: 'cash' } });

    expect(await ask()).toMatchObject({ kind: 'unreadable', use: { inputTokens: 900 } });
  });

  it.each([
    [401, false],
    [400, false],
    [429, true],
    [500, true],
    [529, true],
  ])(
    'that answers %d has failed, once, and told nothing of the message',
    async (status, mayPass) => {
      server.answers({ status });

      expect(await ask()).toEqual({
        kind: 'failed',
        error: `the model answered ${status}`,
        mayPass,
        billed: false,
      });
      expect(server.asked).toHaveLength(1);
    },
  );

  it('that does not answer is given up when we stop', async () => {
    server.answers('hang');
    const stop = new AbortController();
    const answer = ask(stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 50);

    expect(await answer).toMatchObject({ kind: 'failed', mayPass: true, billed: true });
  });

  it('that nobody listens for has failed', async () => {
    const nobody = connection(provider, { baseUrl: 'http://127.0.0.1:9/v1' });

    expect(await new LanguageModel().ask(nobody, QUESTION, NEVER)).toMatchObject({
      kind: 'failed',
      mayPass: true,
    });
  });
});
