import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { isComposite } from '../shared/loose-json.js';
import { ProblemException } from './problem.exception.js';

/** 256 KiB, the CRM's own cap on a webhook. */
export const MAX_BODY_BYTES = 262_144;

/**
 * Webhooks keep their raw bytes, since those are what is signed; everything else is JSON.
 * For an application created with `bodyParser: false`, before it listens.
 */
export function useBodyParsers(app: NestExpressApplication): void {
  app.useBodyParser('raw', { limit: MAX_BODY_BYTES, type: isWebhook });
  // By its media type only: a browser sends other types across sites without asking first.
  app.useBodyParser('json', { limit: MAX_BODY_BYTES });
  app.use(refuseDeepNesting);
}

/** By the path that the router sees, and as lenient as the router about case. */
function isWebhook(request: IncomingMessage): boolean {
  return /^\/webhook(?:\/|$)/i.test((request as Request).path);
}

/** The validation walks a body recursively and would overflow the stack. */
function refuseDeepNesting(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  const isDeep = !Buffer.isBuffer(body) && isDeeplyNested(body);
  next(isDeep ? new ProblemException(400, 'Payload is nested too deeply') : undefined);
}

/** No request of ours nests further than a few levels. */
export const MAX_JSON_DEPTH = 32;

/** Level by level rather than by recursion, which is what the answer protects against. */
export function isDeeplyNested(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < MAX_JSON_DEPTH; depth += 1) {
    level = level.filter(isComposite).flatMap((container) => Object.values(container));
    if (level.length === 0) return false;
  }
  return level.some(isComposite);
}
