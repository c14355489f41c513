import { describe, expect, it } from '@jest/globals';
import { deliveryOf, refusedFields, RECEIVED_AT } from './testing/normalise-body.js';

const MESSAGE = {
  type: 'InboundMessage',
  locationId: 'L',
  contactId: 'C',
  direction: 'inbound',
  messageType: 'SMS',
  body: 'Hello',
};
const eventOf = (body: object) => deliveryOf(body).event;

describe('InboundMessage', () => {
  it('is a lead that names no source', () => {
    const body = {
      ...MESSAGE,
      source: 'app',
      messageId: 'M',
      conversationId: 'V',
      status: 'delivered',
    };
    expect(eventOf(body)).toMatchObject({
      kind: 'lead',
      contactId: 'C',
      text: 'Hello',
      source: null,
      channel: null,
      messageId: 'M',
      conversationId: 'V',
      signals: [],
    });
  });

  it.each<[string, object]>([
    ['is outbound', { direction: 'Outbound' }],
    ['has no text', { body: undefined }],
    ['has blank text', { body: ' \n' }],
    ['has a text of another type', { body: ['Hello'] }],
    ['is an e-mail of a picture', { messageType: 'Email', body: '<img src="x">' }],
  ])('is no lead when it %s', (_case, change) => {
    expect(eventOf({ ...MESSAGE, ...change })).toMatchObject({
      kind: 'other',
      known: true,
      contactId: 'C',
    });
  });

  it('is inbound where it does not say', () => {
    expect(eventOf({ ...MESSAGE, direction: undefined }).kind).toBe('lead');
  });

  it.each([
    ['SMS', 'SMS'],
    ['Email', 'Email'],
    ['WhatsApp', 'WhatsApp'],
    ['IG', 'IG'],
    ['FB', 'FB'],
    ['Live_Chat', 'Live_Chat'],
    ['TYPE_INSTAGRAM', 'IG'],
    ['CALL', 'SMS'],
    ['constructor', 'SMS'],
    [null, 'SMS'],
  ])('from %s is answered on %s', (messageType, replyChannel) => {
    expect(eventOf({ ...MESSAGE, messageType })).toMatchObject({ replyChannel });
  });

  it('is read as HTML when it is an e-mail, and only then', () => {
    const body = '<p>Budget &lt; $500k</p><style>p{}</style>';
    expect(eventOf({ ...MESSAGE, messageType: 'Email', body })).toMatchObject({
      text: 'Budget < $500k',
    });
    expect(eventOf({ ...MESSAGE, body })).toMatchObject({ text: body });
  });

  it.each<[object, string]>([
    [
      { dateAdded: '2026-11-01T11:00:00Z', timestamp: '2026-11-01T11:30:00Z' },
      '2026-11-01T11:00:00.000Z',
    ],
    [{ dateAdded: 'never', timestamp: '2026-11-01T11:30:00Z' }, '2026-11-01T11:30:00.000Z'],
    [{}, RECEIVED_AT.toISOString()],
  ])('is dated by %j', (times, expected) => {
    expect(eventOf({ ...MESSAGE, ...times }).occurredAt.toISOString()).toBe(expected);
  });

  it('needs its contact and its location', () => {
    expect(refusedFields({ type: 'InboundMessage', body: 'x' })).toEqual([
      'locationId',
      'contactId',
    ]);
  });

  it('is read inside a data wrapper too', () => {
    const { type, ...data } = MESSAGE;
    const delivery = deliveryOf({ type, webhookId: 'W', data });
    expect(delivery).toMatchObject({ deliveryId: 'W', event: { kind: 'lead', text: 'Hello' } });
  });
});

describe('OutboundMessage', () => {
  it.each(['inbound', 'outbound', undefined])(
    'is outbound when its direction is %s',
    (direction) => {
      const body = {
        ...MESSAGE,
        type: 'OutboundMessage',
        direction,
        source: 'App',
        userId: 'U',
        status: 'failed',
        messageId: 'M',
      };
      expect(eventOf(body)).toMatchObject({
        kind: 'outbound',
        sentBy: 'app',
        userId: 'U',
        status: 'failed',
        messageId: 'M',
        text: 'Hello',
      });
    },
  );
});

describe('contact events', () => {
  const CONTACT = { type: 'ContactUpdate', locationId: 'L', id: 'C' };

  it('name the contact in `id`', () => {
    expect(eventOf(CONTACT)).toMatchObject({ kind: 'change', subject: 'contact', contactId: 'C' });
    expect(refusedFields({ type: 'ContactCreate', locationId: 'L' })).toEqual(['id']);
  });

  it('are dated by `timestamp`, a creation by `dateAdded`', () => {
    const times = { dateAdded: '2026-10-01T00:00:00Z', timestamp: '2026-10-02T00:00:00Z' };
    expect(eventOf({ ...CONTACT, ...times }).occurredAt).toEqual(new Date(times.timestamp));
    const created = eventOf({ ...CONTACT, ...times, type: 'ContactCreate' });
    expect(created.occurredAt).toEqual(new Date(times.dateAdded));
  });

  it.each<[boolean, object]>([
    [true, { dnd: true }],
    [true, { dnd: 'true' }],
    [true, { dnd: true, dndSettings: { SMS: { status: 'inactive' } } }],
    [true, { dnd: false, dndSettings: { SMS: { status: 'active' } } }],
    [true, { dndSettings: { sms: { status: 'permanent' } } }],
    [false, { dnd: false }],
    [false, {}],
    [false, { dndSettings: { SMS: { status: 'inactive' }, Email: { status: 'active' } } }],
    [false, { dnd: 1, dndSettings: [{ SMS: { status: 'active' } }] }],
    [false, { dndSettings: { SMS: 'active' } }],
  ])('block texting: %s for %j', (doNotDisturb, settings) => {
    expect(eventOf({ ...CONTACT, type: 'ContactDndUpdate', ...settings })).toMatchObject({
      kind: 'change',
      subject: 'consent',
      doNotDisturb,
      signals: doNotDisturb ? [{ field: 'dnd', value: 'dnd', subject: 'consent' }] : [],
    });
  });

  it('list the tags as signals', () => {
    expect(eventOf({ ...CONTACT, type: 'ContactTagUpdate', tags: ['Won', 'x'] })).toMatchObject({
      subject: 'tag',
      contact: { tags: ['Won', 'x'] },
      signals: [
        { field: 'tags', value: 'Won', subject: 'tag' },
        { field: 'tags', value: 'x', subject: 'tag' },
      ],
    });
    expect(eventOf({ ...CONTACT, type: 'ContactTagUpdate', tags: null })).toMatchObject({
      signals: [],
    });
  });
});

describe('opportunities and appointments', () => {
  it('an opportunity carries its status and its source', () => {
    const body = {
      type: 'OpportunityStageUpdate',
      locationId: 'L',
      id: 'O',
      contactId: 'C',
      status: 'won',
      source: 'Zillow',
    };
    expect(eventOf(body)).toMatchObject({
      kind: 'change',
      subject: 'opportunity',
      contactId: 'C',
      source: 'zillow',
      signals: [{ field: 'status', value: 'won', subject: 'opportunity' }],
    });
  });

  it.each([[5], [null], [['won']], [{ name: 'won' }], ['  ']])(
    'an opportunity of status %j carries none',
    (status) => {
      const body = { type: 'OpportunityUpdate', locationId: 'L', contactId: 'C', status };
      expect(eventOf(body)).toMatchObject({ signals: [] });
    },
  );

  const APPOINTMENT = {
    type: 'AppointmentUpdate',
    locationId: 'L',
    appointment: { contactId: 'C', appointmentStatus: 'showed', source: 'booking_widget' },
  };

  it('an appointment carries its state; its source is not the lead’s', () => {
    expect(eventOf(APPOINTMENT)).toMatchObject({
      kind: 'change',
      subject: 'appointment',
      contactId: 'C',
      source: null,
      signals: [{ field: 'appointmentStatus', value: 'showed', subject: 'appointment' }],
    });
  });

  it('a deleted appointment carries none', () => {
    expect(eventOf({ ...APPOINTMENT, type: 'AppointmentDelete' })).toMatchObject({ signals: [] });
  });

  it('an appointment without its object names no contact', () => {
    expect(refusedFields({ ...APPOINTMENT, appointment: 'tomorrow' })).toEqual(['contactId']);
  });
});

describe('other events', () => {
  it.each([
    ['INSTALL', true],
    ['TaskComplete', true],
    ['NoteUpdate', true],
    ['LocationUpdate', true],
    ['UserCreate', true],
    ['InvoicePaid', true],
    ['SomethingNew', false],
    ['Taskmaster', false],
    ['constructor', false],
    ['__proto__', false],
  ])('%s is known: %s', (type, known) => {
    expect(eventOf({ type })).toMatchObject({
      kind: 'other',
      type,
      known,
      locationId: 'unknown',
      contactId: null,
    });
  });

  it('a deleted contact names itself in `id`, a note does not', () => {
    expect(eventOf({ type: 'ContactDelete', locationId: 'L', id: 'C' })).toMatchObject({
      contactId: 'C',
    });
    expect(eventOf({ type: 'NoteCreate', locationId: 'L', id: 'N' })).toMatchObject({
      contactId: null,
    });
  });

  it('an event without location goes to its company', () => {
    expect(eventOf({ type: 'UserCreate', companyId: 'A' })).toMatchObject({ locationId: 'A' });
  });
});
