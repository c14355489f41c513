import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { PageOf, PageQuery } from '../../http/admin/page.js';
import { StoredIdFilter } from '../../http/admin/stored-id.js';
import { OUTCOMES, type Outcome } from '../../growth/growth-feature.js';
import { MAX_LABEL_LENGTH } from '../../shared/stored-text.js';

/** Mappings in one request. */
const MAX_MAPPINGS = 500;

export class OutcomeMappingChangeRequest {
  @ApiProperty({
    example: 'Contract Signed',
    description: 'A status, stage or tag as the CRM words it; case and punctuation do not matter.',
  })
  @IsString()
  @MaxLength(MAX_LABEL_LENGTH)
  readonly status!: string;

  @ApiProperty({
    enum: [...OUTCOMES, null],
    nullable: true,
    example: 'converted',
    description: '`unknown` says that the status means nothing; null removes the mapping.',
  })
  @IsIn([...OUTCOMES, null])
  readonly outcome!: Outcome | null;

  @StoredIdFilter('loc-1')
  readonly location_id?: string;
}

export class PutOutcomeMappingsRequest {
  @ApiProperty({
    type: [OutcomeMappingChangeRequest],
    description:
      'Set or removed; what is not named stays. Without `location_id`, or with `*`: for every location.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_MAPPINGS)
  @ValidateNested({ each: true })
  @Type(() => OutcomeMappingChangeRequest)
  readonly mappings!: readonly OutcomeMappingChangeRequest[];
}

export class OutcomeMappingDto {
  @ApiProperty({ example: 'contract signed', description: 'In lower case, without punctuation.' })
  readonly status!: string;

  @ApiProperty({ enum: OUTCOMES, example: 'converted' })
  readonly outcome!: Outcome;

  @ApiProperty({ example: '*', description: '`*` is every location.' })
  readonly location_id!: string;

  @ApiProperty({ example: '2026-03-02T15:00:00.000Z' })
  readonly updated_at!: string;
}

export class OutcomeMappingPageDto extends PageOf(OutcomeMappingDto, 'By location and status.') {}

export class UnmappedStatusQuery extends PageQuery {
  @StoredIdFilter('loc-1')
  readonly location_id?: string;
}

export class UnmappedStatusDto {
  @ApiProperty({ example: 'Contract Signed', description: 'As it was sent last.' })
  readonly status!: string;

  @ApiProperty({ example: 'pipeline_stage', description: 'Where it stood in the event.' })
  readonly field!: string;

  @ApiProperty({ example: 'loc-1' })
  readonly location_id!: string;

  @ApiProperty({ example: 12 })
  readonly seen_count!: number;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  readonly first_seen!: string;

  @ApiProperty({ example: '2026-03-02T15:00:00.000Z' })
  readonly last_seen!: string;
}

export class UnmappedStatusPageDto extends PageOf(UnmappedStatusDto, 'Seen last, first.') {}
