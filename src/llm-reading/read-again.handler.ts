import { setMaxListeners } from 'node:events';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { LanguageModelConfiguration } from '../config/language-model-configuration.js';
import { CallSlots, waitForSlot } from '../effects/call-slots.js';
import type { LaneHold, StoredEffect } from '../effects/claimed-lane.js';
import type { Disposition } from '../effects/disposition.js';
import type { EffectPayload } from '../effects/effect.js';
import type { EffectHandler } from '../effects/effect-registry.js';
import { dayThere, isoDate } from '../leads/analysis/facts/days.js';
import type { LeadKey } from '../leads/lead-key.js';
import type { SecondReading } from '../leads/second-reading.js';
import { LocationSettings, type SettingsOfLocation } from '../settings/location-settings.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { LanguageModel, type ModelAnswer, type ModelQuestion } from './language-model.js';
import { maskPersonal } from './mask-personal.js';
import { mostOf, priceOf } from './model-price.js';
import { ModelUseRepository, type ModelAccount } from './model-use.repository.js';
import { checkAnswer } from './reading-answer.js';
import { ReadingDoor } from './reading-door.js';
import { READING_INSTRUCTIONS, readingPrompt } from './reading-prompt.js';

const LANE = 'llm:';
/** Beside the hook calls, a third of the lanes that are worked on at once stays with the messages. */
const MOST_CALLS = 4;
/** A call that found no slot comes back after between one and two of these. */
const SLOT_WAIT_MS = 2_000;
const MOST_ATTEMPTS = 4;

type ReadAgain = EffectPayload<'read_again'>;

/** One asking of the model: whose message, which effect, what for. */
interface Asking {
  readonly lead: LeadKey;
  readonly effect: StoredEffect;
  readonly payload: ReadAgain;
  readonly settings: SettingsOfLocation;
  readonly model: LanguageModelConfiguration;
  /** The message as the model gets to see it. */
  readonly masked: string;
  readonly question: ModelQuestion;
  readonly account: ModelAccount;
  /** What asking may cost, which is set aside for it. */
  readonly mostUsd: number;
}

/**
 * Has a language model read a message again, beside the lane of its contact: no message ever waits for it.
 * What it read comes in again by the door of all events. An asking that fails costs the lead nothing.
 */
@Injectable()
export class ReadAgainHandler implements EffectHandler<'read_again'>, OnModuleDestroy {
  readonly kinds = ['read_again'] as const;
  readonly lane = LANE;
  private readonly slots = new CallSlots(MOST_CALLS);
  private readonly stop = new AbortController();

  constructor(
    private readonly settings: LocationSettings,
    private readonly door: ReadingDoor,
    private readonly models: LanguageModel,
    private readonly use: ModelUseRepository,
    private readonly telemetry: Telemetry,
  ) {
    setMaxListeners(MOST_CALLS * 2, this.stop.signal);
  }

  async deliver(lane: LaneHold, effect: StoredEffect, payload: ReadAgain): Promise<Disposition> {
    const lead = { locationId: lane.locationId, contactId: lane.contactId.slice(LANE.length) };
    const settings = await this.settings.of(lead.locationId);
    const model = settings.languageModel;
    const reason = model === undefined ? 'not_configured' : this.door.reasonToSkip(lead, payload);
    if (model === undefined || reason !== null) return this.skipped(reason ?? 'not_configured');
    if (this.stop.signal.aborted || !this.slots.tryEnter()) return waitForSlot(SLOT_WAIT_MS);
    let isTroubled = true;
    try {
      const asking = this.asking(lead, { effect, payload, settings, model });
      if (!(await this.mayAsk(asking))) {
        isTroubled = false;
        return await this.skipped('budget');
      }
      const answer = await this.ask(asking);
      isTroubled = answer.kind === 'failed';
      return await this.settled(asking, answer);
    } finally {
      this.slots.leave(isTroubled);
    }
  }

  /** A model that thinks must not hold up the stop; it is asked again after the next start. */
  onModuleDestroy(): void {
    this.stop.abort();
  }

  private asking(
    lead: LeadKey,
    given: Pick<Asking, 'effect' | 'payload' | 'settings' | 'model'>,
  ): Asking {
    const { payload, settings } = given;
    const { serviceAreas, timezone } = settings.profile;
    const { names, missing, lastQuestion } = payload;
    const masked = maskPersonal(payload.text, { names, serviceAreas });
    const day = isoDate(dayThere(new Date(payload.occurredAt), timezone));
    const prompt = readingPrompt({ text: masked, day, serviceAreas, missing, lastQuestion });
    const question = { instructions: READING_INSTRUCTIONS, prompt };
    return {
      ...given,
      lead,
      masked,
      question,
      mostUsd: mostOf(question, given.model),
      account: this.use.accountOf(lead.locationId, timezone),
    };
  }

  /** Counted before it is done; a repeat of the same asking has been counted. */
  private mayAsk({ effect, mostUsd, model, account }: Asking): Promise<boolean> {
    const cost = { costUsd: mostUsd, budgetUsd: model.dailyBudgetUsd };
    return this.use.reserve(account, cost, effect.attempts === 0 ? ['asked'] : []);
  }

  private async ask({ model, question, account, mostUsd }: Asking): Promise<ModelAnswer> {
    const startedAt = performance.now();
    const answer = await this.models.ask(model, question, this.stop.signal);
    const durationMs = performance.now() - startedAt;
    const costUsd = billOf(answer, model) ?? mostUsd;
    await this.use.settle(account, costUsd - mostUsd);
    this.telemetry.recordModelCall(answer.kind, { durationMs, costUsd });
    return answer;
  }

  private async settled(asking: Asking, answer: ModelAnswer): Promise<Disposition> {
    switch (answer.kind) {
      case 'failed':
        return this.failed(asking.effect, answer);
      case 'unreadable':
        return this.bringIn(asking, { rejected: ['unreadable'] });
      case 'answer': {
        const { profile } = asking.settings;
        return this.bringIn(asking, checkAnswer(answer.answer, { text: asking.masked, profile }));
      }
    }
  }

  private async bringIn(
    { lead, effect, payload }: Asking,
    reading: SecondReading,
  ): Promise<Disposition> {
    if (effect.deliveryId === null) return { kind: 'dead', error: 'its message is not known' };
    await this.door.bringIn(lead, { of: effect.deliveryId, payload, reading });
    return { kind: 'delivered' };
  }

  private async failed(
    { attempts }: StoredEffect,
    { error, mayPass }: Extract<ModelAnswer, { kind: 'failed' }>,
  ): Promise<Disposition> {
    if (this.stop.signal.aborted) return waitForSlot(SLOT_WAIT_MS);
    if (mayPass && attempts + 1 < MOST_ATTEMPTS) return { kind: 'retry', error, cause: 'failed' };
    await this.use.count(['failed']);
    return { kind: 'dead', error };
  }

  private async skipped(reason: string): Promise<Disposition> {
    await this.use.count([`skipped_${reason}`]);
    return { kind: 'suppressed', reason };
  }
}

/** Undefined where nobody knows: then what was set aside counts as spent. */
function billOf(answer: ModelAnswer, model: LanguageModelConfiguration): number | undefined {
  if (answer.kind === 'failed') return answer.billed ? undefined : 0;
  return answer.use && priceOf(answer.use, model);
}
