import { ConsentRecordsRepository } from '../consent/consent-records.repository.js';
import { ConversionRecordsRepository } from '../conversions/conversion-records.repository.js';
import { EffectRecordsRepository } from '../effects/effect-records.repository.js';
import { ExposureRecordsRepository } from '../experiments/exposures/exposure-records.repository.js';
import { HandoffRecordsRepository } from '../handoffs/handoff-records.repository.js';
import { IntakeRecordsRepository } from '../intake/intake-records.repository.js';
import { LeadRecordsRepository } from '../leads/lead-records.repository.js';
import type { PersonRecords } from '../privacy/person-records.js';

/** Injection token of the list. */
export const PERSON_RECORDS = Symbol('PERSON_RECORDS');

/** All rooms that hold something of persons, in the order in which rows are locked everywhere. */
export const PERSON_RECORDS_PROVIDER = {
  provide: PERSON_RECORDS,
  inject: [
    LeadRecordsRepository,
    ConsentRecordsRepository,
    IntakeRecordsRepository,
    ConversionRecordsRepository,
    HandoffRecordsRepository,
    EffectRecordsRepository,
    ExposureRecordsRepository,
  ],
  useFactory: (...records: PersonRecords[]): PersonRecords[] => records,
};
