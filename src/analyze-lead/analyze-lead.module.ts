import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { AnalyzeLeadController } from './analyze-lead.controller.js';
import { AnalyzeLeadService } from './analyze-lead.service.js';

@Module({
  imports: [ApiKeysModule, IntakeModule, LeadsModule],
  controllers: [AnalyzeLeadController],
  providers: [AnalyzeLeadService],
})
export class AnalyzeLeadModule {}
