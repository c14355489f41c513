import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { isDeeplyNested, MAX_BODY_BYTES, MAX_JSON_DEPTH } from './body-parsers.js';
import { createEdgeApplication } from './testing/edge-application.js';

/** Tells what reached it. */
@Controller()
class EchoController {
  @Post(['webhook/ghl', 'webhooks', 'elsewhere'])
  @HttpCode(200)
  echo(@Body() body: unknown): object {
    return Buffer.isBuffer(body)
      ? { kind: 'raw', bytes: body.length }
      : { kind: typeof body, body: body ?? null };
  }
}

describe('useBodyParsers', () => {
  let app: NestExpressApplication;
  beforeAll(async () => {
    app = await createEdgeApplication(EchoController);
  });
  afterAll(() => app.close());

  const post = (path: string, type: string, body: string | Buffer) =>
    request(app.getHttpServer())
      .post(path)
      .set('Content-Type', type)
      // Not parsed, not serialised again: these bytes.
      .serialize(() => body as string)
      .send(body);

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense'])(
    'keeps the bytes of a webhook sent as %s',
    async (type) => {
      const reply = await post('/webhook/ghl', type, '{"a": "é"}');
      expect(reply.body).toEqual({ kind: 'raw', bytes: 11 });
    },
  );

  it.each(['/WEBHOOK/ghl', '/webhook/ghl/', '/webhook/ghl?x=1'])(
    'keeps them at %s',
    async (path) => {
      expect((await post(path, 'application/json', '{}')).body).toEqual({ kind: 'raw', bytes: 2 });
    },
  );

  it('keeps those of a webhook without a media type', async () => {
    const reply = await request(app.getHttpServer())
      .post('/webhook/ghl')
      .unset('Content-Type')
      .send(Buffer.from('{}'));
    expect(reply.body).toMatchObject({ kind: 'raw' });
  });

  it('gives a webhook without body no bytes', async () => {
    const reply = await request(app.getHttpServer()).post('/webhook/ghl');
    expect(reply.body).toEqual({ kind: 'raw', bytes: 0 });
  });

  it.each(['/elsewhere', '/webhooks'])('reads JSON at %s', async (path) => {
    const reply = await post(path, 'application/json', '{"a":1}');
    expect(reply.body).toEqual({ kind: 'object', body: { a: 1 } });
  });

  it('reads nothing but JSON there', async () => {
    expect((await post('/elsewhere', 'text/plain', '{"a":1}')).body).toMatchObject({ body: null });
  });

  it.each(['/webhook/ghl', '/elsewhere'])(
    'takes 256 KiB at %s and not a byte more',
    async (path) => {
      const largest = JSON.stringify({ a: 'x'.repeat(MAX_BODY_BYTES - '{"a":""}'.length) });
      expect((await post(path, 'application/json', largest)).status).toBe(200);
      const reply = await post(path, 'application/json', `${largest} `);
      expect(reply.status).toBe(413);
      expect(reply.headers['content-type']).toContain('application/problem+json');
      expect(reply.body).toMatchObject({
        title: 'Payload Too Large',
        status: 413,
        detail: 'Request body is larger than 256 KiB',
        instance: path,
      });
    },
  );

  it('measures a compressed body as it unpacks', async () => {
    const bomb = gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1, ' '));
    const reply = await post('/webhook/ghl', 'application/json', bomb).set(
      'Content-Encoding',
      'gzip',
    );
    expect(reply.status).toBe(413);
  });

  it.each<[string, number, string, Record<string, string>, string]>([
    ['a cut body', 400, 'Malformed JSON payload', {}, '{"a":'],
    ['a bare value', 400, 'Malformed JSON payload', {}, '"secret words"'],
    ['50,000 levels', 400, 'Payload is nested too deeply', {}, '['.repeat(5e4) + ']'.repeat(5e4)],
    [
      'an unknown encoding',
      415,
      'Unsupported content encoding',
      { 'Content-Encoding': 'lzw' },
      '{}',
    ],
    ['what is no gzip', 400, 'Bad Request', { 'Content-Encoding': 'gzip' }, '{}'],
  ])('refuses %s with %i', async (_case, status, detail, headers, body) => {
    const reply = await post('/elsewhere', 'application/json', body).set(headers);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ status, detail });
    expect(reply.text).not.toContain('secret');
  });

  it('refuses an unknown charset', async () => {
    const reply = await post('/elsewhere', 'application/json; charset=ebcdic', '{}');
    expect(reply.body).toMatchObject({ status: 415, detail: 'Unsupported charset' });
  });
});

const lists = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const objects = (depth: number): unknown =>
  JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

describe('isDeeplyNested', () => {
  it.each([undefined, null, 'text', 5, {}, [], { a: [{ b: 1 }] }])('lets %j pass', (value) => {
    expect(isDeeplyNested(value)).toBe(false);
  });

  it.each([lists, objects])('draws the line at the same depth for every container', (nested) => {
    expect(isDeeplyNested(nested(MAX_JSON_DEPTH))).toBe(false);
    expect(isDeeplyNested(nested(MAX_JSON_DEPTH + 1))).toBe(true);
  });

  it('survives 100,000 levels', () => {
    expect(isDeeplyNested(lists(100_000))).toBe(true);
  });
});
