import { ApiProperty } from '@nestjs/swagger';

/** Properties of answers that may be null, for the API document: of a union it learns no type from the compiler. */
export const NullableNumber = (example: number, description?: string) =>
  nullable({ type: Number, example }, description);

export const NullableText = (example: string | null, description?: string) =>
  nullable({ type: String, example }, description);

export const NullableTime = (description?: string) =>
  nullable({ type: String, format: 'date-time', example: null }, description);

interface Shape {
  readonly type: NumberConstructor | StringConstructor;
  readonly format?: string;
  readonly example: number | string | null;
}

function nullable(shape: Shape, description: string | undefined): PropertyDecorator {
  return ApiProperty({
    ...shape,
    nullable: true,
    ...(description === undefined ? {} : { description }),
  });
}
