import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, Matches } from 'class-validator';
import { OptionalOneOf } from '../../http/optional-one-of.js';

export const BREAKDOWNS = ['none', 'segment', 'source', 'segment_source'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

export const REPORT_FORMATS = ['json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A day, or a moment with its zone. */
const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
const MOMENT_RULE = {
  message: '$property must be a day (2026-03-01) or a time with zone (2026-03-01T08:00:00Z)',
};

export class ReportQuery {
  @ApiPropertyOptional({
    example: '2026-03-01',
    description: 'First day (UTC) or moment of the exposures to count.',
  })
  @IsOptional()
  @Matches(MOMENT, MOMENT_RULE)
  @IsISO8601({ strict: true }, MOMENT_RULE)
  readonly from?: string;

  @ApiPropertyOptional({
    example: '2026-03-31',
    description:
      'Last day (UTC), the whole of it; a moment with a time is no longer counted itself.',
  })
  @IsOptional()
  @Matches(MOMENT, MOMENT_RULE)
  @IsISO8601({ strict: true }, MOMENT_RULE)
  readonly to?: string;

  @OptionalOneOf(BREAKDOWNS, { default: 'none' })
  readonly by?: Breakdown;

  @OptionalOneOf(REPORT_FORMATS, {
    description: 'Outweighs `Accept`; without either the report is JSON.',
  })
  readonly format?: ReportFormat;
}
