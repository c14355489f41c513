import { ApiProperty } from '@nestjs/swagger';
import { NullableNumber, NullableText, NullableTime } from '../../http/nullable-property.js';
import { METRICS, type Metric } from '../metrics.js';
import { ExperimentPlanDto } from '../plans/experiment-plan.dto.js';
import { ArmDto, CellDto, ComparisonDto, IntervalDto } from './arm.dto.js';
import {
  GuardrailDto,
  LooksDto,
  SampleRatioDto,
  SuccessMeasureDto,
  VerdictDto,
} from './decision.dto.js';
import { BREAKDOWNS, type Breakdown } from './report-query.dto.js';

export const STRATIFICATIONS = ['segment', 'source', 'epoch'] as const;
export type Stratification = (typeof STRATIFICATIONS)[number];

export class GroupDto {
  @NullableText('hot_priority', 'Null: all.')
  readonly segment!: string | null;

  @NullableText(null, 'Null: all.')
  readonly source!: string | null;

  @ApiProperty({ type: [ArmDto] })
  readonly arms!: readonly ArmDto[];

  @ApiProperty({ type: [ComparisonDto], description: 'Adjusted over metrics × groups.' })
  readonly comparisons!: readonly ComparisonDto[];
}

export class SimpsonWarningDto {
  @ApiProperty({
    example: 'facebook',
    description: 'The stratum whose share of the arms differs most.',
  })
  readonly culprit!: string;

  @ApiProperty({ example: 0.249 })
  readonly share_of_control!: number;

  @ApiProperty({ example: 0.771 })
  readonly share_of_variant!: number;
}

export class StratifiedDto {
  @ApiProperty({ enum: METRICS })
  readonly metric!: Metric;

  @ApiProperty({
    enum: STRATIFICATIONS,
    description: '`epoch`: by allocation (variants, weights, holdout, ramp, audience).',
  })
  readonly by!: Stratification;

  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @NullableNumber(0.0457)
  readonly pooled_difference!: number | null;

  @NullableNumber(-0.0538, 'Mantel-Haenszel.')
  readonly stratified_difference!: number | null;

  @ApiProperty({ type: IntervalDto, nullable: true })
  readonly interval!: IntervalDto | null;

  @NullableNumber(0.78, 'Small: the strata differ among themselves.')
  readonly heterogeneity_p_value!: number | null;

  @ApiProperty({
    type: SimpsonWarningDto,
    nullable: true,
    description: "Simpson's paradox: believe the stratified difference.",
  })
  readonly simpson!: SimpsonWarningDto | null;
}

export class LeadsForLiftDto {
  @ApiProperty({ example: 0.1 })
  readonly relative_lift!: number;

  @ApiProperty({ example: 30_326, description: 'In all arms together, at the power of the plan.' })
  readonly leads!: number;

  @ApiProperty({ example: 24_117 })
  readonly leads_still_needed!: number;
}

export class SampleDto {
  @ApiProperty({ example: 30_326 })
  readonly planned_leads!: number;

  @ApiProperty({ example: 6_209 })
  readonly exposed_leads!: number;

  @ApiProperty({ example: 4_100 })
  readonly matured_leads!: number;

  @ApiProperty({
    example: 26_226,
    description: 'Matured leads that are missing for the last look.',
  })
  readonly leads_still_needed!: number;

  @ApiProperty({
    example: 310.5,
    description: 'Mean of the last 14 days, or of as many as there were.',
  })
  readonly leads_per_day!: number;

  @NullableNumber(
    92,
    'Until the last lead needed has matured, at the present pace; null while no leads arrive.',
  )
  readonly days_left!: number | null;

  @ApiProperty({
    type: [LeadsForLiftDto],
    description: 'At the rate that control shows, before any outcome at that of the plan.',
  })
  readonly for_lift!: readonly LeadsForLiftDto[];
}

export class ExperimentReportDto {
  @ApiProperty({ example: 'ab_response_style_testing' })
  readonly experiment!: string;

  @ApiProperty({ format: 'date-time' })
  readonly generated_at!: string;

  @NullableTime('Exposures from here on.')
  readonly from!: string | null;

  @NullableTime('Exposures before this.')
  readonly to!: string | null;

  @ApiProperty({ enum: BREAKDOWNS })
  readonly by!: Breakdown;

  @ApiProperty({
    type: VerdictDto,
    description: 'Rests on the whole experiment, whatever `from` and `to`.',
  })
  readonly verdict!: VerdictDto;

  @ApiProperty({ type: [SuccessMeasureDto] })
  readonly success_measures!: readonly SuccessMeasureDto[];

  @ApiProperty({ type: [String], description: 'Sentences to read before any number.' })
  readonly warnings!: readonly string[];

  @ApiProperty({ type: ExperimentPlanDto })
  readonly plan!: ExperimentPlanDto;

  @ApiProperty({ type: [ArmDto], description: 'All leads of the time asked for.' })
  readonly arms!: readonly ArmDto[];

  @ApiProperty({
    type: [ComparisonDto],
    description: 'All leads of the time asked for; adjusted over the metrics.',
  })
  readonly comparisons!: readonly ComparisonDto[];

  @ApiProperty({
    type: [GroupDto],
    description: 'By segment or source as asked; empty with `none`.',
  })
  readonly groups!: readonly GroupDto[];

  @ApiProperty({ type: [CellDto], description: 'Per variant × segment × source.' })
  readonly cells!: readonly CellDto[];

  @ApiProperty({ type: LooksDto })
  readonly looks!: LooksDto;

  @ApiProperty({ type: SampleRatioDto })
  readonly sample_ratio!: SampleRatioDto;

  @ApiProperty({ type: [GuardrailDto] })
  readonly guardrails!: readonly GuardrailDto[];

  @ApiProperty({ type: [StratifiedDto] })
  readonly stratified!: readonly StratifiedDto[];

  @ApiProperty({ type: SampleDto })
  readonly sample!: SampleDto;
}
