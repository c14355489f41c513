import { createPublicKey, type KeyObject } from 'node:crypto';

/**
 * The key with which HighLevel signs the events of every marketplace app; source: the marketplace
 * webhook guide, 2026-08-30.
 */
export const HIGHLEVEL_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=
-----END PUBLIC KEY-----`;

/** DER of a SubjectPublicKeyInfo up to the 32 key bytes; source: RFC 8410, section 10.1. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_KEY_BYTES = 32;

const HEX = /^(?:[0-9a-f]{2})+$/i;
const BASE64 = /^[a-z0-9+/]+={0,2}$/i;

/** Reads a key given as PEM, or as base64 or hex of the raw key or its SPKI; undefined when it is none of these. */
export function parseEd25519PublicKey(text: string): KeyObject | undefined {
  try {
    const key = readKey(text.trim());
    return key?.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function readKey(text: string): KeyObject | undefined {
  // Environment files often hold a PEM on one line, with its line ends written as \n.
  if (text.startsWith('-----BEGIN')) return createPublicKey(text.replaceAll('\\n', '\n'));
  const bytes = decodeKey(text);
  if (bytes === undefined) return undefined;
  const der = bytes.length === RAW_KEY_BYTES ? Buffer.concat([SPKI_PREFIX, bytes]) : bytes;
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

/** Hex first: its digits are base64 too, but no key has as many bytes as they would then mean. */
function decodeKey(text: string): Buffer | undefined {
  if (HEX.test(text)) return Buffer.from(text, 'hex');
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}
