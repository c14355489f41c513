import { Module } from '@nestjs/common';
import { ErasedPersonRepository } from './erased-person.repository.js';
import { ErasedPersons } from './erased-persons.js';

/** What stays known of persons who were erased. */
@Module({
  providers: [ErasedPersonRepository, ErasedPersons],
  exports: [ErasedPersons],
})
export class PrivacyModule {}
