import { describe, expect, it } from '@jest/globals';
import { isDeeplyNested, MAX_JSON_DEPTH } from './json-depth.js';

const lists = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const objects = (depth: number): unknown =>
  JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

describe('isDeeplyNested', () => {
  it.each([undefined, null, 'text', 5, {}, [], { a: [{ b: 1 }] }])('lets %j pass', (value) => {
    expect(isDeeplyNested(value)).toBe(false);
  });

  it.each([lists, objects])('draws the line at the same depth for every container', (nested) => {
    expect(isDeeplyNested(nested(MAX_JSON_DEPTH))).toBe(false);
    expect(isDeeplyNested(nested(MAX_JSON_DEPTH + 1))).toBe(true);
  });

  it('survives 100,000 levels', () => {
    expect(isDeeplyNested(lists(100_000))).toBe(true);
  });
});
