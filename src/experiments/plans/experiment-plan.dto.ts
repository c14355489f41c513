import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { NullableTime } from '../../http/nullable-property.js';
import { OptionalOneOf } from '../../http/optional-one-of.js';
import { METRICS, type Metric } from '../metrics.js';

export class GuardrailPlanDto {
  @ApiProperty({ enum: METRICS, example: 'opted_out' })
  readonly metric!: string;

  @ApiProperty({
    example: 0.01,
    description: 'Chance of a false alarm over the whole life of the experiment.',
  })
  readonly alpha!: number;

  @ApiProperty({ example: 0, description: 'Absolute rise of the rate that is put up with.' })
  readonly tolerance!: number;
}

/** The decision rule of an experiment. */
export class ExperimentPlanDto {
  @ApiProperty({ example: 'ab_response_style_testing' })
  readonly experiment!: string;

  @ApiProperty({ type: [String], example: ['A', 'B'], description: 'Control first.' })
  readonly variants!: readonly string[];

  @ApiProperty({ type: [Number], example: [50, 50], description: 'Shares of the leads.' })
  readonly weights!: readonly number[];

  @ApiProperty({ enum: METRICS, example: 'appointment_booked' })
  readonly primary_metric!: string;

  @ApiProperty({ example: 0.1, description: "Control's rate as known before the start." })
  readonly baseline_rate!: number;

  @ApiProperty({ example: 0.1, description: 'Smallest relative lift worth having.' })
  readonly minimum_lift!: number;

  @ApiProperty({ example: 0.05 })
  readonly alpha!: number;

  @ApiProperty({ example: 0.8 })
  readonly power!: number;

  @ApiProperty({
    example: 5,
    description: 'Moments at which a winner may be declared, equally spaced in leads.',
  })
  readonly looks!: number;

  @ApiProperty({ example: 14, description: 'An outcome counts until so many days after exposure.' })
  readonly attribution_window_days!: number;

  @ApiProperty({ type: GuardrailPlanDto })
  readonly guardrail!: GuardrailPlanDto;

  @ApiProperty({ example: 15_163 })
  readonly planned_leads_per_arm!: number;

  @ApiProperty({ example: 30_326 })
  readonly planned_leads!: number;

  @NullableTime(
    'When the plan was stored; null while it follows the settings and is stored at the first exposure.',
  )
  readonly started_at!: string | null;

  @ApiProperty({ description: 'Leads have been exposed: the plan stays as it is.' })
  readonly fixed!: boolean;
}

const OptionalNumber = (options: ApiPropertyOptions) =>
  applyDecorators(ApiPropertyOptional(options), IsOptional(), IsNumber());

export class GuardrailPlanRequest {
  @OptionalOneOf(METRICS, { default: 'opted_out' })
  readonly metric?: Metric;

  @OptionalNumber({ default: 0.01 })
  readonly alpha?: number;

  @OptionalNumber({ default: 0 })
  readonly tolerance?: number;
}

/** A whole plan: what is absent gets its default. Ranges are checked where the plan is worked out. */
export class ExperimentPlanRequest {
  @ApiPropertyOptional({
    type: [String],
    example: ['A', 'B'],
    description: 'Control first; by default those of the settings.',
  })
  @IsOptional()
  @ArrayMinSize(2)
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(/^[A-Z][A-Z0-9_]{0,19}$/, { each: true })
  readonly variants?: readonly string[];

  @ApiPropertyOptional({
    type: [Number],
    example: [50, 50],
    description: 'By default those of the settings.',
  })
  @IsOptional()
  @ArrayMinSize(2)
  @ArrayMaxSize(10)
  @IsNumber({}, { each: true })
  readonly weights?: readonly number[];

  @OptionalOneOf(METRICS, { default: 'appointment_booked' })
  readonly primary_metric?: Metric;

  @OptionalNumber({ example: 0.12, default: 0.1 })
  readonly baseline_rate?: number;

  @OptionalNumber({ example: 0.15, default: 0.1 })
  @Min(0.001)
  readonly minimum_lift?: number;

  @OptionalNumber({ default: 0.05 })
  @Min(0.0001)
  @Max(0.5)
  readonly alpha?: number;

  @OptionalNumber({ default: 0.8 })
  @Max(0.999)
  readonly power?: number;

  @ApiPropertyOptional({ default: 5 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(20)
  readonly looks?: number;

  @OptionalNumber({ default: 14 })
  @Max(365)
  readonly attribution_window_days?: number;

  @ApiPropertyOptional({ type: GuardrailPlanRequest })
  @IsOptional()
  @ValidateNested()
  @Type(() => GuardrailPlanRequest)
  readonly guardrail?: GuardrailPlanRequest;
}
