import { IsBoolean } from 'class-validator';

/** Both are set by the rollout's write-back toggles. */
export class LeadSourceAttributionSettings {
  /** Write the lead's source to the CRM. */
  @IsBoolean()
  readonly leadSourceWriteback: boolean = false;

  /** Write what became of the lead to the CRM. */
  @IsBoolean()
  readonly conversionFeedbackWriteback: boolean = false;
}
