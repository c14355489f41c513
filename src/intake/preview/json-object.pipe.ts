import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemException } from '../../http/problem.exception.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Asks of a body only that it is an object, where what is inside may be anything. */
@Injectable()
export class JsonObjectPipe implements PipeTransform<unknown, JsonObject> {
  transform(body: unknown): JsonObject {
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
    throw new ProblemException(400, 'Validation failed', {
      errors: [{ field: '', message: 'must be a JSON object' }],
    });
  }
}
