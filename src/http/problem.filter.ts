import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { problemOf, type ProblemDocument } from './problem-document.js';
import { ProblemException } from './problem.exception.js';

/** The telemetry's middleware answers every request under an id; the same id finds its log lines. */
const REQUEST_ID_HEADER = 'x-request-id';

/** Every error of the HTTP edge as a problem document; the only place that turns an exception into a status. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(exception, request.path);
    if (problem.status === 500) this.report(exception, request, response);
    if (response.headersSent) {
      // Part of another answer is out; all that is left is to end it without pretending it is whole.
      response.destroy();
      return;
    }
    send(response, problem, retryAfterSecondsOf(exception, problem));
  }

  private report(exception: unknown, request: Request, response: Response): void {
    this.logger.error('request_failed', {
      method: request.method,
      path: request.path,
      request_id: response.getHeader(REQUEST_ID_HEADER),
      error: exception,
    });
  }
}

/** When a caller who finds the service away should come again, unless the refusal itself says so. */
const AWAY_RETRY_SECONDS = 10;

function retryAfterSecondsOf(exception: unknown, { status }: ProblemDocument): number | undefined {
  if (exception instanceof ProblemException) return exception.parts.retryAfterSeconds;
  return status === 503 ? AWAY_RETRY_SECONDS : undefined;
}

function send(
  response: Response,
  problem: ProblemDocument,
  retryAfterSeconds: number | undefined,
): void {
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  // Not `response.json`, which would name another content type.
  response.statusCode = problem.status;
  response
    .setHeader('Content-Type', 'application/problem+json; charset=utf-8')
    .end(JSON.stringify(problem));
}
