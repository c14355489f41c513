import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FollowUp } from '../leads/lead-documents.js';
import { LEAD_INTENTS, type LeadIntent } from '../leads/lead-documents.js';
import { LeadFactsDto } from '../leads/lead-facts.dto.js';
import { LeadGradeDto } from '../leads/lead-grade.dto.js';
import { MAX_ID_LENGTH } from '../shared/stored-text.js';

export class AnalyzeLeadRequest {
  @ApiProperty({
    example: 'Pre-approved for $450k, need to buy in Frisco within 30 days',
    description: 'May be empty.',
  })
  @IsString()
  readonly message!: string;

  @ApiPropertyOptional({
    example: 'contact-1',
    description: 'With `location_id`: what is stored of this lead counts too.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ID_LENGTH)
  readonly contact_id?: string;

  @ApiPropertyOptional({ example: 'loc-1' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ID_LENGTH)
  readonly location_id?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { first_name: 'Dana' },
  })
  @IsOptional()
  @IsObject()
  readonly contact?: Record<string, unknown>;

  @ApiPropertyOptional({
    example: '2026-11-25T22:40:00Z',
    description: 'The clock by which dates are read, as an ISO 8601 time; now when it is left out.',
  })
  @IsOptional()
  @IsISO8601(
    { strict: true, strictSeparator: true },
    { message: 'at must be an ISO 8601 time such as 2026-11-25T22:40:00Z' },
  )
  readonly at?: string;
}

export class LeadScoresDto {
  @ApiProperty({ example: 1, minimum: 0, maximum: 1 })
  readonly qualification!: number;

  @ApiProperty({ example: 0.72, minimum: 0, maximum: 1 })
  readonly urgency!: number;

  @ApiProperty({ example: 0.8, minimum: 0, maximum: 1 })
  readonly intent!: number;
}

const CONSENT_WORDS = ['none', 'opt_out', 'opt_in', 'hold'] as const;

export class LeadAnalysisDto extends LeadGradeDto {
  @ApiProperty({ type: LeadFactsDto })
  readonly facts!: LeadFactsDto;

  @ApiProperty({
    enum: CONSENT_WORDS,
    description: 'What the message says about being written to.',
  })
  readonly consent!: (typeof CONSENT_WORDS)[number];

  @ApiProperty({ enum: LEAD_INTENTS, description: 'What the message is for.' })
  readonly intent!: LeadIntent;

  @ApiProperty({ type: LeadScoresDto })
  readonly scores!: LeadScoresDto;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { action: 'immediate_call', delay_minutes: 60 },
    description: 'Null after an opt-out.',
  })
  readonly follow_up!: FollowUp | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null after an opt-out.' })
  readonly reply!: string | null;

  @ApiProperty()
  readonly meets_criteria!: boolean;

  @ApiProperty()
  readonly service_area_match!: boolean;
}
