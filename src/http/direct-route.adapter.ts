import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import type { ExpressAdapter } from '@nestjs/platform-express';
import type { Request, RequestHandler, Response } from 'express';
import { MAX_BODY_BYTES } from './body-parsers.js';
import { JsonReplyAdapter } from './json-reply.adapter.js';

/**
 * Express, but for the one POST that has to be fast: a request for exactly this path, of a known length,
 * gets from the server to its controller without Express's router and body parsers, with its bytes in
 * `body`, and its reply goes out in one piece. Guards, interceptors and filters see no difference. What
 * is spelt otherwise, compressed, sent in chunks or too long takes the usual way to the same controller.
 */
export class DirectRouteAdapter extends JsonReplyAdapter {
  private handler: RequestHandler | undefined;
  /** What runs in front of the direct route, too. */
  private readonly ahead: RequestHandler[] = [];
  private isAheadComplete = false;

  constructor(private readonly path: string) {
    super();
  }

  /** What is used from here on is not for the direct route. */
  endAhead(): void {
    this.isAheadComplete = true;
  }

  override use(...handlers: unknown[]): unknown {
    if (!this.isAheadComplete) this.ahead.push(...(handlers as RequestHandler[]));
    return super.use(...(handlers as Parameters<ExpressAdapter['use']>));
  }

  override post(...route: unknown[]): unknown {
    const [path, handler] = route;
    if (path === this.path) this.handler = handler as RequestHandler;
    return super.post(...(route as Parameters<ExpressAdapter['post']>));
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    const usual = this.getInstance<RequestListener>();
    this.httpServer.off('request', usual);
    this.httpServer.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.handler === undefined || !this.isDirect(request)) usual(request, response);
      else this.start(this.handler, request as Request, response as Response);
    });
  }

  override status(response: Response, statusCode: number): unknown {
    response.statusCode = statusCode;
    return response;
  }

  private isDirect({ method, url, headers }: IncomingMessage): boolean {
    return (
      url === this.path &&
      method === 'POST' &&
      Number(headers['content-length']) <= MAX_BODY_BYTES &&
      headers['content-encoding'] === undefined
    );
  }

  private start(handler: RequestHandler, request: Request, response: Response): void {
    Object.assign(request, { path: this.path });
    this.run(0, handler, request, response);
  }

  private run(step: number, handler: RequestHandler, request: Request, response: Response): void {
    const middleware = this.ahead[step];
    if (middleware === undefined) return receive(handler, request, response);
    void middleware(request, response, (error?: unknown) => {
      if (error === undefined) this.run(step + 1, handler, request, response);
      else response.destroy();
    });
  }
}

/** A sender who hangs up half-way is never heard. What runs ahead may have entered an async context: it goes on. */
function receive(handler: RequestHandler, request: Request, response: Response): void {
  const context = new AsyncResource('DirectRoute');
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  request.on('end', () => {
    const [only] = chunks;
    request.body = chunks.length === 1 ? only : Buffer.concat(chunks);
    context.runInAsyncScope(handler, undefined, request, response, () => response.destroy());
  });
}
