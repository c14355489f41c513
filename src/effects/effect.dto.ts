import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Equals, IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { NullableText } from '../http/nullable-property.js';
import { OptionalOneOf } from '../http/optional-one-of.js';
import { EFFECT_STATES, type EffectState } from './effect.tables.js';
import { PageOf, PageQuery } from '../http/admin/page.js';
import { StoredIdFilter } from '../http/admin/stored-id.js';

const KIND_EXAMPLE = 'update_fields';

/** Which kinds there are is known when all rooms have registered theirs: `KnownKindPipe` asks. */
function EffectKindFilter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, example: KIND_EXAMPLE }),
    IsOptional(),
    IsString(),
  );
}

export class EffectQuery extends PageQuery {
  @OptionalOneOf(EFFECT_STATES)
  readonly state?: EffectState;

  @StoredIdFilter('loc-1')
  readonly location_id?: string;

  @StoredIdFilter('contact-1')
  readonly contact_id?: string;

  @EffectKindFilter()
  readonly kind?: string;
}

export class EffectParams {
  @ApiProperty({ example: 1 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly id!: number;
}

export class ReplayEffectRequest {
  @ApiPropertyOptional({
    example: true,
    description: 'Needed for a message that may have reached the lead already.',
  })
  @IsOptional()
  @IsBoolean()
  readonly confirm_resend?: boolean;
}

/** Of all effects that match, the oldest first; only dead ones, since each of the others needs a look. */
export class ReplayEffectsRequest {
  @ApiProperty({ enum: ['dead'] })
  @Equals('dead')
  readonly state!: 'dead';

  @StoredIdFilter('loc-1')
  readonly location_id?: string;

  @EffectKindFilter()
  readonly kind?: string;
}

export class EffectDto {
  @ApiProperty({ example: 1 })
  readonly id!: number;

  @ApiProperty({ example: 'loc-1' })
  readonly location_id!: string;

  @ApiProperty({ example: 'contact-1' })
  readonly contact_id!: string;

  @ApiProperty({ example: KIND_EXAMPLE })
  readonly kind!: string;

  @ApiProperty({ enum: EFFECT_STATES, example: 'dead' })
  readonly state!: EffectState;

  @ApiProperty()
  readonly due_at!: Date;

  @ApiProperty({ example: 1 })
  readonly attempts!: number;

  @NullableText('422: email must be an email')
  readonly last_error!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The CRM's id of what came of it." })
  readonly remote_id!: string | null;

  @ApiProperty()
  readonly created_at!: Date;

  @ApiProperty({ type: Date, nullable: true })
  readonly finished_at!: Date | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { kind: KIND_EXAMPLE, fields: { ai_lead_score: 94.8 } },
  })
  readonly payload!: Readonly<Record<string, unknown>>;
}

export class EffectPageDto extends PageOf(EffectDto, 'Newest first.') {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    nullable: true,
    example: { dead: 1, delivered: 412 },
    description: 'Effects by state, of this location and kind; on the first page only.',
  })
  readonly counts!: Readonly<Record<string, number>> | null;
}

export class ReplayedEffectsDto {
  @ApiProperty({ example: 12 })
  readonly replayed!: number;

  @ApiProperty({ example: 0, description: 'Still dead: ask again to go on.' })
  readonly remaining!: number;
}
