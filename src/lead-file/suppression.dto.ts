import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { ALL_CHANNELS } from '../consent/consent-register.js';

const MAX_REASON_LENGTH = 500;
const MIN_REASON_LENGTH = 3;
/** In place of a channel: every one. */
export const ALL = 'all';

export class SuppressionRequest {
  @ApiProperty({ example: false, description: 'True: no more messages; false: messages again.' })
  @IsBoolean()
  readonly suppressed!: boolean;

  @ApiPropertyOptional({ enum: [ALL, ...ALL_CHANNELS], default: ALL })
  @IsOptional()
  @IsIn([ALL, ...ALL_CHANNELS])
  readonly channel?: string;

  @ApiProperty({
    example: 'Asked on the phone to be texted again',
    description: "Why; to lift a refusal, the lead's own consent.",
  })
  @IsString()
  @MinLength(MIN_REASON_LENGTH)
  @MaxLength(MAX_REASON_LENGTH)
  readonly reason!: string;
}

export class SuppressionDto {
  @ApiProperty({ type: [String], example: ['SMS', 'Call', 'RCS', 'WhatsApp'] })
  readonly refused_channels!: readonly string[];

  @ApiProperty({ description: 'A message waits for a person to read it.' })
  readonly held!: boolean;
}

export class ConsentEntryDto {
  @ApiProperty({ description: 'Time of the event.' })
  readonly at!: Date;

  @ApiProperty({ example: 'refused' })
  readonly kind!: string;

  @ApiProperty({ example: 'SMS' })
  readonly channel!: string;

  @ApiProperty({ example: 'tel:+12145550123' })
  readonly address!: string;

  @ApiProperty({ enum: ['lead', 'crm', 'person', 'service'] })
  readonly said_by!: string;

  @ApiProperty({ type: String, nullable: true, example: 'STOP' })
  readonly words!: string | null;

  @ApiProperty({ example: 'evt-1@1764110400000', description: 'The event or request behind it.' })
  readonly origin!: string;
}
