import { ApiProperty } from '@nestjs/swagger';
import { NullableText } from '../../http/nullable-property.js';
import { OptionalOneOf } from '../../http/optional-one-of.js';
import { DELIVERY_STATES, type DeliveryState } from '../../intake/intake.tables.js';
import { PageOf, PageQuery } from '../../http/admin/page.js';
import { StoredId, StoredIdFilter } from '../../http/admin/stored-id.js';

export class DeliveryQuery extends PageQuery {
  @OptionalOneOf(DELIVERY_STATES)
  readonly state?: DeliveryState;

  @StoredIdFilter('loc-1')
  readonly location_id?: string;

  @StoredIdFilter('contact-1')
  readonly contact_id?: string;
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

  @NullableText('contact-1')
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

export class DeliveryPageDto extends PageOf(DeliveryDto, 'Newest first.') {}

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
