import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { AnalyzeLeadController } from './analyze-lead.controller.js';
import { AnalyzeLeadService } from './analyze-lead.service.js';

@Module({
  imports: [IntakeModule, LeadsModule],
  controllers: [AnalyzeLeadController],
  providers: [AnalyzeLeadService],
})
export class AnalyzeLeadModule {}
