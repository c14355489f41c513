/** What the raw bytes of a webhook hold. */
export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Bytes that are no UTF-8 become U+FFFD and a byte order mark is dropped: a lead is worth more than a clean string. */
export function decodeBody(rawBody: Buffer): string {
  return new TextDecoder().decode(rawBody);
}

export function parseJsonBody(rawBody: Buffer): JsonBody {
  try {
    return { ok: true, value: JSON.parse(decodeBody(rawBody)) };
  } catch {
    return { ok: false };
  }
}
