import { ApiProperty } from '@nestjs/swagger';
import { LeadGradeDto } from '../leads/lead-grade.dto.js';

/** A lead event was decided: exactly these keys, whatever features are on. */
export class ProcessedWebhookDto extends LeadGradeDto {
  @ApiProperty({ enum: ['processed'] })
  readonly status!: 'processed';

  @ApiProperty({ example: '881b9415-5d35-4ff1-a667-0545b80b96c0', description: 'The delivery id.' })
  readonly webhook_id!: string;

  @ApiProperty({ example: 4.2, description: 'Milliseconds from receipt to commit.' })
  readonly process_time_ms!: number;

  @ApiProperty({ description: 'Whether the lead was answered within five minutes of its message.' })
  readonly five_minute_compliant!: boolean;
}

/** Stored, and of no consequence for a score. */
export class AcknowledgedWebhookDto {
  @ApiProperty({ enum: ['acknowledged'] })
  readonly status!: 'acknowledged';

  @ApiProperty({ example: '881b9415-5d35-4ff1-a667-0545b80b96c0' })
  readonly webhook_id!: string;

  @ApiProperty({ enum: [false] })
  readonly duplicate!: false;
}

/** A repeat of a delivery already taken: nothing happened. */
export class DuplicateWebhookDto {
  @ApiProperty({ enum: ['duplicate_ignored'] })
  readonly status!: 'duplicate_ignored';

  @ApiProperty({ example: '881b9415-5d35-4ff1-a667-0545b80b96c0' })
  readonly webhook_id!: string;

  @ApiProperty({ enum: [true] })
  readonly duplicate!: true;
}

export type WebhookDto = ProcessedWebhookDto | AcknowledgedWebhookDto | DuplicateWebhookDto;
