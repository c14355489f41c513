import { ApiProperty } from '@nestjs/swagger';
import { NullableNumber } from '../../http/nullable-property.js';
import { METRICS, type Metric } from '../metrics.js';

export class IntervalDto {
  @ApiProperty({ example: 0.081 })
  readonly low!: number;

  @ApiProperty({ example: 0.123 })
  readonly high!: number;
}

export class RateDto {
  @NullableNumber(0.1, 'Null without exposures.')
  readonly rate!: number | null;

  @ApiProperty({ type: IntervalDto, description: 'Wilson interval at the confidence of the plan.' })
  readonly interval!: IntervalDto;
}

export class RatesDto implements Readonly<Record<Metric, RateDto>> {
  @ApiProperty({ type: RateDto })
  readonly reply!: RateDto;

  @ApiProperty({ type: RateDto })
  readonly appointment_booked!: RateDto;

  @ApiProperty({ type: RateDto })
  readonly converted!: RateDto;

  @ApiProperty({ type: RateDto })
  readonly opted_out!: RateDto;
}

/** Each contact counts once; outcomes only after its exposure and inside the attribution window. */
export class CountsDto {
  @ApiProperty({ example: 1000, description: 'Contacts that received the variant.' })
  readonly exposures!: number;

  @ApiProperty({
    example: 640,
    description:
      'Of these, contacts whose attribution window had closed at the last midnight (UTC).',
  })
  readonly matured!: number;

  @ApiProperty({ example: 410 })
  readonly replies!: number;

  @ApiProperty({ example: 120 })
  readonly appointments_booked!: number;

  @ApiProperty({ example: 35 })
  readonly conversions!: number;

  @ApiProperty({ example: 12 })
  readonly opt_outs!: number;

  @ApiProperty({ example: 80 })
  readonly handoffs_opened!: number;

  @ApiProperty({ example: 71 })
  readonly handoffs_acknowledged!: number;

  @ApiProperty({ example: 6, description: 'Not acknowledged before their deadline.' })
  readonly handoffs_breached!: number;
}

class VariantCountsDto extends CountsDto {
  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @NullableNumber(
    184.5,
    'Hot leads: seconds from handoff opened to acknowledged. Null while none was acknowledged.',
  )
  readonly median_seconds_to_handoff_acknowledged!: number | null;
}

export class ArmDto extends VariantCountsDto {
  @ApiProperty({
    enum: ['control', 'challenger', 'unplanned'],
    description: '`unplanned`: not part of the plan, and of no comparison.',
  })
  readonly role!: 'control' | 'challenger' | 'unplanned';

  @ApiProperty({ type: RatesDto })
  readonly rates!: RatesDto;
}

export class CellDto extends VariantCountsDto {
  @ApiProperty({ example: 'hot_priority' })
  readonly segment!: string;

  @ApiProperty({ example: 'facebook' })
  readonly source!: string;
}

export class RelativeLiftDto {
  @ApiProperty({ example: 0.25, description: '0.25 is a quarter more than control.' })
  readonly estimate!: number;

  @ApiProperty({
    type: IntervalDto,
    description: 'Wider than that of the difference: significance is read on the difference only.',
  })
  readonly interval!: IntervalDto;
}

export class ComparisonDto {
  @ApiProperty({ enum: METRICS })
  readonly metric!: Metric;

  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @ApiProperty({ example: 'A' })
  readonly control!: string;

  @NullableNumber(0.03, 'Variant minus control; null while an arm is empty.')
  readonly difference!: number | null;

  @ApiProperty({ type: IntervalDto, nullable: true, description: 'For one look at the end.' })
  readonly interval!: IntervalDto | null;

  @ApiProperty({ type: IntervalDto, nullable: true, description: 'May be looked at every day.' })
  readonly always_valid_interval!: IntervalDto | null;

  @ApiProperty({
    type: RelativeLiftDto,
    nullable: true,
    description: 'Null while control has no such outcome.',
  })
  readonly relative_lift!: RelativeLiftDto | null;

  @ApiProperty({
    enum: ['difference', 'rise'],
    description: 'What the p-value speaks against none of; `rise` for a guardrail.',
  })
  readonly tested!: 'difference' | 'rise';

  @NullableNumber(0.0496)
  readonly p_value!: number | null;

  @ApiProperty({ enum: ['benjamini_hochberg', 'holm'] })
  readonly adjustment!: 'benjamini_hochberg' | 'holm';

  @NullableNumber(0.148)
  readonly adjusted_p_value!: number | null;

  @ApiProperty({ description: 'The adjusted p-value is below the alpha of the plan.' })
  readonly significant!: boolean;

  @NullableNumber(
    0.975,
    'Probability that the variant is better than control, with a flat prior; fewer opt-outs are better.',
  )
  readonly chance_to_win!: number | null;

  @NullableNumber(0.0002, 'Rate given away on average by choosing the variant.')
  readonly expected_loss!: number | null;
}
