import { Injectable } from '@nestjs/common';
import type { EffectPayload } from '../effects/effect.js';
import { LLM_READING } from '../growth/growth-feature.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import { IntakeService } from '../intake/intake.service.js';
import type { LeadKey } from '../leads/lead-key.js';
import { READING_TYPE, readingDelivery } from '../leads/reading-delivery.js';
import type { SecondReading } from '../leads/second-reading.js';
import { ErasedPersons } from '../privacy/erased-persons.js';
import { Clock } from '../shared/clock.js';

/** What a lead wrote a day ago has been acted on. */
const READ_WITHIN_MS = 24 * 3_600_000;

type ReadAgain = EffectPayload<'read_again'>;

/** Whether a message is still to be read again, and the way back in for what was read. */
@Injectable()
export class ReadingDoor {
  constructor(
    private readonly gate: GrowthGateService,
    private readonly erased: ErasedPersons,
    private readonly intake: IntakeService,
    private readonly clock: Clock,
  ) {}

  /** Asked right before the model is: the feature may have been taken back since. Null: go ahead. */
  reasonToSkip(lead: LeadKey, { source, occurredAt }: ReadAgain): string | null {
    const writtenAt = new Date(occurredAt);
    if (this.erased.isErased(lead, writtenAt)) return 'erased';
    const verdict = this.gate.evaluateGrowthFeature(LLM_READING, { ...lead, leadSource: source });
    if (!verdict.enabled) return verdict.reason;
    return this.clock.now().getTime() - writtenAt.getTime() > READ_WITHIN_MS ? 'stale' : null;
  }

  /** @throws when it cannot be stored at the moment */
  async bringIn(
    lead: LeadKey,
    {
      of,
      payload,
      reading,
    }: { readonly of: string; readonly payload: ReadAgain; readonly reading: SecondReading },
  ): Promise<void> {
    const occurredAt = new Date(payload.occurredAt);
    // Erased while the model was reading: nothing of it may come back.
    if (this.erased.isErased(lead, occurredAt)) return;
    const { messageType, text, replyChannel } = payload;
    await this.intake.take(
      readingDelivery({
        kind: 'reading',
        type: READING_TYPE,
        ...lead,
        occurredAt,
        receivedAt: this.clock.now(),
        of,
        messageType,
        text,
        replyChannel,
        reading,
      }),
    );
  }
}
