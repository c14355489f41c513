import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseDelivery } from './normalise-delivery.js';
import {
  deliveryOf,
  normaliseBody,
  RECEIVED_AT,
  refusedFields,
  TTL_SECONDS,
} from './testing/normalise-body.js';

const PLAIN = { type: 'message.received', location_id: 'L', contact_id: 'C' };

const TYPES = [
  'contact.created',
  'message.received',
  'contact.updated',
  'ContactCreate',
  'ContactTagUpdate',
  'ContactDndUpdate',
  'InboundMessage',
  'OutboundMessage',
  'OpportunityUpdate',
  'AppointmentCreate',
  'INSTALL',
  'SomethingNew',
  undefined,
];

/** Every field that any shape looks at. */
const FIELDS =
  'location_id locationId location contact_id contactId id contact conversation message body text data customData workflow appointment opportunity attributionSource dndSettings dnd tags direction messageType messageTypeString messageId conversationId conversation_id userId source status stage timestamp dateAdded webhookId webhook_id eventId event_id companyId first_name firstName name phone email timezone assignedTo contact_source __proto__ constructor'.split(
    ' ',
  );

const WRONG_VALUES = [
  null,
  true,
  0,
  -1.5,
  '',
  '  ',
  [],
  [[]],
  {},
  { id: {} },
  { body: [] },
  [null],
];

/** Builds with own keys only, `__proto__` included, as JSON.parse does. */
function withField(body: object, field: string, value: unknown): unknown {
  return JSON.parse(
    `{${[...Object.entries(body), [field, value]]
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`)
      .join(',')}}`,
  );
}

/** The first string that PostgreSQL would refuse, wherever it lies. */
function unstorable(value: unknown): string | undefined {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const item = pending.pop();
    if (typeof item === 'string' && (item.includes('\u0000') || /\p{Surrogate}/u.test(item)))
      return item;
    if (typeof item === 'object' && item !== null) pending.push(...Object.values(item));
  }
  return undefined;
}

describe('what is no known shape', () => {
  it.each<[string, unknown, string[]]>([
    ['an empty object', {}, ['type']],
    ['no type', { location_id: 'L', contact_id: 'C' }, ['type']],
    ['a blank type', { ...PLAIN, type: ' ' }, ['type']],
    ['a type that is a number', { ...PLAIN, type: 5 }, ['type']],
    ['a type that is a list', { ...PLAIN, type: ['message.received'] }, ['type']],
    ['a type of 10,000 characters', { type: 'x'.repeat(10_000) }, ['type']],
    ['a type with NUL', { type: 'a\u0000b' }, ['type']],
    [
      'an unknown type with a bad location',
      { type: 'x', locationId: 'x'.repeat(300) },
      ['locationId'],
    ],
    ['a list', [PLAIN], ['']],
    ['a string', 'message.received', ['']],
    ['null', null, ['']],
  ])('%s is refused, and the field named', (_case, body, fields) => {
    expect(refusedFields(body)).toEqual(fields);
    expect(refusedFields(body, 'unverified').length).toBeGreaterThan(0);
  });

  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['a list', [PLAIN]],
    ['a lead without contact', { type: 'InboundMessage', locationId: 'L', body: 'Hi' }],
    ['an id of 10,000 characters', { type: 'ContactCreate', id: 'x'.repeat(10_000) }],
  ])('%s is kept as unrecognised when the CRM signed it', (_case, body) => {
    const { event, claims } = deliveryOf(body, 'ed25519');
    expect(event).toMatchObject({ kind: 'other', known: false, contactId: null });
    expect(claims).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{64}$/), ttlSeconds: 600 }]);
  });

  it('keeps the good ids of an unrecognised delivery', () => {
    const body = { type: 'InboundMessage', locationId: 'L', webhookId: 'W' };
    expect(deliveryOf(body, 'ed25519')).toMatchObject({
      deliveryId: 'W',
      locationId: 'L',
      claims: [{ id: 'W', ttlSeconds: TTL_SECONDS }],
      event: { type: 'InboundMessage', locationId: 'L' },
    });
  });

  it('an unknown type of an authentic sender is acknowledged', () => {
    expect(deliveryOf({ type: 'Novelty', locationId: 'L' }).event).toMatchObject({
      kind: 'other',
      known: false,
    });
  });
});

describe('hostile bodies', () => {
  const cases = TYPES.flatMap((type) => FIELDS.map((field) => [type, field] as const));

  it.each(cases)('%s survives any type in `%s`', (type, field) => {
    for (const value of WRONG_VALUES) {
      const body = withField({ type, locationId: 'L', contactId: 'C', id: 'C' }, field, value);
      expect(typeof normaliseBody(body).ok).toBe('boolean');
    }
  });

  it('is not changed by prototype keys', () => {
    const text =
      '{"type":"message.received","location_id":"L","contact_id":"C","__proto__":{"dnd":true,"source":"evil"},"contact":{"__proto__":{"source":"evil"},"constructor":{"prototype":{"source":"evil"}}},"data":{"__proto__":{"message":"evil"}}}';
    const rawBody = Buffer.from(text);
    const parsed: unknown = JSON.parse(text);
    const result = normaliseDelivery({
      rawBody,
      parsed,
      receivedAt: RECEIVED_AT,
      scheme: 'hmac',
      ttlSeconds: TTL_SECONDS,
    });
    expect(result).toMatchObject({ ok: true, delivery: { event: { source: null, text: '' } } });
    expect(({} as Record<string, unknown>)['source']).toBeUndefined();
  });

  it.each(['message', 'contact', 'customData', 'data', 'type', 'tags', 'timestamp'])(
    'survives 50,000 levels below `%s`',
    (field) => {
      const depth = 50_000;
      const deep = `${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`;
      const rawBody = Buffer.from(
        `{"location_id":"L","contact_id":"C",${field === 'type' ? '' : '"type":"message.received",'}"${field}":${deep}}`,
      );
      const parsed: unknown = JSON.parse(rawBody.toString());
      const incoming = { rawBody, parsed, receivedAt: RECEIVED_AT, ttlSeconds: TTL_SECONDS };
      expect(normaliseDelivery({ ...incoming, scheme: 'hmac' }).ok).toBe(field !== 'type');
    },
  );

  it('leaves the body as it was', () => {
    const parsed = Object.freeze({
      ...PLAIN,
      contact: Object.freeze({ tags: Object.freeze(['a']) }),
    });
    const rawBody = Buffer.from(JSON.stringify(parsed));
    const incoming = { rawBody, parsed, receivedAt: RECEIVED_AT, ttlSeconds: TTL_SECONDS };
    expect(normaliseDelivery({ ...incoming, scheme: 'hmac' }).ok).toBe(true);
  });

  it('keeps bytes that are no UTF-8 as a storable body', () => {
    const rawBody = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const incoming = { rawBody, parsed: PLAIN, receivedAt: RECEIVED_AT, ttlSeconds: TTL_SECONDS };
    const result = normaliseDelivery({ ...incoming, scheme: 'hmac' });
    expect(result).toMatchObject({ ok: true, delivery: { body: '{"a":"\uFFFD"}' } });
  });
});

describe('for arbitrary bodies', () => {
  const unruly = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `${text}\u0000\ud83d`);
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
    unruly as fc.Arbitrary<unknown>,
  );
  const bodies = fc
    .tuple(
      fc.constantFrom(...TYPES),
      fc.dictionary(fc.constantFrom(...FIELDS), anything, { maxKeys: 12 }),
    )
    .map(([type, fields]) => ({ location_id: 'L', contact_id: 'C', id: 'C', ...fields, type }));

  it('never throws, and keeps only what can be stored', () => {
    fc.assert(
      fc.property(fc.oneof(bodies, anything), (body) => {
        const result = normaliseBody(body ?? null);
        if (!result.ok) return result.errors.length > 0;
        return unstorable(result.delivery) === undefined;
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses nothing that the CRM signed', () => {
    fc.assert(
      fc.property(fc.oneof(bodies, anything), (body) => normaliseBody(body ?? null, 'ed25519').ok),
      { numRuns: 1_000 },
    );
  });

  it('gives one delivery one id', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const [first, again] = [normaliseBody(body), normaliseBody(body)];
        return !first.ok || (again.ok && first.delivery.deliveryId === again.delivery.deliveryId);
      }),
    );
  });
});
