import { ApiProperty } from '@nestjs/swagger';
import { NullableTime } from '../../http/nullable-property.js';
import { PageOf } from '../../http/admin/page.js';

export class VariantExposuresDto {
  @ApiProperty({ example: 'A' })
  readonly variant!: string;

  @ApiProperty({ example: 1000 })
  readonly exposures!: number;
}

export class ExperimentSummaryDto {
  @ApiProperty({ example: 'ab_response_style_testing' })
  readonly experiment!: string;

  @ApiProperty({
    description:
      'The settings of its feature describe it now; the rollout decides whom it reaches.',
  })
  readonly current!: boolean;

  @ApiProperty({ example: 2010 })
  readonly exposures!: number;

  @ApiProperty({ type: [VariantExposuresDto] })
  readonly variants!: readonly VariantExposuresDto[];

  @NullableTime()
  readonly first_exposed_at!: string | null;

  @NullableTime()
  readonly last_exposed_at!: string | null;
}

export class ExperimentPageDto extends PageOf(ExperimentSummaryDto, 'By name.') {}
