import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  ForbiddenException,
  HttpCode,
  Post,
  Req,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createEdgeApplication } from '../http/testing/edge-application.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { FakeClock } from '../telemetry/testing/fake-clock.js';
import { SignatureGuard, type WebhookRequest } from './signature.guard.js';
import { SignatureOptions } from './signature/signature-schemes.js';

function countedBy(telemetry: Telemetry): number {
  return telemetry.snapshot().counters.signature_failures;
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const OPTIONS: SignatureOptions = {
  secrets: ['hmac-secret'],
  publicKeys: [publicKey.export({ format: 'pem', type: 'spki' }).toString()],
  workflowSecrets: ['workflow-secret'],
  mode: 'enforce',
  production: false,
};

const BODY = Buffer.from('{"type":"message.received"}');
const hmac = createHmac('sha256', 'hmac-secret').update(BODY).digest('hex');

function requestWith(headers: IncomingHttpHeaders, body: unknown = BODY): WebhookRequest {
  return { headers, body } as WebhookRequest;
}

function requestWithoutBody(headers: IncomingHttpHeaders): WebhookRequest {
  return { headers } as WebhookRequest;
}

function contextOf(request: WebhookRequest): ExecutionContext {
  return { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
}

describe('SignatureGuard', () => {
  let telemetry: Telemetry;
  const check = (request: WebhookRequest, options: Partial<SignatureOptions> = {}) =>
    new SignatureGuard({ ...OPTIONS, ...options }, telemetry).canActivate(contextOf(request));

  beforeEach(() => {
    telemetry = new Telemetry(new FakeClock());
  });

  it.each([
    ['hmac', { 'x-ghl-signature': hmac }],
    ['ed25519', { 'x-ghl-signature': sign(null, BODY, privateKey).toString('base64') }],
    ['workflow', { authorization: 'Bearer workflow-secret' }],
    ['workflow', { authorization: 'Bearer workflow-secret', 'x-ghl-signature': 'N/A' }],
  ])('records that %s proved the sender', async (scheme, headers) => {
    const request = requestWith(headers);
    await expect(check(request)).resolves.toBe(true);
    expect(request.webhookScheme).toBe(scheme);
    expect(countedBy(telemetry)).toBe(0);
  });

  it.each<[string, WebhookRequest]>([
    ['no proof', requestWith({})],
    ['N/A', requestWith({ 'x-ghl-signature': 'N/A' })],
    ['a wrong signature', requestWith({ 'x-ghl-signature': 'a'.repeat(64) })],
    ['a non-ASCII signature', requestWith({ 'x-ghl-signature': '“é”' })],
    ['a repeated header', requestWith({ 'x-ghl-signature': [hmac, hmac] })],
    ['no body, signed as another', requestWithoutBody({ 'x-ghl-signature': hmac })],
    ['a body that lost its bytes', requestWith({ 'x-ghl-signature': hmac }, { type: 'x' })],
    ['a wrong secret', requestWith({ authorization: 'Bearer nonsense' })],
  ])('refuses %s and counts it', async (_case, request) => {
    await expect(check(request)).rejects.toThrow(
      new ForbiddenException('Invalid webhook signature'),
    );
    expect(countedBy(telemetry)).toBe(1);
    expect(request.webhookScheme).toBeUndefined();
  });

  it('accepts the signature of an empty body that was not sent', async () => {
    const signature = createHmac('sha256', 'hmac-secret').update('').digest('hex');
    await expect(check(requestWithoutBody({ 'x-ghl-signature': signature }))).resolves.toBe(true);
  });

  it('counts and lets through in warn mode', async () => {
    const request = requestWith({});
    await expect(check(request, { mode: 'warn' })).resolves.toBe(true);
    expect(request.webhookScheme).toBe('unverified');
    expect(countedBy(telemetry)).toBe(1);
  });

  it('has no warn mode in production', async () => {
    const check403 = check(requestWith({}), { mode: 'warn', production: true });
    await expect(check403).rejects.toThrow(ForbiddenException);
  });

  it('refuses everything when nothing is configured', async () => {
    const none = { secrets: [], workflowSecrets: [], production: true };
    await expect(check(requestWith({ 'x-ghl-signature': hmac }), none)).rejects.toThrow(
      ForbiddenException,
    );
  });
});

@Controller('webhook')
@UseGuards(SignatureGuard)
class GuardedController {
  @Post('ghl')
  @HttpCode(200)
  receive(@Req() received: WebhookRequest): object {
    return { scheme: received.webhookScheme };
  }
}

describe('SignatureGuard over HTTP', () => {
  const telemetry = new Telemetry(new FakeClock());
  let app: NestExpressApplication;
  beforeAll(async () => {
    app = await createEdgeApplication(GuardedController, [
      { provide: SignatureOptions, useValue: OPTIONS },
      { provide: Telemetry, useValue: telemetry },
    ]);
  });
  afterAll(() => app.close());

  const post = (signature: string, body = BODY.toString()) =>
    request(app.getHttpServer())
      .post('/webhook/ghl')
      .set('Content-Type', 'application/json')
      .set('X-GHL-Signature', signature)
      .send(body);

  it('sees the bytes as they were sent', async () => {
    const spaced = '{ "type" : "message.received" }\n';
    const signature = createHmac('sha256', 'hmac-secret').update(spaced).digest('hex');
    expect((await post(signature, spaced)).body).toEqual({ scheme: 'hmac' });
  });

  it('refuses with a problem document', async () => {
    const reply = await post(hmac, `${BODY.toString()} `);
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({ status: 403, detail: 'Invalid webhook signature' });
    expect(countedBy(telemetry)).toBe(1);
  });

  it('refuses before it parses', async () => {
    expect((await post('N/A', '{')).status).toBe(403);
  });
});
