import type { IncomingHttpHeaders } from 'node:http';

/**
 * The header's value where it was sent once; empty otherwise. Repeated headers reach us as an array
 * or joined by a comma; the first is dropped here, the second matches no signature's form.
 */
export function singleHeader(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The header that HMAC and Ed25519 share; their forms cannot be mistaken for each other. */
export const SIGNATURE_HEADER = 'x-ghl-signature';
