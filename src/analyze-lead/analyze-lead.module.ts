import { Module } from '@nestjs/common';
import { LeadsModule } from '../leads/leads.module.js';
import { AnalyzeLeadController } from './analyze-lead.controller.js';
import { AnalyzeLeadService } from './analyze-lead.service.js';

@Module({
  imports: [LeadsModule],
  controllers: [AnalyzeLeadController],
  providers: [AnalyzeLeadService],
})
export class AnalyzeLeadModule {}
