import { Module } from '@nestjs/common';
import { ConsentRepository } from './consent.repository.js';

/** Who may be written to: the journal, and what stands by it. */
@Module({
  providers: [ConsentRepository],
  exports: [ConsentRepository],
})
export class ConsentModule {}
