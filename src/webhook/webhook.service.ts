import { Injectable } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { ProblemException } from '../http/problem.exception.js';
import type { Delivery } from '../leads/crm-event.js';
import { Clock } from '../shared/clock.js';
import { nameDelivery } from '../telemetry/request-context.js';
import { Telemetry } from '../telemetry/telemetry.js';
import type { IntakeOutcome } from '../intake/decided-delivery.js';
import { IntakeService, isPassing } from '../intake/intake.service.js';
import { parseJsonBody } from './json-body.js';
import { normaliseDelivery } from './normalise/normalise-delivery.js';
import type { WebhookScheme } from './signature/signature-scheme.js';
import type { WebhookReply } from './webhook-reply.js';

/** The contract's promise to a lead: an answer within five minutes of the message. */
const FIVE_MINUTES_MS = 300_000;
/** When a sender whose delivery could not be stored should come again. */
const RETRY_AFTER_SECONDS = 10;

/** From authenticated bytes to the reply that the sender gets. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly intake: IntakeService,
    private readonly telemetry: Telemetry,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async receive(rawBody: Buffer, scheme: WebhookScheme): Promise<WebhookReply> {
    const startedAt = performance.now();
    const delivery = this.read(rawBody, scheme);
    nameDelivery(delivery.deliveryId);
    const outcome = await this.take(delivery);
    return this.reply(delivery, outcome, performance.now() - startedAt);
  }

  private read(rawBody: Buffer, scheme: WebhookScheme): Delivery {
    const json = parseJsonBody(rawBody);
    if (!json.ok) throw new ProblemException(400, 'Malformed JSON payload');
    const normalised = normaliseDelivery({
      rawBody,
      parsed: json.value,
      receivedAt: this.clock.now(),
      scheme,
      ttlSeconds: this.configuration.webhook.idempotencyTtlSeconds,
    });
    if (normalised.ok) return normalised.delivery;
    throw new ProblemException(400, 'Invalid webhook payload', { errors: normalised.errors });
  }

  private async take(delivery: Delivery): Promise<IntakeOutcome> {
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

  private reply(delivery: Delivery, outcome: IntakeOutcome, processMs: number): WebhookReply {
    const webhook_id = delivery.deliveryId;
    switch (outcome.status) {
      case 'processed':
        return this.processed(webhook_id, delivery, outcome, processMs);
      case 'duplicate':
        this.telemetry.duplicateWebhook();
        return { status: 'duplicate_ignored', webhook_id, duplicate: true };
      case 'failed':
        this.telemetry.decidingFailed();
        return { status: 'acknowledged', webhook_id, duplicate: false };
      case 'acknowledged':
        return { status: 'acknowledged', webhook_id, duplicate: false };
    }
  }

  private processed(
    webhook_id: string,
    delivery: Delivery,
    { analysis }: Extract<IntakeOutcome, { status: 'processed' }>,
    processMs: number,
  ): WebhookReply {
    const elapsedMs = Math.max(0, this.clock.now().getTime() - delivery.event.occurredAt.getTime());
    this.telemetry.recordLeadResponse(elapsedMs);
    return {
      status: 'processed',
      webhook_id,
      lead_score: analysis.lead_score,
      lead_temperature: analysis.lead_temperature,
      priority: analysis.priority,
      estimated_commission: analysis.estimated_commission,
      process_time_ms: Math.round(processMs * 100) / 100,
      five_minute_compliant: elapsedMs < FIVE_MINUTES_MS,
    };
  }
}
