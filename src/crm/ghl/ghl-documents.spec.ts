import { describe, expect, it } from '@jest/globals';
import { findInThread, messageBody, readContact, readSentMessage } from './ghl-documents.js';

const read = (contact: unknown) => readContact({ contact });

describe('readContact', () => {
  it('reads what the port knows and leaves the rest', () => {
    const contact = read({
      id: 'c1',
      firstName: 'Ann',
      phone: '+15550001111',
      timezone: 'America/Denver',
      assignedTo: 'u1',
      tags: ['hot-lead', 7, null],
      customFields: [{ id: 'f1', value: 'x' }, { value: 'no id' }, null],
      email: 'ann@example.com',
    });
    expect(contact).toMatchObject({
      id: 'c1',
      firstName: 'Ann',
      phone: '+15550001111',
      timezone: 'America/Denver',
      assignedTo: 'u1',
      tags: ['hot-lead'],
      customFields: [{ id: 'f1', value: 'x' }],
    });
  });

  it('reads a contact of which only the id is known', () => {
    expect(read({ id: 'c1', assignedTo: null, firstName: '' })).toEqual({
      id: 'c1',
      tags: [],
      customFields: [],
      blockedChannels: [],
      isBlocked: expect.any(Function),
    });
  });

  it.each([undefined, null, 'text', {}, { contact: [] }, { contact: { id: 7 } }])(
    'finds no contact in %j',
    (body) => {
      expect(readContact(body)).toBeUndefined();
    },
  );

  it.each([
    ['nothing is set', {}, false],
    ['the whole contact is blocked', { dnd: true }, true],
    [
      'the whole contact is blocked and the channel is not',
      { dnd: true, dndSettings: { SMS: { status: 'inactive' } } },
      true,
    ],
    ['the channel is blocked', { dndSettings: { SMS: { status: 'active' } } }, true],
    ['the carrier blocks the channel', { dndSettings: { SMS: { status: 'permanent' } } }, true],
    ['the channel is spelt as in v3', { dndSettings: { sms: { status: 'active' } } }, true],
    ['another channel is blocked', { dndSettings: { Email: { status: 'active' } } }, false],
    ['the channel is open', { dnd: false, dndSettings: { SMS: { status: 'inactive' } } }, false],
    ['the settings are broken', { dndSettings: ['SMS'] }, false],
  ])('tells whether SMS is blocked when %s', (_, contact, blocked) => {
    expect(read({ id: 'c1', ...contact })?.isBlocked('SMS')).toBe(blocked);
  });
});

const SINCE = new Date('2026-06-01T12:00:00Z');
const SEARCH = { since: SINCE, taken: new Set<string>() };
const MESSAGE = { contactId: 'c1', channel: 'SMS', text: 'Hi Ann, when can you talk?' };
const SENT = {
  id: 'm1',
  direction: 'outbound',
  body: MESSAGE.text,
  dateAdded: '2026-06-01T12:00:01Z',
  conversationId: 'v1',
};
const find = (change: object, message = MESSAGE) =>
  findInThread({ messages: [{ ...SENT, ...change }] }, message, SEARCH);

describe('messageBody', () => {
  it('sends a text as it is', () => {
    expect(messageBody(MESSAGE)).toEqual({ type: 'SMS', contactId: 'c1', message: MESSAGE.text });
  });

  it('gives an e-mail a subject and escapes its text', () => {
    const body = messageBody({ contactId: 'c1', channel: 'Email', text: 'a < b & c\nd' });
    expect(body.html).toBe('<p>a &lt; b &amp; c<br>d</p>');
    expect(body.subject).not.toBe('');
  });
});

describe('readSentMessage', () => {
  it.each([
    [
      { messageId: 'm1', conversationId: 'v1' },
      { messageId: 'm1', conversationId: 'v1' },
    ],
    [{ messageIds: ['m1', 'm2'] }, { messageId: 'm1' }],
    [{ emailMessageId: 'e1' }, { messageId: 'e1' }],
    ['accepted', { messageId: '' }],
  ])('reads %j', (body, expected) => {
    expect(readSentMessage(body)).toEqual(expected);
  });
});

describe('findInThread', () => {
  it.each([
    ['as documented', { messages: [SENT] }],
    ['as it is sent', { messages: { messages: [SENT], nextPage: false } }],
  ])('finds a message in a reply %s', (_, body) => {
    expect(findInThread(body, MESSAGE, SEARCH)).toEqual({ messageId: 'm1', conversationId: 'v1' });
  });

  it.each([
    ['came in', { direction: 'inbound' }],
    ['says something else', { body: 'Hi Ann' }],
    ['continues the word', { body: `${MESSAGE.text}x` }],
    ['is older', { dateAdded: '2026-06-01T11:59:29Z' }],
    ['has no time', { dateAdded: undefined }],
    ['has no text', { body: null }],
  ])('does not take a message that %s', (_, change) => {
    expect(find(change)).toBeUndefined();
  });

  it.each([
    ['from a clock 29 s behind', { dateAdded: '2026-06-01T11:59:31Z' }],
    ['with the opt-out line appended', { body: `${MESSAGE.text}\nReply STOP to unsubscribe` }],
    ['with other white space', { body: ' Hi Ann,  when can you\r\ntalk? ' }],
  ])('takes a message %s', (_, change) => {
    expect(find(change)?.messageId).toBe('m1');
  });

  it('recognises its own e-mail', () => {
    const email = { contactId: 'c1', channel: 'Email', text: 'a < b & c\n\nBye' };
    const body = messageBody(email).html;
    expect(find({ body }, email)?.messageId).toBe('m1');
  });

  it.each([undefined, null, 'text', { messages: 'x' }, { messages: { messages: null } }])(
    'finds nothing in %j',
    (body) => {
      expect(findInThread(body, MESSAGE, SEARCH)).toBeUndefined();
    },
  );
});
