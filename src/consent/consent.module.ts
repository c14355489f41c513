import { Module } from '@nestjs/common';
import { ConsentRecordsRepository } from './consent-records.repository.js';
import { ConsentRepository } from './consent.repository.js';

/** Who may be written to: the journal, and what stands by it. */
@Module({
  providers: [ConsentRepository, ConsentRecordsRepository],
  exports: [ConsentRepository, ConsentRecordsRepository],
})
export class ConsentModule {}
