import type { Type as Class } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Rows of a list when the caller does not say. */
const DEFAULT_LIMIT = 50;
/** Bounds the memory of one answer. */
const MAX_LIMIT = 200;
/** Two ids of the greatest length, each character escaped, in base64. */
const MAX_CURSOR_LENGTH = 5_000;

/** How every list is asked for; one that can be narrowed extends it. */
export class PageQuery {
  @ApiPropertyOptional({ default: DEFAULT_LIMIT, minimum: 1, maximum: MAX_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  readonly limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: '`next_cursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR_LENGTH)
  readonly cursor?: string;
}

/** What every list answers. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly next_cursor: string | null;
}

/** The class of a page of these, for the API document: `class LeadPageDto extends PageOf(LeadDto, 'By name.') {}`. */
export function PageOf<T>(Item: Class<T>, order: string): Class<Page<T>> {
  class PageDto implements Page<T> {
    @ApiProperty({ type: [Item], description: order })
    readonly items!: readonly T[];

    @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
    readonly next_cursor!: string | null;
  }
  return PageDto;
}
