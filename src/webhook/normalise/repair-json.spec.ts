import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { repairJson } from './repair-json.js';

/** As a template makes it: the text pasted raw. */
const pasted = (text: string): string =>
  `{"contact_id": "c", "message": {"body": "${text}"}, "location_id": "L"}`;

describe('repairJson', () => {
  it.each([
    'line one\nline two',
    'a tab\there\r\nand more',
    'I said "hi" to you',
    'the 6" one, please',
    '"quoted"',
    'a "quoted, word" here',
    'ends in "quotes"',
    'He asked: "how much?", and "when?"',
    'C:\\dir',
    'plain',
    '',
  ])('mends %j', (text) => {
    expect(JSON.parse(repairJson(pasted(text)))).toEqual({
      contact_id: 'c',
      message: { body: text },
      location_id: 'L',
    });
  });

  const field = fc.stringMatching(/^[a-z_]{1,10}$/);
  const value = fc.oneof(
    fc.stringMatching(/^[A-Za-z ,.:?!{}[\]'-]{0,30}$/),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const body = fc.dictionary(field, fc.oneof(value, fc.dictionary(field, value), fc.array(value)));

  it('leaves JSON as it is', () => {
    fc.assert(
      fc.property(body, fc.nat(2), (sent, indent) => {
        const json = JSON.stringify(sent, undefined, indent);
        expect(repairJson(json)).toBe(json);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['"', '{"m":"', '\\', '{', '"a" ', '", "', '\n', '"}'])(
    'takes time in proportion to a text of %j',
    (piece) => {
      const steps = (length: number): number => {
        const text = `{"m":"${piece.repeat(length / piece.length)}`;
        const startedAt = process.cpuUsage();
        repairJson(text);
        const { user, system } = process.cpuUsage(startedAt);
        return user + system;
      };
      steps(25_000);
      expect(steps(250_000)).toBeLessThan(2_000_000);
    },
  );
});
