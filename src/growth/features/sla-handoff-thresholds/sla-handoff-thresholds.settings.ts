import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class SlaHandoffThresholdsSettings {
  /** CRM tag of a lead that waits for a person. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  readonly tag: string = 'needs_handoff';
}
