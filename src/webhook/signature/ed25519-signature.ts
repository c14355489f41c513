import { verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { HIGHLEVEL_PUBLIC_KEY, parseEd25519PublicKey } from '../../config/ed25519-public-key.js';
import { isRecord } from '../../shared/loose-json.js';
import { parseJsonBody, unwrapEnvelope } from '../normalise/payload.js';
import {
  SIGNATURE_HEADER,
  singleHeader,
  type SignatureOptions,
  type SignatureScheme,
  type SignatureVerdict,
  type SignedRequest,
} from './signature-schemes.js';

/** Base64 of 64 bytes: 86 digits, of which the last carries only two bits, and the optional padding. */
const BASE64_SIGNATURE = /^[A-Za-z0-9+/]{85}[AQgw](?:==)?$/;

/** In the thread pool, so that checking one delivery does not hold up the others. */
const verifyInPool = promisify(
  (
    body: Buffer,
    key: KeyObject,
    signature: Buffer,
    done: (error: Error | null, isValid: boolean) => void,
  ) => verify(null, body, key, signature, done),
);

/**
 * `X-GHL-Signature: <base64 of 64 bytes>`, HighLevel's own signature. One key signs the events of
 * every app, so it proves only "HighLevel sent this"; that it was sent to us is said by `appId`.
 */
export class Ed25519Signature implements SignatureScheme {
  readonly name = 'ed25519';
  private readonly keys: readonly KeyObject[];
  private readonly appId: string | undefined;

  constructor({
    publicKeys,
    appId,
    production,
  }: Pick<SignatureOptions, 'publicKeys' | 'appId' | 'production'>) {
    this.appId = appId?.trim() || undefined;
    const isOff = production && this.appId === undefined;
    this.keys = isOff ? [] : readKeys(publicKeys);
  }

  async verify({ rawBody, headers }: SignedRequest): Promise<SignatureVerdict> {
    const header = singleHeader(headers, SIGNATURE_HEADER);
    if (this.keys.length === 0 || !BASE64_SIGNATURE.test(header)) return 'not_applicable';
    const isSigned = await this.isSignedByAnyKey(rawBody, Buffer.from(header, 'base64'));
    return isSigned && this.isForUs(rawBody) ? 'valid' : 'invalid';
  }

  private async isSignedByAnyKey(rawBody: Buffer, signature: Buffer): Promise<boolean> {
    const answers = await Promise.all(
      this.keys.map((key) => verifyInPool(rawBody, key, signature).catch(() => false)),
    );
    return answers.includes(true);
  }

  private isForUs(rawBody: Buffer): boolean {
    if (this.appId === undefined) return true;
    const body = parseJsonBody(rawBody);
    return body.ok && isRecord(body.value) && unwrapEnvelope(body.value)['appId'] === this.appId;
  }
}

function readKeys(publicKeys: readonly string[]): readonly KeyObject[] {
  const texts = publicKeys.length === 0 ? [HIGHLEVEL_PUBLIC_KEY] : publicKeys;
  return texts.map((text, index) => {
    const key = parseEd25519PublicKey(text);
    if (key === undefined) throw new Error(`public key ${index + 1} is not an Ed25519 public key`);
    return key;
  });
}
