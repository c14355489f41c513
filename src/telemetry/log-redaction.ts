/** Written in place of what must not be logged. */
export const REDACTED = '[redacted]';
/** Deeper than any event of ours; cycles end here. */
const MAX_DEPTH = 8;

/** Names under which a lead's words, identity or a secret travel. Compared without case, `_` and `-`. */
const PERSONAL_KEYS: ReadonlySet<string> = new Set([
  ...[
    'text',
    'message',
    'messagetext',
    'body',
    'rawbody',
    'reply',
    'html',
    'subject',
    'note',
    'turns',
    'payload',
  ],
  ...[
    'phone',
    'phonenumber',
    'email',
    'firstname',
    'lastname',
    'fullname',
    'name',
    'contactname',
    'address1',
  ],
  ...[
    'authorization',
    'token',
    'accesstoken',
    'secret',
    'password',
    'apikey',
    'signature',
    'cookie',
  ],
]);

const EMAIL = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
/** `+4915112345678`, `+1 (214) 555-0100`. */
const INTERNATIONAL_PHONE = /\+\d[\d\s().-]{5,18}\d/g;
/** `214-555-0100`, `(214) 555 0100`, `12145550100`; not part of an id, a decimal or a longer number. */
const NATIONAL_PHONE = /(?<![\w.-])(?:1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}(?![\w-])/g;

/** Copies a log parameter without what could identify a lead or repeat its words. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return redactError(value);
  if (depth >= MAX_DEPTH) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactRecord(value, depth);
}

export function redactRecord(record: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, item]: [string, unknown]) => [
      key,
      isPersonal(key) ? REDACTED : redact(item, depth + 1),
    ]),
  );
}

export function redactText(text: string): string {
  return text
    .replace(EMAIL, REDACTED)
    .replace(INTERNATIONAL_PHONE, REDACTED)
    .replace(NATIONAL_PHONE, REDACTED);
}

/** Only what we know the meaning of: a database error, for one, carries the offending row in `detail`. */
export function redactError(error: Error): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    reason: redactText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause instanceof Error ? { cause: redactError(error.cause) } : {}),
  };
}

function isPersonal(key: string): boolean {
  return PERSONAL_KEYS.has(key.toLowerCase().replace(/[_-]/g, ''));
}
