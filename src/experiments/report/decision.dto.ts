import { ApiProperty } from '@nestjs/swagger';
import { NullableNumber, NullableText } from '../../http/nullable-property.js';
import { METRICS, type Metric } from '../metrics.js';
import { IntervalDto } from './arm.dto.js';

export class VerdictDto {
  @ApiProperty({ enum: ['keep_running', 'no_difference', 'sample_ratio', 'guardrail', 'better'] })
  readonly kind!: 'keep_running' | 'no_difference' | 'sample_ratio' | 'guardrail' | 'better';

  @ApiProperty({
    example: 'keep running',
    description:
      '`keep running`, `B is better`, `no difference worth having`, `stop: guardrail` or `do not trust: sample ratio`.',
  })
  readonly headline!: string;

  @ApiProperty({ example: 'Keep running: no lead has been exposed yet; 30,326 are planned.' })
  readonly sentence!: string;

  @NullableText('B', 'Of a winner or of a guardrail.')
  readonly variant!: string | null;
}

export class SuccessMeasureDto {
  @ApiProperty({ enum: ['appointment_booked_rate', 'median_response_to_handoff', 'opt_out_rate'] })
  readonly measure!: 'appointment_booked_rate' | 'median_response_to_handoff' | 'opt_out_rate';

  @ApiProperty({ example: 'B', description: 'Compared with control.' })
  readonly variant!: string;

  @ApiProperty({
    example: 0.1,
    description: 'Relative change, for opt-outs the tolerated change of the rate.',
  })
  readonly target!: number;

  @ApiProperty({ enum: ['at_least', 'at_most'] })
  readonly wanted!: 'at_least' | 'at_most';

  @NullableNumber(0.12, 'Same unit as the target.')
  readonly value!: number | null;

  @ApiProperty({ enum: ['yes', 'no', 'not_yet_known'] })
  readonly met!: 'yes' | 'no' | 'not_yet_known';
}

export class ChallengerZDto {
  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @ApiProperty({
    example: 1.42,
    description: 'Beyond the bound, the challenger has beaten control or lost to it.',
  })
  readonly z!: number;
}

export class LookDto {
  @ApiProperty({ example: 1 })
  readonly look!: number;

  @ApiProperty({ example: 0.21, description: 'Share of the planned leads that the look saw.' })
  readonly information_fraction!: number;

  @ApiProperty({ example: 4.7561, description: 'What |z| has to reach.' })
  readonly bound!: number;

  @ApiProperty({ type: [ChallengerZDto] })
  readonly challengers!: readonly ChallengerZDto[];
}

export class ChallengerIntervalDto {
  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @NullableNumber(0.012, 'Matured leads: variant minus control.')
  readonly difference!: number | null;

  @ApiProperty({ type: IntervalDto, nullable: true, description: 'May be looked at every day.' })
  readonly interval!: IntervalDto | null;
}

export class LooksDto {
  @ApiProperty({ enum: METRICS })
  readonly metric!: Metric;

  @ApiProperty({ example: 5 })
  readonly planned!: number;

  @ApiProperty({
    type: [LookDto],
    description: 'The looks taken so far: a winner is declared at these only.',
  })
  readonly taken!: readonly LookDto[];

  @ApiProperty({ example: 0.27, description: 'Matured leads as a share of the planned ones, now.' })
  readonly information_fraction!: number;

  @NullableNumber(12_131, 'Matured leads at the next look; null after the last.')
  readonly next_look_at_leads!: number | null;

  @ApiProperty({
    type: [ChallengerIntervalDto],
    description: 'The always-valid confidence sequence, for between the looks.',
  })
  readonly between_looks!: readonly ChallengerIntervalDto[];
}

export class SourceRatioDto {
  @ApiProperty({ example: 'facebook' })
  readonly source!: string;

  @ApiProperty({
    type: [Number],
    example: [501, 499],
    description: 'In the order of the variants.',
  })
  readonly observed!: readonly number[];

  @ApiProperty({ example: 0.95, description: 'Not corrected for the number of sources.' })
  readonly p_value!: number;
}

export class SampleRatioDto {
  @ApiProperty({ type: [String], example: ['A', 'B'] })
  readonly variants!: readonly string[];

  @ApiProperty({
    type: [Number],
    example: [5000, 5100],
    description: 'Exposures of the whole experiment.',
  })
  readonly observed!: readonly number[];

  @ApiProperty({ type: [Number], example: [0.5, 0.5] })
  readonly planned_shares!: readonly number[];

  @ApiProperty({ example: 0.99, description: 'Pearson, for a look a day.' })
  readonly chi_square!: number;

  @ApiProperty({ example: 0.3197 })
  readonly p_value!: number;

  @ApiProperty({
    example: -2.1,
    description:
      'Natural logarithm of the e-value, which may be looked at after every exposure; alarm from 6.91 on.',
  })
  readonly log_e_value!: number;

  @ApiProperty({
    description: 'Alarm of the e-value on any day, of the chi-square now, or within a source.',
  })
  readonly mismatch!: boolean;

  @NullableText(
    'facebook',
    'The source that is off most; `*` when all are; null when none stands out.',
  )
  readonly worst_source!: string | null;

  @ApiProperty({ type: [SourceRatioDto], description: 'Worst first.' })
  readonly sources!: readonly SourceRatioDto[];
}

export class GuardrailDto {
  @ApiProperty({ enum: METRICS })
  readonly metric!: Metric;

  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @NullableNumber(0.004, 'Variant minus control, whole experiment.')
  readonly rise!: number | null;

  @NullableNumber(-0.006, 'The rise is at least this, by a one-sided always-valid bound.')
  readonly proven_rise!: number | null;

  @ApiProperty({ example: 0 })
  readonly tolerance!: number;

  @ApiProperty({ description: 'The proven rise has exceeded the tolerance on some day.' })
  readonly alarm!: boolean;
}
