import { describe, expect, it, jest } from '@jest/globals';
import type { LanguageModelConfiguration } from '../config/language-model-configuration.js';
import type { LaneHold, StoredEffect } from '../effects/claimed-lane.js';
import type { EffectPayload } from '../effects/effect.js';
import { sampleEffect } from '../effects/testing/sample-effects.js';
import { settingsWith } from '../settings/testing/sample-settings.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import { LanguageModel, type ModelAnswer } from './language-model.js';
import type { ModelUseRepository } from './model-use.repository.js';
import { ReadAgainHandler } from './read-again.handler.js';
import type { ReadingDoor } from './reading-door.js';

const LANE: LaneHold = {
  locationId: 'loc-1',
  contactId: 'llm:contact-1',
  fence: 1,
  failures: 0,
  replayTo: null,
};
const PAYLOAD: EffectPayload<'read_again'> = {
  kind: 'read_again',
  text: 'I am Dana, 450 or so',
  occurredAt: '2026-03-02T15:00:00.000Z',
  messageType: 'message.received',
  replyChannel: 'SMS',
  source: '',
  lastQuestion: null,
  missing: ['budget'],
  names: ['Dana'],
};
const MODEL: LanguageModelConfiguration = {
  provider: 'anthropic',
  apiKey: 'k',
  model: 'm',
  baseUrl: undefined,
  dailyBudgetUsd: 1,
  inputUsdPerMTok: 3,
  outputUsdPerMTok: 15,
};
const ANSWER: ModelAnswer = {
  kind: 'answer',
  answer: {
    budget: { min: null, max: 450_000, quote: '450 or so' },
    timeline: { value: 'immediate', quote: 'at once' },
    financing: null,
    areas: [],
    consent: null,
  },
  use: { inputTokens: 1_000, outputTokens: 100 },
};

const stored = (attempts = 0): StoredEffect =>
  sampleEffect(1, { deliveryId: 'evt-1', payload: PAYLOAD, attempts });

interface Stage {
  readonly answer?: ModelAnswer | Promise<ModelAnswer>;
  readonly skip?: string;
  readonly isWithinBudget?: boolean;
}

function staged({ answer = ANSWER, skip, isWithinBudget = true }: Stage = {}) {
  const counted: string[] = [];
  const settled: number[] = [];
  const bringIn = jest.fn<ReadingDoor['bringIn']>().mockResolvedValue();
  const ask = jest.fn<LanguageModel['ask']>().mockImplementation(async () => answer);
  const use = {
    accountOf: (locationId: string) => ({ locationId, day: '2026-03-02' }),
    reserve: async (_account: object, _cost: object, events: readonly string[]) => {
      if (isWithinBudget) counted.push(...events);
      return isWithinBudget;
    },
    settle: async (_account: object, differenceUsd: number) => void settled.push(differenceUsd),
    count: async (events: readonly string[]) => void counted.push(...events),
  } as unknown as ModelUseRepository;
  const telemetry = new Telemetry(new FakeClock());
  const handler = new ReadAgainHandler(
    settingsWith({ languageModel: MODEL }),
    { reasonToSkip: () => skip ?? null, bringIn } as unknown as ReadingDoor,
    { ask } as unknown as LanguageModel,
    use,
    telemetry,
  );
  return { handler, ask, bringIn, counted, settled, telemetry };
}

describe('a message that is read again', () => {
  it('is shown without names, and comes in with what its words say', async () => {
    const { handler, ask, bringIn, counted, settled, telemetry } = staged();

    expect(await handler.deliver(LANE, stored(), PAYLOAD)).toEqual({ kind: 'delivered' });

    expect(ask.mock.calls[0]?.[1].prompt).toContain('I am [NAME], 450 or so');
    expect(bringIn).toHaveBeenCalledWith(
      { locationId: 'loc-1', contactId: 'contact-1' },
      {
        of: 'evt-1',
        payload: PAYLOAD,
        reading: {
          budget: { value: { budget_min: null, budget_max: 450_000 }, quote: '450 or so' },
          rejected: ['not_quoted'],
        },
      },
    );
    expect(counted).toEqual(['asked']);
    // Less than what was set aside: 1,000 tokens at 3 dollars a million and 100 at 15.
    expect(settled).toHaveLength(1);
    expect(settled[0]).toBeLessThan(0);
    expect(telemetry.modelCalls().costUsd).toBeCloseTo(0.0045, 8);
    expect(telemetry.modelCalls().byOutcome).toEqual(new Map([['answer', 1]]));
  });

  it('is counted as asked once, however often it is tried', async () => {
    const { handler, counted } = staged();

    await handler.deliver(LANE, stored(2), PAYLOAD);

    expect(counted).toEqual([]);
  });

  it('comes in as unreadable where the answer is', async () => {
    const { handler, bringIn } = staged({ answer: { kind: 'unreadable', use: undefined } });

    expect(await handler.deliver(LANE, stored(), PAYLOAD)).toEqual({ kind: 'delivered' });
    expect(bringIn.mock.calls[0]?.[1].reading).toEqual({ rejected: ['unreadable'] });
  });
});

describe('a message that is not', () => {
  it.each<[string, Stage, string]>([
    ['because the feature was killed meanwhile', { skip: 'killed' }, 'killed'],
    ['because its person was erased', { skip: 'erased' }, 'erased'],
    ['because the day has cost enough', { isWithinBudget: false }, 'budget'],
  ])('%s', async (_why, stage, reason) => {
    const { handler, ask, counted } = staged(stage);

    const disposition = await handler.deliver(LANE, stored(), PAYLOAD);

    expect(disposition).toEqual({ kind: 'suppressed', reason });
    expect(counted).toEqual([`skipped_${reason}`]);
    expect(ask).not.toHaveBeenCalled();
  });

  it('because a model failed for good, is a dead letter', async () => {
    const failure = { kind: 'failed', error: 'the model answered 401', billed: false } as const;
    const { handler, counted, bringIn } = staged({ answer: { ...failure, mayPass: false } });

    const disposition = await handler.deliver(LANE, stored(), PAYLOAD);

    expect(disposition).toEqual({ kind: 'dead', error: 'the model answered 401' });
    expect(counted).toEqual(['asked', 'failed']);
    expect(bringIn).not.toHaveBeenCalled();
  });

  it('because a model is away, is tried four times', async () => {
    const answer = {
      kind: 'failed',
      error: 'the model answered 503',
      billed: false,
      mayPass: true,
    } as const;
    const { handler } = staged({ answer });

    const kinds = [];
    for (const attempts of [0, 1, 2, 3]) {
      kinds.push((await handler.deliver(LANE, stored(attempts), PAYLOAD)).kind);
    }
    expect(kinds).toEqual(['retry', 'retry', 'retry', 'dead']);
  });

  it('because we stop, comes back and is no failure', async () => {
    const failed = { kind: 'failed', error: 'x', billed: true, mayPass: true } as const;
    const { handler, counted } = staged({ answer: failed });
    handler.onModuleDestroy();

    expect(await handler.deliver(LANE, stored(), PAYLOAD)).toMatchObject({
      kind: 'retry',
      cause: 'limited',
    });
    expect(counted).toEqual([]);
  });
});

it('asks four times at once, and the fifth waits for its turn', async () => {
  const answers: ((answer: ModelAnswer) => void)[] = [];
  const { handler, ask } = staged();
  ask.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));

  const asking = Array.from({ length: 4 }, () => handler.deliver(LANE, stored(), PAYLOAD));
  expect(await handler.deliver(LANE, stored(), PAYLOAD)).toMatchObject({ cause: 'limited' });

  for (const answer of answers) answer(ANSWER);
  expect(await Promise.all(asking)).toHaveLength(4);
});
