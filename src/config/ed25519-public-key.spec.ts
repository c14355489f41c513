import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { HIGHLEVEL_PUBLIC_KEY, parseEd25519PublicKey } from './ed25519-public-key.js';

const { publicKey } = generateKeyPairSync('ed25519');
const spki = publicKey.export({ format: 'der', type: 'spki' });
const raw = spki.subarray(-32);
const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
const otherAlgorithm = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;

describe('parseEd25519PublicKey', () => {
  it.each([
    ['PEM', pem],
    ['PEM on one line', pem.trim().replaceAll('\n', '\\n')],
    ['base64 of the raw key', raw.toString('base64')],
    ['base64 without padding', raw.toString('base64').replace(/=+$/, '')],
    ['base64 of the SPKI', spki.toString('base64')],
    ['hex of the raw key', raw.toString('hex')],
    ['hex of the SPKI', spki.toString('hex').toUpperCase()],
  ])('reads %s', (_form, text) => {
    expect(parseEd25519PublicKey(` ${text} `)?.equals(publicKey)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['prose', 'not a key'],
    ['31 bytes', raw.subarray(1).toString('base64')],
    ['a cut PEM', pem.slice(0, 60)],
    ['an RSA key', otherAlgorithm.export({ format: 'pem', type: 'spki' }).toString()],
  ])('refuses %s', (_case, text) => {
    expect(parseEd25519PublicKey(text)).toBeUndefined();
  });

  it('reads the key that HighLevel publishes', () => {
    expect(parseEd25519PublicKey(HIGHLEVEL_PUBLIC_KEY)?.asymmetricKeyType).toBe('ed25519');
  });
});
