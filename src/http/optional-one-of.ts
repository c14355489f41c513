import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/** One of these words, or left out. */
export const OptionalOneOf = (
  words: readonly string[],
  options: Pick<ApiPropertyOptions, 'default' | 'description' | 'example'> = {},
) =>
  applyDecorators(
    ApiPropertyOptional({ enum: [...words], ...options }),
    IsOptional(),
    IsIn([...words]),
  );
