import { Injectable } from '@nestjs/common';
import type { LanguageModel as Model } from 'ai';
import type { LanguageModelConfiguration } from '../config/language-model-configuration.js';
import { READING_ANSWER, type ReadingAnswer } from './reading-answer.js';

/** Tokens of the longest answer: five values with their words. */
export const MOST_OUTPUT_TOKENS = 600;
/** A reading is of use while the conversation lasts; a lane is held until then. */
export const TIME_LIMIT_MS = 20_000;
/** One name for all addresses: it is not sent. */
const PROVIDER_NAME = 'openai-compatible';

export interface ModelQuestion {
  readonly instructions: string;
  readonly prompt: string;
}

/** What the provider bills. */
export interface ModelUse {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type ModelAnswer =
  | { readonly kind: 'answer'; readonly answer: ReadingAnswer; readonly use: ModelUse }
  /** It answered, and not in the form that it was asked for. */
  | { readonly kind: 'unreadable'; readonly use: ModelUse | undefined }
  /** `billed`: nobody knows whether it has read the question. */
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly mayPass: boolean;
      readonly billed: boolean;
    };

/** Asks the language model of a location, by the `ai` package: loaded with the first question, since most never ask. */
@Injectable()
export class LanguageModel {
  /** Once, within the time limit: trying again is up to the effect. Never throws. */
  async ask(
    configuration: LanguageModelConfiguration,
    { instructions, prompt }: ModelQuestion,
    stop: AbortSignal,
  ): Promise<ModelAnswer> {
    // What the provider ignores is for its developers, and would end up in the log of ours.
    globalThis.AI_SDK_LOG_WARNINGS = false;
    const ai = await import('ai');
    try {
      const { output, usage } = await ai.generateText({
        model: await modelOf(configuration),
        system: instructions,
        prompt,
        output: ai.Output.object({ schema: READING_ANSWER, name: 'reading' }),
        maxOutputTokens: MOST_OUTPUT_TOKENS,
        maxRetries: 0,
        abortSignal: AbortSignal.any([stop, AbortSignal.timeout(TIME_LIMIT_MS)]),
      });
      return { kind: 'answer', answer: output, use: useOf(usage) };
    } catch (error) {
      if (ai.NoObjectGeneratedError.isInstance(error)) {
        return { kind: 'unreadable', use: error.usage && useOf(error.usage) };
      }
      if (ai.NoOutputGeneratedError.isInstance(error))
        return { kind: 'unreadable', use: undefined };
      if (ai.APICallError.isInstance(error)) return failureOf(error);
      return { kind: 'failed', error: nameOf(error), mayPass: true, billed: true };
    }
  }
}

async function modelOf({
  provider,
  apiKey,
  model,
  baseUrl,
}: LanguageModelConfiguration): Promise<Model> {
  if (provider === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic({ apiKey, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })(
      model,
    );
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    name: PROVIDER_NAME,
    apiKey,
    baseURL: baseUrl ?? '',
    supportsStructuredOutputs: true,
  })(model);
}

function useOf(usage: {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}): ModelUse {
  return { inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0 };
}

/** A provider's text may quote the message: only its status is kept. */
function failureOf({
  statusCode,
  isRetryable,
}: {
  readonly statusCode?: number | undefined;
  readonly isRetryable: boolean;
}): ModelAnswer {
  const error =
    statusCode === undefined ? 'the model did not answer' : `the model answered ${statusCode}`;
  return { kind: 'failed', error, mayPass: isRetryable, billed: statusCode === undefined };
}

function nameOf(error: unknown): string {
  return error instanceof Error
    ? `the model did not answer (${error.name})`
    : 'the model did not answer';
}
