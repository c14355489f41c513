import { describe, expect, it } from '@jest/globals';
import { parseJsonBody } from './payload.js';

describe('parseJsonBody', () => {
  it.each([
    ['an object', '{"a":1}', { a: 1 }],
    ['an array', '[1]', [1]],
    ['a bare value', '"text"', 'text'],
    ['a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
  ])('reads %s', (_case, body, value) => {
    expect(parseJsonBody(Buffer.from(body))).toEqual({ ok: true, value });
  });

  it.each([
    ['an empty body', ''],
    ['white space', '  \n'],
    ['a cut body', '{"a":'],
    ['a form', 'a=1&b=2'],
    ['a raw NUL', '{"a":"\u0000"}'],
    ['two documents', '{}{}'],
  ])('refuses %s', (_case, body) => {
    expect(parseJsonBody(Buffer.from(body))).toEqual({ ok: false });
  });

  it('replaces bytes that are no UTF-8', () => {
    const body = Buffer.concat([Buffer.from('{"a":"x'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(parseJsonBody(body)).toEqual({ ok: true, value: { a: 'x\uFFFD' } });
  });

  it('reads a body nested 100,000 levels deep', () => {
    const depth = 100_000;
    expect(parseJsonBody(Buffer.from('['.repeat(depth) + ']'.repeat(depth))).ok).toBe(true);
  });

  it('gives `__proto__` no effect on other objects', () => {
    expect(parseJsonBody(Buffer.from('{"__proto__":{"isAdmin":true}}')).ok).toBe(true);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });
});
