import { Module } from '@nestjs/common';
import { LeadRecordsRepository } from './lead-records.repository.js';
import { LeadRetentionRepository } from './lead-retention.repository.js';
import { LeadRepository } from './lead.repository.js';

@Module({
  providers: [LeadRepository, LeadRecordsRepository, LeadRetentionRepository],
  exports: [LeadRepository, LeadRecordsRepository],
})
export class LeadsModule {}
