import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { NullableTime } from '../../http/nullable-property.js';
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

export class GuardrailPlanRequest {
  @ApiPropertyOptional({ enum: METRICS, default: 'opted_out' })
  @IsOptional()
  @IsIn(METRICS)
  readonly metric?: Metric;

  @ApiPropertyOptional({ default: 0.01 })
  @IsOptional()
  @IsNumber()
  readonly alpha?: number;

  @ApiPropertyOptional({ default: 0 })
  @IsOptional()
  @IsNumber()
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

  @ApiPropertyOptional({ enum: METRICS, default: 'appointment_booked' })
  @IsOptional()
  @IsIn(METRICS)
  readonly primary_metric?: Metric;

  @ApiPropertyOptional({ example: 0.12, default: 0.1 })
  @IsOptional()
  @IsNumber()
  readonly baseline_rate?: number;

  @ApiPropertyOptional({ example: 0.15, default: 0.1 })
  @IsOptional()
  @IsNumber()
  @Min(0.001)
  readonly minimum_lift?: number;

  @ApiPropertyOptional({ default: 0.05 })
  @IsOptional()
  @IsNumber()
  @Min(0.0001)
  @Max(0.5)
  readonly alpha?: number;

  @ApiPropertyOptional({ default: 0.8 })
  @IsOptional()
  @IsNumber()
  @Max(0.999)
  readonly power?: number;

  @ApiPropertyOptional({ default: 5 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(20)
  readonly looks?: number;

  @ApiPropertyOptional({ default: 14 })
  @IsOptional()
  @IsNumber()
  @Max(365)
  readonly attribution_window_days?: number;

  @ApiPropertyOptional({ type: GuardrailPlanRequest })
  @IsOptional()
  @ValidateNested()
  @Type(() => GuardrailPlanRequest)
  readonly guardrail?: GuardrailPlanRequest;
}
