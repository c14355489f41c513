import { createHash, timingSafeEqual } from 'node:crypto';

/** In constant time: how long it takes tells neither where two texts differ nor how long the secret is. */
export function isSameSecret(offered: string, secret: string): boolean {
  return timingSafeEqual(digestOf(offered), digestOf(secret));
}

/** Digests are equally long, whatever they are made of. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
