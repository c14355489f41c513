import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { runInRequestContext } from './request-context.js';

export const CORRELATION_ID_HEADER = 'x-request-id';
/** Ids are written to logs and headers: nothing that could break a line or fill a disk. */
const SANE_ID = /^[\w.:-]{1,128}$/;

/** Gives the request an id, the caller's own when it is sane, and echoes it in the reply. */
export const correlationIdMiddleware: RequestHandler = (request, response, next) => {
  const offered = request.get(CORRELATION_ID_HEADER);
  const correlationId = offered !== undefined && SANE_ID.test(offered) ? offered : randomUUID();
  response.setHeader(CORRELATION_ID_HEADER, correlationId);
  runInRequestContext({ correlationId }, next);
};
