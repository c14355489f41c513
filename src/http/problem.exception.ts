import { HttpException } from '@nestjs/common';

/** One field that is wrong, named as in the request; a nested one by its path, `contact.email`. */
export interface ProblemFieldError {
  readonly field: string;
  readonly message: string;
}

export interface ProblemParts {
  readonly errors?: readonly ProblemFieldError[];
  /** Sent as `Retry-After`, in whole seconds. */
  readonly retryAfterSeconds?: number;
}

/** A refusal that says more than a status and a sentence. */
export class ProblemException extends HttpException {
  constructor(
    status: number,
    readonly detail: string,
    readonly parts: ProblemParts = {},
  ) {
    super(detail, status);
  }
}
