import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { HmacSignature, WorkflowSecret } from './signature-schemes.js';

interface SignatureVector {
  readonly secret: string;
  readonly body: string;
  readonly signature: string;
}

const vectors = JSON.parse(
  readFileSync('test/fixtures/vectors/signatures.json', 'utf8'),
) as SignatureVector[];

const BODY = Buffer.from('{"type":"message.received"}');
const sign = (secret: string, body: Buffer = BODY): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const verdict = (
  signature: string | string[] | undefined,
  secrets = ['one', 'two'],
  rawBody = BODY,
) =>
  new HmacSignature(secrets).verify({
    rawBody,
    headers: signature === undefined ? {} : { 'x-ghl-signature': signature },
  });

describe('HmacSignature', () => {
  it.each(vectors)(
    'accepts the known answer for secret "$secret"',
    ({ secret, body, signature }) => {
      expect(verdict(signature, [secret], Buffer.from(body))).toBe('valid');
    },
  );

  it.each([
    ['any of several secrets', sign('two')],
    ['a prefix', `sha256=${sign('one')}`],
    ['a prefix in capitals', `SHA256=${sign('one')}`],
    ['hex in capitals', sign('one').toUpperCase()],
    ['space around it', ` ${sign('one')} `],
  ])('accepts %s', (_case, signature) => {
    expect(verdict(signature)).toBe('valid');
  });

  it('refuses the signature of another secret', () => {
    expect(verdict(sign('three'))).toBe('invalid');
  });

  it('refuses a body that differs in one byte', () => {
    expect(verdict(sign('one'), ['one'], Buffer.concat([BODY, Buffer.from(' ')]))).toBe('invalid');
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['N/A', 'N/A'],
    ['63 digits', sign('one').slice(1)],
    ['65 digits', `${sign('one')}0`],
    ['another prefix', `sha1=${sign('one')}`],
    ['letters that are no hex', 'g'.repeat(64)],
    ['non-ASCII text', 'é'.repeat(64)],
    ['an array', [sign('one'), sign('one')]],
    ['two headers joined', `${sign('one')}, ${sign('one')}`],
  ])('has nothing to say to %s', (_case, signature) => {
    expect(verdict(signature)).toBe('not_applicable');
  });

  it.each([[[]], [['']], [['   ']]])('is off with the secrets %j', (secrets) => {
    expect(verdict(sign(''), secrets)).toBe('not_applicable');
  });
});

describe('WorkflowSecret', () => {
  const verdict = (authorization: string | undefined, secrets = ['first secret', 'second']) =>
    new WorkflowSecret(secrets).verify({
      rawBody: Buffer.alloc(0),
      headers: authorization === undefined ? {} : { authorization },
    });

  it.each(['Bearer second', 'bearer second', 'Bearer first secret', 'Bearer  second '])(
    'accepts "%s"',
    (authorization) => {
      expect(verdict(authorization)).toBe('valid');
    },
  );

  it.each(['Bearer third', 'Bearer Second', 'Bearer secon', 'Bearer sécond', 'Bearer N/A'])(
    'refuses "%s"',
    (authorization) => {
      expect(verdict(authorization)).toBe('invalid');
    },
  );

  it.each([undefined, '', 'Bearer', 'Bearer  ', 'Basic second', 'second'])(
    'has nothing to say to %s',
    (authorization) => {
      expect(verdict(authorization)).toBe('not_applicable');
    },
  );

  it.each([[[]], [['']], [['  ']]])('is off with the secrets %j', (secrets) => {
    expect(verdict('Bearer x', secrets)).toBe('not_applicable');
  });
});
