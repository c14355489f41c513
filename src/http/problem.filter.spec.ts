import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  BadRequestException,
  Controller,
  ForbiddenException,
  Get,
  InternalServerErrorException,
  Logger,
  Param,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import request from 'supertest';
import { ProblemException } from './problem.exception.js';
import { createEdgeApplication } from './testing/edge-application.js';

const FAULTS: Record<string, () => unknown> = {
  forbidden: () => new ForbiddenException('Invalid webhook signature'),
  listed: () => new BadRequestException(['a is wrong', 'b is wrong']),
  bare: () => new ForbiddenException(),
  away: () => new ServiceUnavailableException('The database is away'),
  problem: () =>
    new ProblemException(503, 'Database away', {
      retryAfterSeconds: 30,
      errors: [{ field: 'a.b', message: 'is wrong' }],
    }),
  fault: () => new Error('SELECT secret FROM keys'),
  internal: () => new InternalServerErrorException('SELECT secret FROM keys'),
  text: () => 'secret',
  nothing: () => undefined,
  status500: () => Object.assign(new Error('secret'), { status: 500 }),
  statusText: () => Object.assign(new Error('secret'), { status: '404' }),
  status418: () => Object.assign(new Error('secret'), { status: 418, expose: true }),
  upstream404: () => Object.assign(new Error('secret'), { status: 404 }),
  causedBy404: () =>
    new ServiceUnavailableException('Try later', {
      cause: Object.assign(new Error('secret'), { status: 404 }),
    }),
};

@Controller('faults')
class FaultyController {
  @Get('late')
  late(@Res() response: Response): void {
    response.write('half an answer');
    throw new Error('secret');
  }

  @Get(':name')
  fail(@Param('name') name: string): void {
    throw FAULTS[name]?.();
  }
}

describe('ProblemFilter', () => {
  let app: NestExpressApplication;
  const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  beforeAll(async () => {
    app = await createEdgeApplication(FaultyController);
  });
  afterAll(async () => {
    logged.mockRestore();
    await app.close();
  });

  const get = (path: string) => request(app.getHttpServer()).get(path);

  it('answers with a whole problem document', async () => {
    const reply = await get('/faults/forbidden?token=secret');
    expect(reply.status).toBe(403);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(reply.text)).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'Invalid webhook signature',
      instance: '/faults/forbidden',
    });
  });

  it.each([
    ['bare', 403, 'Forbidden'],
    ['away', 503, 'The database is away'],
    ['causedBy404', 503, 'Try later'],
    ['status418', 418, "I'm a Teapot"],
  ])('says of %s: %i %s', async (name, status, detail) => {
    const reply = await get(`/faults/${name}`);
    expect(JSON.parse(reply.text)).toMatchObject({ status, detail });
  });

  it('says when to come back, and which fields are wrong', async () => {
    const reply = await get('/faults/problem');
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('30');
    expect(JSON.parse(reply.text)).toMatchObject({
      detail: 'Database away',
      errors: [{ field: 'a.b', message: 'is wrong' }],
    });
  });

  it.each(['fault', 'internal', 'text', 'nothing', 'status500', 'statusText', 'upstream404'])(
    'says nothing of the unexpected error "%s" but logs it',
    async (name) => {
      logged.mockClear();
      const reply = await get(`/faults/${name}`);
      expect(reply.status).toBe(500);
      expect(JSON.parse(reply.text)).toEqual({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: 'The request could not be handled.',
        instance: `/faults/${name}`,
      });
      expect(logged).toHaveBeenCalledTimes(1);
    },
  );

  it('does not log what the caller did wrong', async () => {
    logged.mockClear();
    await get('/faults/forbidden');
    expect(logged).not.toHaveBeenCalled();
  });

  it('answers an unknown route', async () => {
    const reply = await get('/nowhere?token=secret');
    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.text)).toMatchObject({ status: 404, detail: 'No such route' });
    expect(reply.text).not.toContain('secret');
  });

  it('answers a path that cannot be decoded', async () => {
    const reply = await get('/faults/%E0%A4%A');
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ status: 400, detail: 'Malformed URL' });
  });

  it('breaks off an answer that has begun', async () => {
    await expect(get('/faults/late')).rejects.toThrow('aborted');
  });
});
