import { describe, expect, it } from '@jest/globals';
import { normalisedAddresses, normalisedEmail, normalisedPhone } from './addresses.js';

describe('normalisedPhone', () => {
  it.each([
    ['+19725550143', '+19725550143'],
    ['(972) 555-0143', '+19725550143'],
    ['1-972-555-0143', '+19725550143'],
    ['+49 30 1234567', '+49301234567'],
    ['0049 30 1234567', '+49301234567'],
    ['+44 1234 5678', '+4412345678'],
    ['55512', undefined],
    ['', undefined],
    ['call me', undefined],
    ['+1234567890123456', undefined],
  ])('reads %j as %j', (text, phone) => {
    expect(normalisedPhone(text)).toBe(phone);
  });
});

describe('normalisedEmail', () => {
  it.each([
    [' Dana@Example.COM ', 'dana@example.com'],
    ['dana', undefined],
    ['dana @example.com', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, email) => {
    expect(normalisedEmail(text)).toBe(email);
  });
});

describe('normalisedAddresses', () => {
  it('are those that are there', () => {
    expect(normalisedAddresses({ contactId: 'c', phone: '9725550143', email: 'A@b.c' })).toEqual([
      { kind: 'contact', value: 'c' },
      { kind: 'phone', value: '+19725550143' },
      { kind: 'email', value: 'a@b.c' },
    ]);
    expect(normalisedAddresses({ contactId: null, phone: 'none', email: undefined })).toEqual([]);
  });
});
