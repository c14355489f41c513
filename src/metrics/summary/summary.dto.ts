import { ApiProperty } from '@nestjs/swagger';

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class SummaryDto {
  @ApiProperty({ ...COUNTS, example: { delivered: 412, pending: 3, dead: 1 } })
  readonly effects_by_state!: Readonly<Record<string, number>>;

  @ApiProperty({ ...COUNTS, example: { processed: 97, acknowledged: 12 } })
  readonly deliveries_24h_by_state!: Readonly<Record<string, number>>;
}
