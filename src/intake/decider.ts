import { Injectable, Logger } from '@nestjs/common';
import { OutcomeMappings } from '../conversions/mappings/outcome-mappings.js';
import { codeOf } from '../database/error-code.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import type { OutcomeMappings as Mappings } from '../growth/outcomes/classify-outcome.js';
import { type Rollout, RolloutService } from '../growth/rollout/rollout.js';
import type { Delivery } from '../leads/crm-event.js';
import type { LeadAnalysis } from '../leads/lead-documents.js';
import { LocationSettings, type SettingsOfLocation } from '../settings/location-settings.js';
import { decide } from './decide/decide.js';
import {
  withoutConsequence,
  type DecidingMessaging,
  type DecidingSettings,
  type Decision,
  type Situation,
} from './decide/decision.js';
import { DecidingBasisRepository } from './deciding-basis.repository.js';
import type { DeliveryState } from './intake.tables.js';

/** What the sender of a delivery is told. */
export type IntakeOutcome =
  | { readonly status: 'processed'; readonly analysis: LeadAnalysis }
  | { readonly status: 'acknowledged' }
  | { readonly status: 'duplicate' }
  /** Kept for replay: deciding failed. */
  | { readonly status: 'failed' };

/** A delivery with all that follows from it; stored in one transaction with its neighbours. */
export interface Decided extends Omit<Decision, 'state'> {
  readonly delivery: Delivery;
  readonly state: DeliveryState;
  /** Why it is kept for replay; null when it was decided. */
  readonly error: string | null;
  /** Null when it could not be decided. */
  readonly from: DecidedFrom | null;
}

/** What a decision can be computed again from, together with the delivery itself. */
export interface DecidedFrom {
  readonly situation: Situation;
  readonly rolloutId: string;
  readonly settingsId: string;
}

export function outcomeOf({ state, document }: Decided): IntakeOutcome {
  if (state === 'failed') return { status: 'failed' };
  return document === null
    ? { status: 'acknowledged' }
    : { status: 'processed', analysis: document };
}

/**
 * A delivery kept for replay. What went wrong is named, never quoted: an error's text may hold data of
 * the lead, and it is in the log.
 */
export function failedDelivery(delivery: Delivery, error: unknown): Decided {
  return {
    ...withoutConsequence('acknowledged'),
    delivery,
    state: 'failed',
    error: faultName(error),
    from: null,
  };
}

function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'fault';
  const code = codeOf(error);
  return code === '' ? error.name : `${error.name} ${code}`;
}

/** What a batch is decided under: one rollout, and the settings of each location in it; all of it stored. */
export interface DecidingBasis {
  readonly rollout: Rollout;
  readonly rolloutId: string;
  readonly settings: ReadonlyMap<string, { readonly value: DecidingSettings; readonly id: string }>;
}

/** Without what is asked only before a message leaves: a change of it changes no decision. */
function decidingMessaging({ messaging }: SettingsOfLocation): DecidingMessaging {
  const { businessName, replyMaxAgeMs, replyDebounceMs, killTags, takeoverMs } = messaging;
  return { businessName, replyMaxAgeMs, replyDebounceMs, killTags, takeoverMs };
}

/** Gathers what `decide` takes by value, and calls it. */
@Injectable()
export class Decider {
  private readonly logger = new Logger(Decider.name);
  /** One object per pair of sources, so that what is stored of it can be told by identity. */
  private readonly composed = new WeakMap<
    SettingsOfLocation,
    WeakMap<Mappings, DecidingSettings>
  >();

  constructor(
    private readonly gate: GrowthGateService,
    private readonly rollouts: RolloutService,
    private readonly settings: LocationSettings,
    private readonly mappings: OutcomeMappings,
    private readonly bases: DecidingBasisRepository,
  ) {}

  async basisFor(deliveries: readonly Delivery[]): Promise<DecidingBasis> {
    const locations = [...new Set(deliveries.map(({ locationId }) => locationId))];
    const settings = await Promise.all(
      locations.map(async (location) => {
        const value = await this.settingsOf(location);
        return [location, { value, id: await this.bases.keepSettings(value) }] as const;
      }),
    );
    const rollout = this.rollouts.current();
    const rolloutId = await this.bases.keepRollout(rollout);
    return { rollout, rolloutId, settings: new Map(settings) };
  }

  async settingsOf(locationId: string): Promise<DecidingSettings> {
    const settings = await this.settings.of(locationId);
    const mappings = this.mappings.forLocation(locationId);
    const known = this.composed.get(settings) ?? new WeakMap<Mappings, DecidingSettings>();
    this.composed.set(settings, known);
    const { profile, replyMode, handoff, nurtureWorkflowId, hook, languageModel } = settings;
    const composed =
      known.get(mappings) ??
      Object.freeze({
        profile,
        replyMode,
        handoff,
        messaging: decidingMessaging(settings),
        nurtureWorkflowId,
        hasLanguageModel: languageModel !== undefined,
        tellsHook: hook.url !== undefined,
        mappings,
      });
    known.set(mappings, composed);
    return composed;
  }

  /** Decides one delivery in memory: synchronous, no I/O. A fault is kept with the delivery, never thrown. */
  decide(delivery: Delivery, situation: Situation, basis: DecidingBasis, at: Date): Decided {
    try {
      const settings = basis.settings.get(delivery.locationId);
      if (settings === undefined) throw new Error('The settings of the location were not loaded');
      const { rollout, rolloutId } = basis;
      const { event } = delivery;
      const decision = decide(
        { event, situation, settings: settings.value, rollout, at },
        this.gate,
      );
      const from = { situation, rolloutId, settingsId: settings.id };
      return Object.assign(decision, { delivery, error: null, from });
    } catch (error) {
      const { deliveryId } = delivery;
      this.logger.error({ event: 'delivery.deciding_failed', delivery_id: deliveryId, error });
      return failedDelivery(delivery, error);
    }
  }
}
