import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsDate, IsOptional, Matches, MaxDate, MinDate } from 'class-validator';
import { NullableText, NullableTime } from '../http/nullable-property.js';
import { OptionalOneOf } from '../http/optional-one-of.js';
import { PageOf, PageQuery } from '../http/admin/page.js';
import { StoredIdFilter } from '../http/admin/stored-id.js';
import { ProblemException } from '../http/problem.exception.js';
import {
  HANDOFF_STATES,
  RISK_LEVELS,
  type Handoff,
  type HandoffState,
  type HandoffSummary,
  type RiskLevel,
} from './handoff.js';

/** Fits a double, and far more than will ever be opened. */
const NUMBER = /^\d{1,15}$/;
/** Times that every part of the system can hold. */
const EARLIEST = new Date('2000-01-01T00:00:00Z');
const LATEST = new Date('9999-12-31T00:00:00Z');
const WORDS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

export class HandoffParams {
  @ApiProperty({ example: '17' })
  @Matches(NUMBER, { message: 'id must be the number of a handoff' })
  readonly id!: string;
}

export class HandoffQuery extends PageQuery {
  @OptionalOneOf(HANDOFF_STATES, { example: 'open' })
  readonly state?: HandoffState;

  @ApiPropertyOptional({
    type: Boolean,
    example: true,
    description: 'Whether its deadline passed.',
  })
  @IsOptional()
  @Transform(({ value }: { readonly value: unknown }) => WORDS.get(value) ?? value)
  @IsBoolean()
  readonly breached?: boolean;

  @OptionalOneOf(RISK_LEVELS, { example: 'high' })
  readonly risk_level?: RiskLevel;

  @StoredIdFilter('loc-1')
  readonly location_id?: string;

  @StoredIdFilter('user-1')
  readonly assigned_to?: string;

  @ApiPropertyOptional({ example: '2026-03-01T00:00:00Z', description: 'Opened then or later.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(EARLIEST)
  @MaxDate(LATEST)
  readonly from?: Date;

  @ApiPropertyOptional({ example: '2026-04-01T00:00:00Z', description: 'Opened before.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MinDate(EARLIEST)
  @MaxDate(LATEST)
  readonly to?: Date;
}

export class HandoffStepRequest {
  @StoredIdFilter('dana@example.com')
  readonly by?: string;
}

export class HandoffDto {
  @ApiProperty({ example: 17 })
  readonly handoff_id!: number;

  @ApiProperty({ example: 'loc-1' })
  readonly location_id!: string;

  @ApiProperty({ example: 'contact-1' })
  readonly contact_id!: string;

  @ApiProperty({ enum: HANDOFF_STATES, example: 'open' })
  readonly state!: HandoffState;

  @ApiProperty({ example: false, description: 'Nobody had taken it by its deadline.' })
  readonly breached!: boolean;

  @ApiProperty({ enum: RISK_LEVELS, example: 'high' })
  readonly risk_level!: RiskLevel;

  @ApiProperty({ example: 'sla_high_risk_contact_now' })
  readonly reason_code!: string;

  @NullableText('user-1', "CRM user; null: the contact's owner.")
  readonly assigned_to!: string | null;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T15:00:00.000Z' })
  readonly opened_at!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T15:05:00.000Z' })
  readonly deadline_at!: string;

  @NullableTime()
  readonly breached_at!: string | null;

  @NullableTime()
  readonly acknowledged_at!: string | null;

  @NullableText(null)
  readonly acknowledged_by!: string | null;

  @NullableTime()
  readonly resolved_at!: string | null;

  @NullableText(null)
  readonly resolved_by!: string | null;

  @ApiProperty({ example: 'delivery-1', description: 'The delivery that opened it.' })
  readonly delivery_id!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: {
      wants: 'A home in Frisco, about $450,000, within a month, pre-approved',
      missing: [],
      next_step: 'Call and agree on a time to meet.',
      lead_score: 94.8,
      lead_temperature: 'hot',
      priority: 'high',
      source: 'facebook ads',
    },
    description: 'The lead as it was when the handoff was opened.',
  })
  readonly summary!: HandoffSummary;
}

export class HandoffPageDto extends PageOf(HandoffDto, 'Newest first.') {}

export function handoffDto(handoff: Handoff): HandoffDto {
  return {
    handoff_id: handoff.handoffId,
    location_id: handoff.locationId,
    contact_id: handoff.contactId,
    state: handoff.state,
    breached: handoff.breachedAt !== null,
    risk_level: handoff.riskLevel,
    reason_code: handoff.reasonCode,
    assigned_to: handoff.assignedTo,
    opened_at: handoff.openedAt.toISOString(),
    deadline_at: handoff.deadlineAt.toISOString(),
    breached_at: isoOrNull(handoff.breachedAt),
    acknowledged_at: isoOrNull(handoff.acknowledgedAt),
    acknowledged_by: handoff.acknowledgedBy,
    resolved_at: isoOrNull(handoff.resolvedAt),
    resolved_by: handoff.resolvedBy,
    delivery_id: handoff.deliveryId,
    summary: handoff.summary,
  };
}

function isoOrNull(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString();
}

export function handoffNotFound(): ProblemException {
  return new ProblemException(404, 'There is no handoff of this number');
}
