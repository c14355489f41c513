import { Module } from '@nestjs/common';
import { ConsentModule } from '../consent/consent.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { EffectsModule } from '../effects/effects.module.js';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { HandoffsModule } from '../handoffs/handoffs.module.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { LeadAdminService } from './lead-admin.service.js';
import { LeadsController } from './leads.controller.js';
import { PERSON_RECORDS_PROVIDER } from './person-records.provider.js';
import { PersonsController } from './persons.controller.js';
import { Persons } from './persons.service.js';
import { SuppressionController } from './suppression.controller.js';
import { SuppressionService } from './suppression.service.js';
import { TimelineReadModel } from './timeline/timeline.read-model.js';
import { Timeline } from './timeline/timeline.service.js';

/** One lead as an operator sees it, and the rights of the person behind it. */
@Module({
  imports: [
    ApiKeysModule,
    ConsentModule,
    ConversionsModule,
    EffectsModule,
    ExperimentsModule,
    HandoffsModule,
    IntakeModule,
    LeadsModule,
    PrivacyModule,
  ],
  controllers: [LeadsController, PersonsController, SuppressionController],
  providers: [
    LeadAdminService,
    PERSON_RECORDS_PROVIDER,
    Persons,
    SuppressionService,
    TimelineReadModel,
    Timeline,
  ],
})
export class LeadFileModule {}
