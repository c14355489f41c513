import { describe, expect, it } from '@jest/globals';
import { deliveryOf, refusedFields, RECEIVED_AT } from './testing/normalise-body.js';

const PLAIN = { type: 'message.received', location_id: 'L', contact_id: 'C' };

function leadOf(body: object) {
  const { event } = deliveryOf({ ...PLAIN, ...body });
  if (event.kind !== 'lead') throw new Error(`expected a lead, got ${event.kind}`);
  return event;
}

describe('the plain form', () => {
  it.each(['contact.created', 'message.received', 'conversation.new'])('%s is a lead', (type) => {
    expect(deliveryOf({ ...PLAIN, type }).event).toMatchObject({
      kind: 'lead',
      type,
      locationId: 'L',
      contactId: 'C',
      text: '',
      contact: {},
      source: null,
      channel: null,
      replyChannel: 'SMS',
    });
  });

  it('contact.updated is a change with its statuses in order of authority', () => {
    const body = {
      ...PLAIN,
      type: 'contact.updated',
      stage: 'Under Contract',
      contact: { status: 'open', first_name: 'Ann' },
      opportunity: { status: 'won' },
      customData: { opportunity_status: 'Closed Won' },
    };
    expect(deliveryOf(body).event).toMatchObject({
      kind: 'change',
      subject: 'contact',
      contact: { firstName: 'Ann' },
      signals: [
        { field: 'opportunity_status', value: 'Closed Won', subject: 'opportunity' },
        { field: 'status', value: 'open', subject: 'contact' },
        { field: 'status', value: 'won', subject: 'opportunity' },
        { field: 'stage', value: 'Under Contract', subject: 'contact' },
      ],
    });
  });

  it.each<[unknown, string]>([
    ['hello', 'hello'],
    [450000, '450000'],
    [{ body: 'inside' }, 'inside'],
    [{ text: 'inside' }, 'inside'],
    [{ message: 'inside' }, 'inside'],
    [{ body: ' ', text: 'second' }, 'second'],
    [{ body: { body: 'too deep' } }, ''],
    ['cut \ud83d emoji \u0000', 'cut \uFFFD emoji '],
    ['whole 😀', 'whole 😀'],
    [null, ''],
    [true, ''],
    [['hello'], ''],
  ])('reads the message %j as %j', (message, text) => {
    expect(leadOf({ message }).text).toBe(text);
  });

  it.each<[string, object, string | null]>([
    ['contact.source', { contact: { source: ' Facebook Ads ' } }, 'facebook ads'],
    ['contact.lead_source', { contact: { source: ' ', lead_source: 'Zillow' } }, 'zillow'],
    ['contact.sourceName', { contact: { sourceName: 'Zillow' } }, 'zillow'],
    ['contact.utm_source', { contact: { utm_source: 'google' } }, 'google'],
    ['contact_source', { contact_source: 'Web form' }, 'web form'],
    ['attributionSource', { attributionSource: { utmSource: 'bing' } }, 'bing'],
    ['its contact twin', { contact: { attributionSource: { utmSource: 'bing' } } }, 'bing'],
    ['conversation.source', { conversation: { source: 'widget' } }, 'widget'],
    ['the first that speaks', { contact: { source: 'a' }, contact_source: 'b' }, 'a'],
    ['nothing of another type', { contact: { source: 7, lead_source: ['x'] } }, null],
    ['no channel', { conversation: { channel: 'sms' } }, null],
  ])('takes the source from %s', (_place, body, source) => {
    expect(leadOf(body).source).toBe(source);
  });

  it('keeps the channel apart from the source', () => {
    const event = leadOf({ conversation: { channel: ' WhatsApp ', id: 'conv' } });
    expect(event).toMatchObject({
      channel: 'whatsapp',
      replyChannel: 'WhatsApp',
      conversationId: 'conv',
    });
  });

  it.each<[object, object]>([
    [{ name: 'Ann Lee' }, { firstName: 'Ann' }],
    [{ full_name: 'Bo  Li' }, { firstName: 'Bo' }],
    [{ firstName: 'Ann', name: 'Other' }, { firstName: 'Ann' }],
    [
      { last_name: 'Lee', phone: '+1', timezone: 'America/Chicago' },
      { lastName: 'Lee', phone: '+1', timezone: 'America/Chicago' },
    ],
    [{ tags: 'a, b,, c ' }, { tags: ['a', 'b', 'c'] }],
    [{ tags: ['a', 5, null, ' ', 'b'] }, { tags: ['a', 'b'] }],
    [{ tags: '' }, { tags: [] }],
    [{ dnd: 'true' }, { dnd: true }],
    [{ dnd: false }, { dnd: false }],
    [{ assigned_to: 'user' }, { assignedTo: 'user' }],
    [{ first_name: 'A\u0000\ud83d' }, { firstName: 'A\uFFFD' }],
    [{ first_name: 5, email: {}, phone: [], tags: {}, dnd: 1, timezone: true, name: null }, {}],
  ])('reads the contact %j', (contact, expected) => {
    expect(leadOf({ contact }).contact).toEqual(expected);
  });

  it('bounds what it keeps of a contact', () => {
    const contact = {
      first_name: 'x'.repeat(10_000),
      tags: Array.from({ length: 5_000 }, (_, at) => `tag ${at}`),
    };
    const profile = leadOf({ contact }).contact;
    expect(profile.firstName).toHaveLength(256);
    expect(profile.tags).toHaveLength(200);
  });

  it.each([
    ['2026-11-01T11:59:00Z', '2026-11-01T11:59:00.000Z'],
    ['2026-11-01T11:59:00', '2026-11-01T11:59:00.000Z'],
    ['2026-11-01 06:59:00.5 -0500', '2026-11-01T11:59:00.500Z'],
    ['2026-10-31', '2026-10-31T00:00:00.000Z'],
    [1_793_534_340, '2026-11-01T11:59:00.000Z'],
    ['1793534340000', '2026-11-01T11:59:00.000Z'],
    ['2026-11-01T12:05:00Z', '2026-11-01T12:05:00.000Z'],
  ])('dates the event by its timestamp %s', (timestamp, expected) => {
    expect(leadOf({ timestamp }).occurredAt.toISOString()).toBe(expected);
  });

  it.each([
    '2026-11-01T12:05:01Z',
    '+010000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '1999-12-31T23:59:59Z',
    '2026-02-30T25:00:00Z',
    'yesterday',
    'banana 1',
    '',
    1e300,
    -5,
    null,
    {},
    ['2026-11-01'],
  ])('dates the event by its arrival where the timestamp is %j', (timestamp) => {
    expect(leadOf({ timestamp }).occurredAt).toEqual(RECEIVED_AT);
  });

  it.each<[string, object, string[]]>([
    ['no contact', { contact_id: undefined }, ['contact_id']],
    ['a blank contact', { contact_id: '  ' }, ['contact_id']],
    ['a contact of another type', { contact_id: { id: 'C' } }, ['contact_id']],
    ['a contact that is true', { contact_id: true }, ['contact_id']],
    ['no location', { location_id: null }, ['location_id']],
    ['an id of 10,000 characters', { contact_id: 'x'.repeat(10_000) }, ['contact_id']],
    ['an id of 257 characters', { location_id: 'x'.repeat(257) }, ['location_id']],
    ['an id with NUL', { contact_id: 'a\u0000b' }, ['contact_id']],
    ['an id with half an emoji', { contact_id: 'a\ud83d' }, ['contact_id']],
    ['a delivery id of 257 characters', { id: 'x'.repeat(257) }, ['id']],
    ['an event id of 257 characters', { event_id: 'x'.repeat(257) }, ['webhookId']],
    ['a message id that is one twice', { messageId: 'x'.repeat(257) }, ['messageId']],
    ['a message id with NUL', { message: { id: '\u0000' } }, ['messageId']],
    ['several faults', { contact_id: Number.NaN, location_id: [] }, ['location_id', 'contact_id']],
  ])('refuses %s, once, by the name of the field', (_case, body, fields) => {
    expect(refusedFields({ ...PLAIN, ...body })).toEqual(fields);
  });

  it('takes ids of 256 characters, of numbers, and with space around', () => {
    expect(leadOf({ contact_id: 'x'.repeat(256) }).contactId).toHaveLength(256);
    expect(leadOf({ contact_id: 42 }).contactId).toBe('42');
    expect(leadOf({ contact_id: ' C ' }).contactId).toBe('C');
    expect(leadOf({ contact_id: '', contact: { id: 'inner' } }).contactId).toBe('inner');
  });
});
