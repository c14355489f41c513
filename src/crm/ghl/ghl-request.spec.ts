import { describe, expect, it } from '@jest/globals';
import { apiVersion, requestPath } from './ghl-request.js';

describe('apiVersion', () => {
  it.each([
    ['contacts', '2021-07-28'],
    ['locations', '2021-07-28'],
    ['conversations', '2021-04-15'],
  ])('of %s is %s', (resource, version) => {
    expect(apiVersion([resource, 'x'])).toBe(version);
  });
});

describe('requestPath', () => {
  it('encodes every segment', () => {
    expect(requestPath(['contacts', 'a/b?c#d é', 'tags'])).toBe(
      '/contacts/a%2Fb%3Fc%23d%20%C3%A9/tags',
    );
  });

  it.each(['', '.', '..', 'cut \ud83d'])('has no place for the id %j', (id) => {
    expect(requestPath(['contacts', id, 'tags'])).toBeUndefined();
  });

  it.each(['...', '.a', 'whole \u{1f600}'])('takes the id %j', (id) => {
    expect(requestPath(['contacts', id])).toBe(`/contacts/${encodeURIComponent(id)}`);
  });
});
