import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Rows of a list when the caller does not say. */
export const DEFAULT_LIMIT = 50;
/** Bounds the memory of one answer. */
const MAX_LIMIT = 200;

/** How many rows a list shows at most. */
export const PageLimit = () =>
  applyDecorators(
    ApiPropertyOptional({ default: DEFAULT_LIMIT, minimum: 1, maximum: MAX_LIMIT }),
    IsOptional(),
    Type(() => Number),
    IsInt(),
    Min(1),
    Max(MAX_LIMIT),
  );
