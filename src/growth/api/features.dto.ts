import { ApiProperty } from '@nestjs/swagger';
import { PageOf } from '../../http/admin/page.js';

export class FeatureFlagDto {
  @ApiProperty({ example: false })
  readonly enabled!: boolean;

  @ApiProperty({ example: false, description: 'The kill switch: stronger than all else.' })
  readonly killed!: boolean;

  @ApiProperty({ example: 100, minimum: 0, maximum: 100, description: 'Share of the leads.' })
  readonly ramp_percent!: number;
}

export class FeatureDto {
  @ApiProperty({ example: 'sla_handoff_thresholds' })
  readonly key!: string;

  @ApiProperty({ example: 'Hands a lead that must not wait to a person, with a deadline.' })
  readonly description!: string;

  @ApiProperty({ type: FeatureFlagDto })
  readonly flag!: FeatureFlagDto;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { tag: 'needs_handoff' },
    description: 'In force: the defaults under what the operator has set.',
  })
  readonly settings!: unknown;
}

export class FeaturePageDto extends PageOf(FeatureDto, 'In the order in which they run.') {
  @ApiProperty({ example: 0, description: '0 is the baseline of the environment.' })
  readonly rollout_version!: number;
}
