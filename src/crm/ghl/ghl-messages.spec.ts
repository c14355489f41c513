import { describe, expect, it } from '@jest/globals';
import { findInThread, messageBody, readSentMessage } from './ghl-messages.js';

const SINCE = new Date('2026-06-01T12:00:00Z');
const MESSAGE = { contactId: 'c1', channel: 'SMS', text: 'Hi Ann, when can you talk?' };
const SENT = {
  id: 'm1',
  direction: 'outbound',
  body: MESSAGE.text,
  dateAdded: '2026-06-01T12:00:01Z',
  conversationId: 'v1',
};
const find = (change: object, message = MESSAGE) =>
  findInThread({ messages: [{ ...SENT, ...change }] }, message, SINCE);

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
    expect(findInThread(body, MESSAGE, SINCE)).toEqual({ messageId: 'm1', conversationId: 'v1' });
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
      expect(findInThread(body, MESSAGE, SINCE)).toBeUndefined();
    },
  );
});
