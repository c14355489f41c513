import { describe, expect, it } from '@jest/globals';
import { normalisedAddresses } from './addresses.js';

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
