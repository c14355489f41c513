import { Module } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { keptSecret, WEBHOOK_SECRET_FILE } from '../config/generated-secret.js';
import { EffectsModule } from '../effects/effects.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { ChangeDecider } from './intake/change-decider.js';
import { ConsequenceStore } from './intake/consequence-store.js';
import { DeliveryDecider } from './intake/delivery-decider.js';
import { DeliveryRepository } from './intake/delivery.repository.js';
import { ExpiredRowRepository } from './intake/expired-row.repository.js';
import { IntakeHousekeeping } from './intake/intake-housekeeping.js';
import { IntakeStore } from './intake/intake-store.js';
import { IntakeTransaction } from './intake/intake-transaction.js';
import { IntakeService } from './intake/intake.service.js';
import { SignatureOptions } from './signature/signature-scheme.js';
import { SignatureGuard } from './signature.guard.js';
import { LeadDecider } from './intake/lead-decider.js';
import { WebhookCounters } from './webhook-counters.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookService } from './webhook.service.js';

@Module({
  imports: [EffectsModule, LeadsModule],
  controllers: [WebhookController],
  providers: [
    { provide: SignatureOptions, inject: [Configuration], useFactory: signatureOptions },
    { provide: WebhookCounters, useExisting: Telemetry },
    SignatureGuard,
    DeliveryRepository,
    ExpiredRowRepository,
    LeadDecider,
    ChangeDecider,
    DeliveryDecider,
    ConsequenceStore,
    IntakeHousekeeping,
    IntakeStore,
    IntakeTransaction,
    IntakeService,
    WebhookService,
  ],
  exports: [IntakeService, WebhookService],
})
export class WebhookModule {}

/** Outside production an HMAC secret is made and kept when none is configured, so that a first lead can be sent. */
function signatureOptions({ webhook, production, dataDir }: Configuration): SignatureOptions {
  const isMissing = webhook.secrets.length === 0 && !production;
  const secrets = isMissing ? [keptSecret(dataDir, WEBHOOK_SECRET_FILE).value] : webhook.secrets;
  return { ...webhook, secrets, production };
}
