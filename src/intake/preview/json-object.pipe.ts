import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemException } from '../../http/problem.exception.js';
import { isRecord, type LooseRecord } from '../../shared/loose-json.js';

/** Asks of a body only that it is an object, where what is inside may be anything. */
@Injectable()
export class JsonObjectPipe implements PipeTransform<unknown, LooseRecord> {
  transform(body: unknown): LooseRecord {
    if (isRecord(body)) return { ...body };
    throw new ProblemException(400, 'Validation failed', {
      errors: [{ field: '', message: 'must be a JSON object' }],
    });
  }
}
