import { Inject, Injectable } from '@nestjs/common';
import type { LeadChange } from '../leads/crm-event.js';
import { concludeChange, type ChangeConclusion, type ConcludedChange } from './conclude-change.js';
import { DECISION_HOOKS, type DecisionHook } from './hooks/decision-hook.js';
import { OutcomeMappings } from './mappings/outcome-mappings.js';
import { readChange, type ChangeReading } from './read-change.js';

/** What deciding asks about a change in the CRM: synchronous, no I/O. Between the two calls the gate has its say. */
@Injectable()
export class ConversionLoop {
  constructor(
    @Inject(OutcomeMappings) private readonly mappings: Pick<OutcomeMappings, 'forLocation'>,
    @Inject(DECISION_HOOKS) private readonly hooks: readonly DecisionHook[],
  ) {}

  /** What a change says, in the words that the operator of its location has given a meaning. */
  read(change: LeadChange): ChangeReading {
    return readChange(change, this.mappings.forLocation(change.locationId));
  }

  conclude(input: ConcludedChange): ChangeConclusion {
    return concludeChange(input, this.hooks);
  }
}
