import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemException, type ProblemFieldError } from './problem.exception.js';

/** More would repeat themselves: a bound on the answer to a body of many thousand wrong fields. */
const MAX_ERRORS = 100;

/** Holds every request DTO to its declaration: unknown fields are refused, and each wrong field is named. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) =>
      new ProblemException(400, 'Validation failed', { errors: fieldErrorsOf(errors) }),
  });
}

/** One entry per field, by its path; what is wrong with it in one sentence. */
export function fieldErrorsOf(errors: readonly ValidationError[]): readonly ProblemFieldError[] {
  return errors.flatMap((error) => pathErrors(error, '')).slice(0, MAX_ERRORS);
}

/** Recursive over declared DTO classes only, and bodies are shallow by then. */
function pathErrors(error: ValidationError, parentPath: string): readonly ProblemFieldError[] {
  const field = parentPath === '' ? error.property : `${parentPath}.${error.property}`;
  const messages = Object.values(error.constraints ?? {});
  const own = messages.length === 0 ? [] : [{ field, message: messages.join('; ') }];
  return [...own, ...(error.children ?? []).flatMap((child) => pathErrors(child, field))];
}
