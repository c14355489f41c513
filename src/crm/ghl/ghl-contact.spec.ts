import { describe, expect, it } from '@jest/globals';
import { readContact } from './ghl-contact.js';

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
