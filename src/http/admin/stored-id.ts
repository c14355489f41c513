import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { MAX_ID_LENGTH } from '../../shared/stored-text.js';

/** An id that can be stored at all: PostgreSQL holds neither NUL nor half a surrogate pair. */
export function isStorableId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= MAX_ID_LENGTH &&
    !value.includes('\0') &&
    value.isWellFormed()
  );
}

/** A required id, with its example for the API document. */
export const StoredId = (example: string) =>
  applyDecorators(ApiProperty({ example }), IsStorableId());

/** An id by which a list may be narrowed. */
export const StoredIdFilter = (example: string) =>
  applyDecorators(ApiPropertyOptional({ example }), IsOptional(), IsStorableId());

function IsStorableId(): PropertyDecorator {
  return ValidateBy({
    name: 'isStorableId',
    validator: {
      validate: isStorableId,
      defaultMessage: () => `$property must be an id of 1 to ${MAX_ID_LENGTH} characters`,
    },
  });
}
