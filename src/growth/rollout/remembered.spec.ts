import { describe, expect, it, jest } from '@jest/globals';
import { Remembered } from './remembered.js';

const upper = (): {
  answer: jest.Mock<(text: string) => string>;
  remembered: Remembered<string>;
} => {
  const answer = jest.fn((text: string) => text.toUpperCase());
  return { answer, remembered: new Remembered(answer) };
};

describe('Remembered', () => {
  it('asks once for a text that comes again', () => {
    const { answer, remembered } = upper();

    expect([remembered.of('a'), remembered.of('b'), remembered.of('a')]).toEqual(['A', 'B', 'A']);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('answers a flood of made-up texts without keeping them', () => {
    const { answer, remembered } = upper();

    remembered.of('known');
    for (let index = 0; index < 1_000; index += 1) {
      expect(remembered.of(`made up ${index}`)).toBe(`MADE UP ${index}`);
    }
    answer.mockClear();
    expect(remembered.of('known')).toBe('KNOWN');
    expect(remembered.of('known')).toBe('KNOWN');
    expect(answer).toHaveBeenCalledTimes(1);
  });

  it('keeps no long text', () => {
    const { answer, remembered } = upper();
    const long = 'x'.repeat(101);

    expect(remembered.of(long)).toBe(remembered.of(long));
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('forgets a refusal', () => {
    const remembered = new Remembered((text): string => {
      throw new Error(`Not ${text}`);
    });

    expect(() => remembered.of('a')).toThrow('Not a');
    expect(() => remembered.of('a')).toThrow('Not a');
  });
});
