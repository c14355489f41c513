import { describe, expect, it } from '@jest/globals';
import { toE164, toMailbox } from './contact-address.js';

describe('toE164', () => {
  it.each([
    ['+19725550143', '+19725550143'],
    ['(972) 555-0143', '+19725550143'],
    ['1-972-555-0143', '+19725550143'],
    ['+49 30 1234567', '+49301234567'],
    ['0049 30 1234567', '+49301234567'],
    ['+44 20 7946 0000', '+442079460000'],
    ['55512', undefined],
    ['', undefined],
    ['tel 214.555.0123', '+12145550123'],
    [undefined, undefined],
    ['call me', undefined],
    ['+1234567890123456', undefined],
  ])('reads %j as %j', (text, phone) => {
    expect(toE164(text)).toBe(phone);
  });
});

describe('toMailbox', () => {
  it.each([
    [' Dana@Example.COM ', 'dana@example.com'],
    ['dana', undefined],
    ['dana @example.com', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, email) => {
    expect(toMailbox(text)).toBe(email);
  });
});
