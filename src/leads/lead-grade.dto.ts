import { ApiProperty } from '@nestjs/swagger';
import type { LeadPriority, LeadTemperature } from './lead-documents.js';

/** What a lead is worth, as the API shows it. */
export class LeadGradeDto {
  @ApiProperty({ example: 94.8, minimum: 0, maximum: 100 })
  readonly lead_score!: number;

  @ApiProperty({ enum: ['hot', 'warm', 'cold'] })
  readonly lead_temperature!: LeadTemperature;

  @ApiProperty({ enum: ['high', 'review_required', 'normal'] })
  readonly priority!: LeadPriority;

  @ApiProperty({ example: 27_000, description: 'Dollars.' })
  readonly estimated_commission!: number;
}
