import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, ForbiddenException, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { ProblemException } from './problem.exception.js';
import { createEdgeApplication } from './testing/edge-application.js';

class ClosedGuard {
  canActivate(context: { switchToHttp(): { getRequest<T>(): T } }): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    if (headers['x-closed'] !== undefined) throw new ForbiddenException('Closed');
    return true;
  }
}

@Controller('webhook/ghl')
@UseGuards(ClosedGuard)
class EchoController {
  @Post()
  @HttpCode(202)
  echo(@Req() request: Request): object {
    const body = request.body as Buffer;
    if (body.includes('fault')) throw new Error('a fault');
    if (body.includes('later')) throw new ProblemException(503, 'Later', { retryAfterSeconds: 7 });
    // Express has this one; what comes the direct way does not.
    return { isDirect: request.get === undefined, path: request.path, text: String(body) };
  }
}

describe('DirectRouteAdapter', () => {
  let app: NestExpressApplication;
  beforeAll(async () => {
    app = await createEdgeApplication(EchoController);
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  interface Reply {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: Record<string, unknown>;
  }

  async function post(
    path: string,
    parts: readonly string[],
    headers: Record<string, string | number> = {},
  ): Promise<Reply> {
    const sent = httpRequest(`${await app.getUrl()}${path}`, { method: 'POST', headers });
    const answered = new Promise<Reply>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      });
    });
    for (const part of parts) await new Promise((resolve) => sent.write(part, resolve));
    sent.end();
    return answered;
  }

  const sized = (text: string): Record<string, number> => ({
    'Content-Length': Buffer.byteLength(text),
  });

  it('serves exactly its path, with the bytes as they came', async () => {
    const { status, body } = await post('/webhook/ghl', ['{"a":', ' "é"}'], sized('{"a": "é"}'));

    expect(status).toBe(202);
    expect(body).toEqual({ isDirect: true, path: '/webhook/ghl', text: '{"a": "é"}' });
  });

  it('takes a body of no bytes', async () => {
    const { body } = await post('/webhook/ghl', [], { 'Content-Length': 0 });

    expect(body).toMatchObject({ isDirect: true, text: '' });
  });

  it.each([
    ['/webhook/ghl/', sized('{}')],
    ['/WEBHOOK/ghl', sized('{}')],
    ['/webhook/ghl?x=1', sized('{}')],
    ['/webhook/ghl', {}],
    ['/webhook/ghl', { ...sized('{}'), 'Content-Encoding': 'identity' }],
  ])('leaves %s with %j to Express', async (path, headers) => {
    const { status, body } = await post(path, ['{}'], headers);

    expect(status).toBe(202);
    expect(body).toMatchObject({ isDirect: false, text: '{}' });
  });

  it.each([
    ['what is well', '{}', {}],
    ['a refusal by a guard', '{}', { 'x-closed': 'yes' }],
    ['a problem', 'later', {}],
    ['a fault', 'fault', {}],
  ])('answers %s as Express does', async (_case, text, headers) => {
    const [direct, usual] = await Promise.all(
      ['/webhook/ghl', '/webhook/ghl/'].map((path) =>
        post(path, [text], { ...sized(text), ...headers }),
      ),
    );
    const ofPath = (reply: Reply | undefined) => {
      const {
        etag: _etag,
        date: _date,
        'content-length': _length,
        ...others
      } = reply?.headers ?? {};
      const { isDirect: _isDirect, path: _path, instance: _instance, ...body } = reply?.body ?? {};
      return { status: reply?.status, headers: others, body };
    };

    expect(direct?.headers['x-content-type-options']).toBe('nosniff');
    expect(ofPath(direct)).toEqual(ofPath(usual));
  });
});
