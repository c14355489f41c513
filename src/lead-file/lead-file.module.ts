import { Module } from '@nestjs/common';
import { EffectsModule } from '../effects/effects.module.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { LeadAdminService } from './lead-admin.service.js';
import { LeadsController } from './leads.controller.js';

/** One lead as an operator sees it: what is known, what was decided, what went out. */
@Module({
  imports: [ApiKeysModule, EffectsModule, IntakeModule, LeadsModule],
  controllers: [LeadsController],
  providers: [LeadAdminService],
})
export class LeadFileModule {}
