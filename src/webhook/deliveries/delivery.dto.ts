import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { DELIVERY_STATES, type DeliveryState } from '../../intake/intake.tables.js';
import { PageLimit } from '../../http/admin/page-limit.js';
import { StoredId, StoredIdFilter } from '../../http/admin/stored-id.js';

/** Two ids of the greatest length, each character escaped, in base64. */
const MAX_CURSOR_LENGTH = 5_000;

export class DeliveryQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  readonly state?: DeliveryState;

  @StoredIdFilter('loc-1')
  readonly location_id?: string;

  @StoredIdFilter('contact-1')
  readonly contact_id?: string;

  @PageLimit()
  readonly limit?: number;

  @ApiPropertyOptional({ description: '`next_cursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR_LENGTH)
  readonly cursor?: string;
}

export class DeliveryParams {
  @StoredId('loc-1')
  readonly location!: string;

  @StoredId('evt-1')
  readonly id!: string;
}

export class DeliveryDto {
  @ApiProperty({ example: 'loc-1' })
  readonly location_id!: string;

  @ApiProperty({ example: 'evt-1' })
  readonly delivery_id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'contact-1' })
  readonly contact_id!: string | null;

  @ApiProperty({ example: 'message.received' })
  readonly event_type!: string;

  @ApiProperty({ enum: DELIVERY_STATES, example: 'failed' })
  readonly state!: DeliveryState;

  @ApiProperty({ enum: ['hmac', 'ed25519', 'workflow', 'unverified'], example: 'hmac' })
  readonly scheme!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why deciding failed.' })
  readonly error!: string | null;

  @ApiProperty({ description: 'Time of the event itself.' })
  readonly occurred_at!: Date;

  @ApiProperty()
  readonly received_at!: Date;
}

export class DeliveryWithBodyDto extends DeliveryDto {
  @ApiProperty({ description: 'As it came.' })
  readonly body!: string;
}

export class DeliveryPageDto {
  @ApiProperty({ type: [DeliveryDto], description: 'Newest first.' })
  readonly deliveries!: readonly DeliveryDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  readonly next_cursor!: string | null;
}

const REPLAY_STATUSES = ['processed', 'acknowledged', 'duplicate', 'failed'] as const;

export class ReplayedDeliveryDto {
  @ApiProperty({
    enum: REPLAY_STATUSES,
    description:
      '`duplicate`: the sender repeated it meanwhile. `failed`: it still cannot be decided.',
  })
  readonly status!: (typeof REPLAY_STATUSES)[number];

  @ApiProperty({ type: String, nullable: true, description: 'Why deciding failed again.' })
  readonly error!: string | null;
}
