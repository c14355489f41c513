import { ApiProperty } from '@nestjs/swagger';
import { NullableNumber } from '../http/nullable-property.js';
import { FINANCINGS, TIMELINES, type Financing, type Timeline } from './lead-documents.js';

/** What a lead said, as the API shows it. */
export class LeadFactsDto {
  @NullableNumber(450_000, 'Dollars.')
  readonly budget_min!: number | null;

  @NullableNumber(450_000, 'Dollars.')
  readonly budget_max!: number | null;

  @ApiProperty({ enum: TIMELINES })
  readonly timeline!: Timeline;

  @ApiProperty({ enum: FINANCINGS })
  readonly financing!: Financing;

  @ApiProperty({ type: [String], example: ['Frisco'] })
  readonly areas!: readonly string[];
}
