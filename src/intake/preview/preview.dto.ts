import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { NullableText } from '../../http/nullable-property.js';
import { LeadFactsDto } from '../../leads/lead-facts.dto.js';
import { OUTCOMES, type Outcome } from '../../growth/growth-feature.js';
import { VERDICT_REASONS, type VerdictReason } from '../../growth/rollout/verdict.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

export class PreviewAnalysisRequest {
  @ApiProperty({ example: 88.5, minimum: 0, maximum: 100 })
  readonly lead_score!: number;

  @ApiProperty({ enum: ['high', 'review_required', 'normal'], example: 'high' })
  readonly priority!: string;

  @ApiProperty({ enum: ['hot', 'warm', 'cold'], example: 'hot' })
  readonly lead_temperature!: string;
}

/** Documents the body; it is read loosely, hence without validation. */
export class PreviewRequest {
  @ApiProperty({ example: 'contact-1' })
  readonly contact_id!: string;

  @ApiProperty({ example: 'Facebook Ads', description: 'Empty: the lead has none.' })
  readonly source!: string;

  @ApiPropertyOptional({ example: 'loc-1' })
  readonly location_id?: string;

  @ApiProperty({ type: PreviewAnalysisRequest })
  readonly analysis!: PreviewAnalysisRequest;

  @ApiPropertyOptional({
    ...ANY_OBJECT,
    example: { action: 'immediate_call', delay_minutes: 60 },
    description: 'Taken as it is: `{}` is a follow-up, absent is none.',
  })
  readonly follow_up?: Record<string, unknown>;

  @ApiPropertyOptional({ example: 'Closed Won', description: 'A status to read an outcome from.' })
  readonly status?: string;

  @ApiPropertyOptional({ example: 'Up to $450k in Frisco within 30 days, cash' })
  readonly text?: string;

  @ApiPropertyOptional({ example: 1500, description: "Since the lead's message." })
  readonly elapsed_ms?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'boolean' },
    example: { adaptive_followup_timing: true, sla_handoff_thresholds: true },
    description: 'Flags to be assumed for this call; kill switch, canary and ramp stay in force.',
  })
  readonly flags?: Record<string, boolean>;
}

export class GateVerdictDto {
  @ApiProperty()
  readonly enabled!: boolean;

  @ApiProperty({ enum: VERDICT_REASONS, example: 'flag_disabled' })
  readonly reason!: VerdictReason;
}

export class AbPreviewDto {
  @ApiProperty({ example: 77, minimum: 0, maximum: 99 })
  readonly bucket!: number;

  @ApiProperty({ example: 'B' })
  readonly variant!: string;

  @NullableText('hot_priority')
  readonly segment!: string | null;
}

export class AdaptivePreviewDto {
  @ApiProperty({ example: 88.5, minimum: 0, maximum: 100 })
  readonly engagement_score!: number;

  @ApiProperty({ example: 'immediate' })
  readonly timing_bucket!: string;

  @ApiProperty({ example: 5 })
  readonly recommended_delay_minutes!: number;
}

export class SlaPreviewDto {
  @ApiProperty({ enum: ['high', 'medium', 'low'], example: 'high' })
  readonly risk_level!: string;

  @ApiProperty({ example: 'sla_high_risk_contact_now' })
  readonly reason_code!: string;

  @ApiProperty({ example: true })
  readonly needs_handoff!: boolean;
}

/** Beside these keys, each feature may explain itself under keys of its own. */
@ApiExtraModels(GateVerdictDto)
export class PreviewDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(GateVerdictDto) },
    example: { sla_handoff_thresholds: { enabled: false, reason: 'flag_disabled' } },
    description: "The gate's verdict on each feature.",
  })
  readonly features!: Readonly<Record<string, GateVerdictDto>>;

  @ApiPropertyOptional({ type: AbPreviewDto, nullable: true })
  readonly ab?: unknown;

  @ApiPropertyOptional({
    type: AdaptivePreviewDto,
    nullable: true,
    description: 'Whatever the gate says. Null: analysis or follow-up cannot be read.',
  })
  readonly adaptive?: unknown;

  @ApiPropertyOptional({
    type: SlaPreviewDto,
    nullable: true,
    description: 'Whatever the gate says. Null: the analysis cannot be read.',
  })
  readonly sla?: unknown;

  @ApiProperty({ enum: OUTCOMES, example: 'converted' })
  readonly outcome!: Outcome;

  @ApiProperty({ type: LeadFactsDto })
  readonly facts!: LeadFactsDto;

  @ApiProperty({
    type: [String],
    example: ['sla_handoff_thresholds:observed'],
    description: 'What would be counted, as `feature:event`, in order.',
  })
  readonly events!: readonly string[];

  @ApiProperty({
    ...ANY_OBJECT,
    nullable: true,
    description: 'The follow-up as the features leave it.',
  })
  readonly follow_up!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ ...ANY_OBJECT, description: 'What the features add to the decision.' })
  readonly decision!: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: [String], example: ['human_handoff'] })
  readonly actions!: readonly string[];

  @ApiProperty({ ...ANY_OBJECT, description: 'CRM fields that the features would write.' })
  readonly fields!: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: [String], example: ['needs_handoff'] })
  readonly tags!: readonly string[];
}
