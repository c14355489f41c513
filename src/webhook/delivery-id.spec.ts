import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deliveryOf, TTL_SECONDS } from './normalise/testing/normalise-body.js';

interface DeliveryIdVector {
  readonly payload: Record<string, unknown>;
  readonly id: string;
}

const vectors = JSON.parse(
  readFileSync('test/fixtures/vectors/delivery-ids.json', 'utf8'),
) as DeliveryIdVector[];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const PLAIN = { type: 'message.received', location_id: 'L', contact_id: 'C' };
const TIMESTAMP = '2026-02-10T10:00:00Z';

describe('delivery id', () => {
  it.each(vectors)('is $id for the known answer', ({ payload, id }) => {
    expect(deliveryOf(payload).deliveryId).toBe(id);
  });

  it.each<[string, object, string]>([
    ['webhookId', { webhookId: 'a', webhook_id: 'b', eventId: 'c', event_id: 'd' }, 'a'],
    ['webhook_id', { webhookId: ' ', webhook_id: 'b', eventId: 'c' }, 'b'],
    ['eventId', { eventId: 'c', event_id: 'd', messageId: 'e' }, 'c'],
    ['event_id', { webhookId: null, event_id: 'd', messageId: 'e' }, 'd'],
    ['event_id of the custom data', { customData: { event_id: 'f' }, messageId: 'e' }, 'f'],
    ['messageId', { messageId: 'e', id: 'g' }, 'e'],
    ['id', { id: 'g', timestamp: TIMESTAMP }, 'g'],
    ['a number', { webhookId: 0 }, '0'],
    ['no object', { webhookId: {}, eventId: ['x'], id: 'g' }, 'g'],
  ])('is taken from %s', (_place, body, id) => {
    expect(deliveryOf({ ...PLAIN, ...body }).deliveryId).toBe(id);
  });

  it.each([
    ['a contact', { type: 'ContactCreate', locationId: 'L', id: 'C' }],
    ['a deal', { type: 'OpportunityUpdate', locationId: 'L', contactId: 'C', id: 'O' }],
    ['a deal in a workflow', { workflow: {}, location: { id: 'L' }, contact_id: 'C', id: 'O' }],
    ['an unknown event', { type: 'something.else', id: 'X' }],
  ])('is not the id of %s', (_case, body) => {
    expect(deliveryOf(body).deliveryId).toMatch(/^[0-9a-f]{64}$/);
  });

  it('adds the text to the hash, so that two messages of one second differ', () => {
    const delivery = deliveryOf({ ...PLAIN, timestamp: TIMESTAMP, message: 'Yes' });
    const event = sha256(`C:${TIMESTAMP}:message.received`);
    expect(delivery.deliveryId).toBe(`${event}:${sha256('Yes')}`);
  });

  it('hashes the timestamp as sent, usable or not', () => {
    const delivery = deliveryOf({ ...PLAIN, timestamp: ' +010000-01-01 ' });
    expect(delivery.deliveryId).toBe(sha256('C: +010000-01-01 :message.received'));
  });

  it('is the hash of the body, held ten minutes, without a timestamp', () => {
    const body = { ...PLAIN, message: 'Yes', timestamp: ' ' };
    const delivery = deliveryOf(body);
    expect(delivery.deliveryId).toBe(sha256(JSON.stringify(body)));
    expect(delivery.claims).toEqual([{ id: delivery.deliveryId, ttlSeconds: 600 }]);
  });
});

describe('claims', () => {
  const MESSAGE = { type: 'InboundMessage', locationId: 'L', contactId: 'C', body: 'Hi' };

  it('are the delivery and the message, whichever way it came', () => {
    expect(deliveryOf({ ...MESSAGE, webhookId: 'W', messageId: 'M' }).claims).toEqual([
      { id: 'W', ttlSeconds: TTL_SECONDS },
      { id: 'msg:M', ttlSeconds: TTL_SECONDS },
    ]);
    const plain = deliveryOf({ ...PLAIN, id: 'E', message: { id: 'M', body: 'Hi' } });
    expect(plain.claims.map(({ id }) => id)).toEqual(['E', 'msg:M']);
  });

  it('do not hold back a later status of an outbound message', () => {
    const body = { ...MESSAGE, type: 'OutboundMessage', webhookId: 'W', messageId: 'M' };
    expect(deliveryOf(body).claims.map(({ id }) => id)).toEqual(['W']);
  });
});
