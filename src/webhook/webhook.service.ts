import { Injectable } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { ProblemException } from '../http/problem.exception.js';
import type { Delivery } from '../leads/crm-event.js';
import { ErasedPersons } from '../privacy/erased-persons.js';
import { Clock } from '../shared/clock.js';
import type { HandledDelivery } from '../telemetry/request-telemetry.js';
import { nameDelivery } from '../telemetry/structured-logger.js';
import { isWithinFiveMinutes } from '../telemetry/tallies.js';
import type { IntakeOutcome } from '../intake/decider.js';
import { IntakeService, isPassing } from '../intake/intake.service.js';
import { normaliseDelivery } from './normalise/normalise-delivery.js';
import { parseJsonBody } from './normalise/payload.js';
import type { WebhookScheme } from './signature/signature-schemes.js';
import type { WebhookDto } from './webhook.dto.js';

/** When a sender whose delivery could not be stored should come again. */
const RETRY_AFTER_SECONDS = 10;

/** What the sender is told of a delivery, and what is counted of it. */
export interface AnsweredDelivery {
  readonly reply: WebhookDto;
  readonly handled: HandledDelivery;
}

/** Of these senders the one cannot mend what it sends, and the other sends it again for days. */
const KEPT_THOUGH_BROKEN: ReadonlySet<WebhookScheme> = new Set(['workflow', 'ed25519']);

/** From authenticated bytes to the reply that the sender gets. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly intake: IntakeService,
    private readonly erased: ErasedPersons,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async receive(rawBody: Buffer, scheme: WebhookScheme): Promise<AnsweredDelivery> {
    const startedAt = performance.now();
    const delivery = this.read(rawBody, scheme);
    nameDelivery(delivery.deliveryId);
    const outcome = await this.take(delivery);
    return this.answer(delivery, outcome, performance.now() - startedAt);
  }

  private read(rawBody: Buffer, scheme: WebhookScheme): Delivery {
    const json = parseJsonBody(rawBody, scheme === 'workflow');
    if (!json.ok && !KEPT_THOUGH_BROKEN.has(scheme)) {
      throw new ProblemException(400, 'Malformed JSON payload');
    }
    const normalised = normaliseDelivery({
      rawBody,
      parsed: json.ok ? json.value : undefined,
      receivedAt: this.clock.now(),
      scheme,
      ttlSeconds: this.configuration.webhook.idempotencyTtlSeconds,
      ownLocation: this.configuration.crm.locationId ?? null,
    });
    if (normalised.ok) return normalised.delivery;
    throw new ProblemException(400, 'Invalid webhook payload', { errors: normalised.errors });
  }

  private async take(delivery: Delivery): Promise<IntakeOutcome> {
    // Not even the delivery is stored: it would bring back what the person had erased.
    if (this.isOfErased(delivery)) return { status: 'acknowledged' };
    try {
      return await this.intake.take(delivery);
    } catch (error) {
      if (!isPassing(error)) throw error;
      const { retryStatus } = this.configuration.webhook;
      throw new ProblemException(
        retryStatus,
        'Storage is away: nothing was kept, send this delivery again',
        {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        },
      );
    }
  }

  private isOfErased({ locationId, event: { contactId, occurredAt } }: Delivery): boolean {
    return contactId !== null && this.erased.isErased({ locationId, contactId }, occurredAt);
  }

  private answer(delivery: Delivery, outcome: IntakeOutcome, processMs: number): AnsweredDelivery {
    const webhook_id = delivery.deliveryId;
    switch (outcome.status) {
      case 'processed':
        return this.processed(delivery, outcome, processMs);
      case 'duplicate':
        return {
          reply: { status: 'duplicate_ignored', webhook_id, duplicate: true },
          handled: { status: 'duplicate' },
        };
      case 'failed':
      case 'acknowledged':
        return {
          reply: { status: 'acknowledged', webhook_id, duplicate: false },
          handled: { status: outcome.status },
        };
    }
  }

  private processed(
    { deliveryId, event }: Delivery,
    { analysis }: Extract<IntakeOutcome, { status: 'processed' }>,
    processMs: number,
  ): AnsweredDelivery {
    const respondedAfterMs = Math.max(0, this.clock.now().getTime() - event.occurredAt.getTime());
    const reply: WebhookDto = {
      status: 'processed',
      webhook_id: deliveryId,
      lead_score: analysis.lead_score,
      lead_temperature: analysis.lead_temperature,
      priority: analysis.priority,
      estimated_commission: analysis.estimated_commission,
      process_time_ms: Math.round(processMs * 100) / 100,
      five_minute_compliant: isWithinFiveMinutes(respondedAfterMs),
    };
    return { reply, handled: { status: 'processed', respondedAfterMs } };
  }
}
