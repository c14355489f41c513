import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageOf } from '../../http/admin/page.js';

export const TIMELINE_KINDS = [
  'message_in',
  'message_out',
  'decision',
  'effect',
  'handoff',
  'consent',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export class TimelineItemDto {
  @ApiProperty({ format: 'date-time', example: '2026-03-02T15:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({ enum: TIMELINE_KINDS, example: 'decision' })
  readonly kind!: TimelineKind;

  @ApiPropertyOptional({ description: 'What was written.' })
  readonly text?: string;

  @ApiPropertyOptional({ example: 'pending', description: 'Of an effect or a handoff.' })
  readonly state?: string;

  @ApiPropertyOptional({ example: 'handoff_open' })
  readonly reason?: string;

  @ApiProperty({ example: 'Reply withheld: handoff open' })
  readonly sentence!: string;
}

export class TimelinePageDto extends PageOf(TimelineItemDto, 'Oldest first.') {}
