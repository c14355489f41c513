import { Module } from '@nestjs/common';
import { DecisionReadModel } from './decision.read-model.js';
import { LeadRepository } from './lead.repository.js';

@Module({
  providers: [LeadRepository, DecisionReadModel],
  exports: [LeadRepository, DecisionReadModel],
})
export class LeadsModule {}
