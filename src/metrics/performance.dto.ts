import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { HEALTH_STATUSES, type HealthStatus } from '../health/check-result.js';
import { ResponseTimesDto } from '../health/health.dto.js';
import type { ComplianceSnapshot } from '../telemetry/tallies.js';
import { COMPLIANCE_SCHEMA, ComplianceDto, NoComplianceDto } from './metrics.dto.js';

export class CurrentPerformanceDto extends ResponseTimesDto {
  @ApiProperty({ example: 5120 })
  readonly total_requests!: number;

  @ApiProperty({ example: 1, description: '5xx replies and faults inside deciding; not 4xx.' })
  readonly total_errors!: number;

  @ApiProperty({ example: 0.9988, description: '0 to 1; 1 without data.' })
  readonly compliance_rate!: number;

  @ApiProperty({ example: 1 })
  readonly violations_24h!: number;

  @ApiProperty({ example: 0.9997, description: '0 to 1; 1 while nothing was called.' })
  readonly ghl_success_rate!: number;

  @ApiProperty({ example: 17 })
  readonly webhook_duplicate_count!: number;

  @ApiProperty({ example: 2 })
  readonly signature_failures!: number;

  @ApiProperty({ example: 0 })
  readonly five_minute_violations_5m!: number;
}

export class SystemHealthDto {
  @ApiProperty({ enum: HEALTH_STATUSES, example: 'healthy' })
  readonly status!: HealthStatus;

  @ApiProperty({ example: true })
  readonly ghl_connected!: boolean;

  @ApiProperty({ example: true })
  readonly database_connected!: boolean;

  @ApiProperty({
    example: 182.3,
    description: 'Of the CRM calls since the process started; 0 while nothing was called.',
  })
  readonly ghl_call_p95_ms!: number;
}

@ApiExtraModels(ComplianceDto, NoComplianceDto)
export class PerformanceDto {
  @ApiProperty(COMPLIANCE_SCHEMA)
  readonly five_minute_compliance!: ComplianceSnapshot;

  @ApiProperty({ type: CurrentPerformanceDto })
  readonly current_performance!: CurrentPerformanceDto;

  @ApiProperty({ type: SystemHealthDto })
  readonly system_health!: SystemHealthDto;
}
