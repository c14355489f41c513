import { Module } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { keptSecret, WEBHOOK_SECRET_FILE } from '../config/generated-secret.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveryReadModel } from './deliveries/delivery.read-model.js';
import { DeliveryReplayService } from './deliveries/delivery-replay.service.js';
import { SignatureOptions } from './signature/signature-schemes.js';
import { SignatureGuard } from './signature.guard.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookService } from './webhook.service.js';

@Module({
  imports: [ApiKeysModule, IntakeModule, PrivacyModule],
  controllers: [WebhookController, DeliveriesController],
  providers: [
    { provide: SignatureOptions, inject: [Configuration], useFactory: signatureOptions },
    SignatureGuard,
    WebhookService,
    DeliveryReadModel,
    DeliveryReplayService,
  ],
  exports: [DeliveryReadModel, WebhookService],
})
export class WebhookModule {}

/** Outside production an HMAC secret is made and kept when none is configured, so that a first lead can be sent. */
function signatureOptions({ webhook, production, dataDir }: Configuration): SignatureOptions {
  const isMissing = webhook.secrets.length === 0 && !production;
  const secrets = isMissing ? [keptSecret(dataDir, WEBHOOK_SECRET_FILE).value] : webhook.secrets;
  return { ...webhook, secrets, production };
}
