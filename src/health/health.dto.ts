import { ApiProperty } from '@nestjs/swagger';
import {
  CHECK_STATUSES,
  HEALTH_STATUSES,
  type CheckResult,
  type HealthStatus,
} from './check-result.js';

/** What every check has; some say more. */
export class HealthCheckDto {
  @ApiProperty({ enum: CHECK_STATUSES, example: 'up' })
  readonly status!: CheckResult['status'];

  @ApiProperty({ required: false, description: 'Why it is not up.', example: 'timed_out' })
  readonly reason?: string;
}

export class HealthChecksDto {
  @ApiProperty({
    type: HealthCheckDto,
    example: { status: 'up', outcome_mappings_age_seconds: 12 },
  })
  readonly database!: CheckResult;

  @ApiProperty({ type: HealthCheckDto, example: { status: 'up' } })
  readonly crm!: CheckResult;

  @ApiProperty({
    type: HealthCheckDto,
    example: {
      status: 'up',
      pending: 3,
      due: 0,
      oldest_due_seconds: 0,
      dead_24h: 0,
      uncertain: 0,
      waiting: 0,
    },
  })
  readonly effects!: CheckResult;

  @ApiProperty({
    type: HealthCheckDto,
    example: { status: 'up', version: 1, age_seconds: 42 },
  })
  readonly rollout!: CheckResult;
}

export class ResponseTimesDto {
  @ApiProperty({ example: 12.4, description: 'Since the process started.' })
  readonly avg_response_time_ms!: number;

  @ApiProperty({ example: 31.2, description: 'Since the process started, within 1 %.' })
  readonly p95_response_time_ms!: number;
}

export class HealthPerformanceDto extends ResponseTimesDto {
  @ApiProperty({
    example: 0,
    description: 'Leads answered later than five minutes after their message.',
  })
  readonly five_minute_violations!: number;
}

export class HealthDto {
  @ApiProperty({ enum: HEALTH_STATUSES, example: 'healthy' })
  readonly status!: HealthStatus;

  @ApiProperty({ example: '0.1.0' })
  readonly version!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-02T15:04:05.678Z' })
  readonly timestamp!: string;

  @ApiProperty({ type: HealthChecksDto })
  readonly checks!: HealthChecksDto;

  @ApiProperty({ type: HealthPerformanceDto })
  readonly performance!: HealthPerformanceDto;
}

export class LivenessDto {
  @ApiProperty({ enum: ['live'], example: 'live' })
  readonly status!: 'live';
}

export const READINESS_STATUSES = ['ready', 'starting', 'draining', 'no_database'] as const;

export class ReadinessDto {
  @ApiProperty({ enum: READINESS_STATUSES, example: 'ready' })
  readonly status!: (typeof READINESS_STATUSES)[number];
}
