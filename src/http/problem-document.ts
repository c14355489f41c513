import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isDatabaseAway } from '../database/database-errors.js';
import { ProblemException, type ProblemFieldError } from './problem.exception.js';

/** RFC 9457. `type` is `about:blank`: the status says what kind of problem it is. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request; without the query, which may hold a token. */
  readonly instance: string;
  readonly errors?: readonly ProblemFieldError[];
}

interface Refusal {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly ProblemFieldError[];
}

const UNEXPECTED: Refusal = { status: 500, detail: 'The request could not be handled.' };

/** Nothing is wrong with the request: it may be sent again. */
const DATABASE_AWAY: Refusal = { status: 503, detail: 'The database is away: try again shortly' };

/** The body parser's refusals by its own error types; its texts quote the body. */
const PARSER_REFUSALS = new Map<unknown, Refusal>([
  ['entity.too.large', { status: 413, detail: 'Request body is larger than 256 KiB' }],
  ['entity.parse.failed', { status: 400, detail: 'Malformed JSON payload' }],
  ['encoding.unsupported', { status: 415, detail: 'Unsupported content encoding' }],
  ['charset.unsupported', { status: 415, detail: 'Unsupported charset' }],
]);

export function problemOf(exception: unknown, instance: string): ProblemDocument {
  const { status, detail, errors } = refusalOf(exception);
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance,
    ...(errors === undefined ? {} : { errors }),
  };
}

/** The framework's text for an unknown route repeats the whole URL, query and all. */
const UNKNOWN_ROUTE = /^Cannot [A-Z-]+ /;

/** Only texts written for the caller get out: none of an unexpected error, and none that quotes the request. */
function refusalOf(exception: unknown): Refusal {
  if (exception instanceof ProblemException) return problemRefusal(exception);
  // The framework wraps what middleware threw, and keeps its text.
  const origin = exception instanceof HttpException ? exception.cause : exception;
  const refusal = middlewareRefusal(origin);
  if (refusal !== undefined) return refusal;
  if (exception instanceof HttpException) return frameworkRefusal(exception);
  return isDatabaseAway(exception) ? DATABASE_AWAY : UNEXPECTED;
}

function problemRefusal(problem: ProblemException): Refusal {
  const { errors } = problem.parts;
  const refusal = { status: problem.getStatus(), detail: problem.detail };
  return errors === undefined ? refusal : { ...refusal, errors };
}

function frameworkRefusal(exception: HttpException): Refusal {
  const status = exception.getStatus();
  if (status === 500) return UNEXPECTED;
  if (status === 404 && UNKNOWN_ROUTE.test(exception.message)) {
    return { status, detail: 'No such route' };
  }
  return { status, detail: exception.message };
}

/** Parsers and router refuse with errors of the `http-errors` kind; one without words of ours gets its standard name. */
function middlewareRefusal(origin: unknown): Refusal | undefined {
  if (!(origin instanceof Error)) return undefined;
  if (origin instanceof URIError) return { status: 400, detail: 'Malformed URL' };
  const { expose, status, type }: MiddlewareError = origin;
  if (typeof expose !== 'boolean' || typeof status !== 'number') return undefined;
  if (status < 400 || status > 499) return undefined;
  return PARSER_REFUSALS.get(type) ?? { status, detail: STATUS_CODES[status] ?? 'Refused' };
}

interface MiddlewareError extends Error {
  readonly expose?: unknown;
  readonly status?: unknown;
  readonly type?: unknown;
}
