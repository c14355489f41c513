import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { ProblemException } from './problem.exception.js';
import { createValidationPipe } from './validation-pipe.js';

class Contact {
  @IsString()
  @MinLength(2)
  name = '';
}

class Settings {
  @IsInt()
  @Min(1)
  @Max(9)
  share = 1;

  @IsOptional()
  @ValidateNested()
  @Type(() => Contact)
  contact?: Contact;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Contact)
  others?: Contact[];
}

const validate = (body: unknown): Promise<unknown> =>
  createValidationPipe().transform(body, { type: 'body', metatype: Settings });

async function fieldsOf(body: unknown): Promise<readonly string[]> {
  const fault: unknown = await validate(body).catch((error: unknown) => error);
  if (!(fault instanceof ProblemException)) throw new Error('expected a problem');
  expect(fault.getStatus()).toBe(400);
  expect(fault.detail).toBe('Validation failed');
  return (fault.parts.errors ?? []).map(({ field }) => field);
}

describe('the validation pipe', () => {
  it('hands on what is right, as its class', async () => {
    await expect(validate({ share: 3 })).resolves.toBeInstanceOf(Settings);
  });

  it.each<[string, unknown, string[]]>([
    ['a wrong field', { share: 'x' }, ['share']],
    ['an unknown field', { share: 1, admin: true }, ['admin']],
    ['a nested field', { share: 1, contact: { name: '' } }, ['contact.name']],
    ['an unknown nested field', { share: 1, contact: { name: 'Ann', x: 1 } }, ['contact.x']],
    [
      'an element of a list',
      { share: 1, others: [{ name: 'Ann' }, { name: 5 }] },
      ['others.1.name'],
    ],
    ['several fields', { share: 0, contact: { name: 5 } }, ['share', 'contact.name']],
    ['a list for an object', [], ['share']],
  ])('names %s once', async (_case, body, fields) => {
    expect(await fieldsOf(body)).toEqual(fields);
  });

  it('bounds the list of errors', async () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
    expect(await fieldsOf({ share: 1, ...body })).toHaveLength(100);
  });
});
