import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import {
  TARGET_COMPLIANCE,
  type ComplianceSnapshot,
  type ComplianceViolation,
  type WindowSnapshot,
} from '../telemetry/tallies.js';
import type { GrowthCounts } from '../growth/growth-ledger.js';
import type { ProcessCounters } from '../telemetry/telemetry.js';
import type { GrowthRollout } from '../growth/rollout/rollout-reader.js';

const ApiCountMap = (description: string, example: Record<string, number>): PropertyDecorator =>
  ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description, example });

class RequestCountsDto {
  @ApiProperty({ example: 240, description: 'Requests to /webhook, /analyze-lead and /admin.' })
  readonly requests_total!: number;

  @ApiProperty({ example: 0, description: '5xx replies and faults inside deciding; not 4xx.' })
  readonly errors_total!: number;

  @ApiProperty({ example: 2976.5 })
  readonly latency_ms_sum!: number;

  @ApiProperty({ example: 240 })
  readonly latency_ms_count!: number;

  @ApiProperty({ example: 31.2, description: 'Within 1 %.' })
  readonly latency_ms_p95!: number;

  @ApiProperty({
    example: 0,
    description: 'Leads answered later than five minutes after their message.',
  })
  readonly five_minute_violations!: number;
}

export class WindowDto extends RequestCountsDto implements WindowSnapshot {
  @ApiProperty({ example: 12.402 })
  readonly latency_ms_avg!: number;
}

export class WindowsDto {
  @ApiProperty({ type: WindowDto })
  readonly '1m'!: WindowDto;

  @ApiProperty({ type: WindowDto })
  readonly '5m'!: WindowDto;

  @ApiProperty({ type: WindowDto })
  readonly '24h'!: WindowDto;
}

/** Counts of this process since its start; the four maps are durable and add up over all replicas. */
export class CountersDto extends RequestCountsDto implements ProcessCounters, GrowthCounts {
  @ApiProperty({ example: 9210 })
  readonly ghl_calls_total!: number;

  @ApiProperty({ example: 3 })
  readonly ghl_calls_failed!: number;

  @ApiProperty({ example: 9100 })
  readonly cache_hits!: number;

  @ApiProperty({ example: 12 })
  readonly cache_misses!: number;

  @ApiProperty({ example: 2 })
  readonly signature_failures!: number;

  @ApiProperty({ example: 17 })
  readonly duplicate_webhooks!: number;

  @ApiCountMap('Times the gate was asked, by feature.', { lead_source_attribution: 4980 })
  readonly feature_flag_evaluations_total!: Readonly<Record<string, number>>;

  @ApiCountMap('Times the gate said yes, by feature.', { lead_source_attribution: 400 })
  readonly feature_flag_enabled_total!: Readonly<Record<string, number>>;

  @ApiCountMap('Times the gate said no, by feature and by feature:reason.', {
    lead_source_attribution: 4580,
    'lead_source_attribution:canary_source_mismatch': 4580,
  })
  readonly feature_flag_blocked_total!: Readonly<Record<string, number>>;

  @ApiCountMap('Events of the growth features, by feature:event.', {
    'lead_source_attribution:source_observed_facebook_ads': 400,
  })
  readonly growth_feature_events_total!: Readonly<Record<string, number>>;
}

export class RuntimeRatesDto {
  @ApiProperty({ example: 12.4 })
  readonly avg_response_ms!: number;

  @ApiProperty({ example: 0.9997, description: '0 to 1; 1 while nothing was called.' })
  readonly ghl_success_rate!: number;

  @ApiProperty({ example: 0.9987, description: '0 to 1; 0 while nothing was looked up.' })
  readonly cache_hit_rate!: number;
}

export class RuntimeMetricsDto {
  @ApiProperty({ format: 'date-time', example: '2026-03-02T15:04:05.678Z' })
  readonly generated_at!: string;

  @ApiProperty({ type: WindowDto, description: 'Since the process started.' })
  readonly overall!: WindowDto;

  @ApiProperty({ type: WindowsDto })
  readonly windows!: WindowsDto;

  @ApiProperty({ type: CountersDto })
  readonly counters!: CountersDto;

  @ApiProperty({ type: RuntimeRatesDto })
  readonly rates!: RuntimeRatesDto;

  @ApiProperty({
    type: String,
    required: false,
    nullable: true,
    format: 'date-time',
    example: '2026-03-02T15:03:05.678Z',
    description:
      'Only while the database cannot be read: when the four maps were last read, null if never.',
  })
  readonly growth_counters_as_of?: string | null;
}

export class NoComplianceDto {
  @ApiProperty({ enum: ['no_data'], example: 'no_data' })
  readonly status!: 'no_data';
}

export class ComplianceViolationDto implements ComplianceViolation {
  @ApiProperty({ format: 'date-time', example: '2026-03-02T14:59:00.000Z' })
  readonly at!: string;

  @ApiProperty({ example: 412000 })
  readonly response_time_ms!: number;
}

export class ComplianceDto {
  @ApiProperty({ example: 812 })
  readonly total_responses!: number;

  @ApiProperty({ example: 0.9988 })
  readonly compliance_rate!: number;

  @ApiProperty({
    example: 1450.5,
    description: "Milliseconds from the lead's message to the reply.",
  })
  readonly avg_response_time!: number;

  @ApiProperty({ example: 1 })
  readonly violations_count!: number;

  @ApiProperty({ example: TARGET_COMPLIANCE })
  readonly target_compliance!: number;

  @ApiProperty({ enum: ['compliant', 'needs_attention'], example: 'compliant' })
  readonly status!: 'compliant' | 'needs_attention';

  @ApiProperty({ type: [ComplianceViolationDto], description: 'At most the last 100.' })
  readonly last_24h_violations!: readonly ComplianceViolationDto[];
}

export class WritebackTogglesDto {
  @ApiProperty({ example: false })
  readonly lead_source!: boolean;

  @ApiProperty({ example: false })
  readonly conversion_feedback!: boolean;
}

export class GrowthRolloutDto implements GrowthRollout {
  @ApiProperty({ example: 0, description: "0 is the environment's baseline." })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-03-02T15:00:00.000Z' })
  readonly last_updated!: string;

  @ApiProperty({ example: true })
  readonly canary_mode_enabled!: boolean;

  @ApiProperty({
    example: 'facebook_ads',
    description: 'Comma list; empty when none is configured.',
  })
  readonly canary_source!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'boolean' },
    description: 'By growth feature.',
    example: {
      lead_source_attribution: true,
      adaptive_followup_timing: false,
      ab_response_style_testing: false,
      sla_handoff_thresholds: false,
      llm_reading: false,
    },
  })
  readonly flags!: Readonly<Record<string, boolean>>;

  @ApiProperty({ type: WritebackTogglesDto })
  readonly writeback_toggles!: WritebackTogglesDto;
}

export const COMPLIANCE_SCHEMA = {
  oneOf: [{ $ref: getSchemaPath(ComplianceDto) }, { $ref: getSchemaPath(NoComplianceDto) }],
};

@ApiExtraModels(ComplianceDto, NoComplianceDto)
export class MetricsDto {
  @ApiProperty({ type: RuntimeMetricsDto })
  readonly runtime_metrics!: RuntimeMetricsDto;

  @ApiProperty(COMPLIANCE_SCHEMA)
  readonly five_minute_compliance!: ComplianceSnapshot;

  @ApiProperty({ type: GrowthRolloutDto })
  readonly growth_rollout!: GrowthRolloutDto;
}
