import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Ed25519Signature } from './ed25519-signature.js';

const ours = generateKeyPairSync('ed25519');
const old = generateKeyPairSync('ed25519');
const foreign = generateKeyPairSync('ed25519');
const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }).toString();
const PUBLIC_KEYS = [pemOf(old.publicKey), pemOf(ours.publicKey)];

const BODY = Buffer.from('{"type":"ContactCreate","appId":"app-1"}');
const signed = (rawBody = BODY, key = ours.privateKey): string =>
  sign(null, rawBody, key).toString('base64');

interface Setting {
  readonly appId?: string;
  readonly production?: boolean;
  readonly publicKeys?: readonly string[];
}

const verdict = (
  signature: string | string[] | undefined,
  setting: Setting = {},
  rawBody: Buffer = BODY,
) =>
  new Ed25519Signature({ publicKeys: PUBLIC_KEYS, production: false, ...setting }).verify({
    rawBody,
    headers: signature === undefined ? {} : { 'x-ghl-signature': signature },
  });

describe('Ed25519Signature', () => {
  it.each([
    ['the current key', signed()],
    ['the key before', signed(BODY, old.privateKey)],
    ['a signature without padding', signed().replace(/=+$/, '')],
  ])('accepts %s', async (_case, signature) => {
    await expect(verdict(signature)).resolves.toBe('valid');
  });

  it.each([
    ['a foreign key', signed(BODY, foreign.privateKey)],
    ['the signature of another body', signed(Buffer.from('{}'))],
    ['64 zero bytes', Buffer.alloc(64).toString('base64')],
  ])('refuses %s', async (_case, signature) => {
    await expect(verdict(signature)).resolves.toBe('invalid');
  });

  it.each([
    ['no header', undefined],
    ['N/A', 'N/A'],
    ['63 bytes', Buffer.alloc(63).toString('base64')],
    ['65 bytes', Buffer.alloc(65).toString('base64')],
    ['64 hex digits', 'a'.repeat(64)],
    ['non-ASCII text', 'é'.repeat(86)],
    ['an array', [signed()]],
    ['two headers joined', `${signed()}, ${signed()}`],
  ])('has nothing to say to %s', async (_case, signature) => {
    await expect(verdict(signature)).resolves.toBe('not_applicable');
  });

  it.each([
    ['its own app', '{"appId":"app-1"}', 'valid'],
    ['its own app inside a data wrapper', '{"data":{"appId":"app-1"}}', 'valid'],
    ['another app', '{"appId":"app-2"}', 'invalid'],
    ['no app', '{}', 'invalid'],
    ['an app of another type', '{"appId":["app-1"]}', 'invalid'],
    ['an array', '["app-1"]', 'invalid'],
    ['a body that is no JSON', 'appId=app-1', 'invalid'],
    ['an empty body', '', 'invalid'],
  ])('with an app id, an event of %s', async (_case, text, expected) => {
    const body = Buffer.from(text);
    await expect(verdict(signed(body), { appId: 'app-1' }, body)).resolves.toBe(expected);
  });

  it('takes any app of the CRM while no app id is set, outside production', async () => {
    await expect(verdict(signed(), { appId: ' ' })).resolves.toBe('valid');
  });

  it('is off in production until the app id is set', async () => {
    await expect(verdict(signed(), { production: true })).resolves.toBe('not_applicable');
    await expect(verdict(signed(), { production: true, appId: 'app-1' })).resolves.toBe('valid');
  });

  it("trusts HighLevel's published key where none is given", async () => {
    await expect(verdict(signed(), { publicKeys: [] })).resolves.toBe('invalid');
  });

  it('names the key that is none', () => {
    const broken = { publicKeys: [...PUBLIC_KEYS, 'nonsense'], production: false };
    expect(() => new Ed25519Signature(broken)).toThrow('public key 3 is not an Ed25519 public key');
  });
});
