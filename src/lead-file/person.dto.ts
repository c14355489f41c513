import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ErasedCounts } from '../privacy/person-records.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

/** All that is held of a person; what each room adds is under names of its own. */
export class PersonDocumentDto {
  @ApiProperty({ example: 'loc-1' })
  readonly location_id!: string;

  @ApiProperty({ example: 'contact-1' })
  readonly contact_id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-02T15:00:00.000Z' })
  readonly exported_at!: string;

  @ApiPropertyOptional({ ...ANY_OBJECT, nullable: true })
  readonly context?: unknown;

  @ApiPropertyOptional({ ...ANY_OBJECT, nullable: true })
  readonly facts?: unknown;

  @ApiPropertyOptional({ ...ANY_OBJECT })
  readonly feature_states?: unknown;

  @ApiPropertyOptional({ type: [Object], description: 'With their bodies.' })
  readonly deliveries?: unknown;

  @ApiPropertyOptional({ type: [Object] })
  readonly decisions?: unknown;

  @ApiPropertyOptional({ type: [Object] })
  readonly effects?: unknown;

  @ApiPropertyOptional({ type: [Object] })
  readonly exposures?: unknown;

  @ApiPropertyOptional({ ...ANY_OBJECT, nullable: true })
  readonly outcome?: unknown;

  @ApiPropertyOptional({ type: [Object] })
  readonly milestones?: unknown;

  @ApiPropertyOptional({ type: [Object] })
  readonly handoffs?: unknown;

  @ApiProperty({ type: [Object] })
  readonly consent!: readonly unknown[];
}

export class ErasureDto {
  @ApiProperty({ example: 'loc-1' })
  readonly location_id!: string;

  @ApiProperty({ example: 'contact-1' })
  readonly contact_id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-02T15:00:00.000Z' })
  readonly erased_at!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { contexts: 1, deliveries: 3, decisions: 2, effects: 7, effects_cancelled: 1 },
    description: 'Rows deleted, emptied or taken from the person, by what they were.',
  })
  readonly erased!: ErasedCounts;

  @ApiProperty({
    description: 'The person had refused to be written to; that is kept as a hash of the address.',
  })
  readonly refusal_kept!: boolean;
}
