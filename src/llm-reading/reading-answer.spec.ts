import { describe, expect, it } from '@jest/globals';
import { checkAnswer, READING_ANSWER, type ReadingAnswer } from './reading-answer.js';

const MESSAGE = {
  text: 'We could go to 450 or so,  “before spring”, near planoo. Up to half a million dollars. please leave us alone',
  profile: { serviceAreas: ['Dallas', 'Plano'] },
};
const NOTHING: ReadingAnswer = {
  budget: null,
  timeline: null,
  financing: null,
  areas: [],
  consent: null,
};

function check(answer: Partial<ReadingAnswer>) {
  return checkAnswer({ ...NOTHING, ...answer }, MESSAGE);
}

describe('what is believed of an answer', () => {
  it.each<[string, Partial<ReadingAnswer>, object]>([
    [
      'a budget in the words of the message',
      { budget: { min: null, max: 450_000, quote: 'go to 450 or so' } },
      { budget: { value: { budget_min: null, budget_max: 450_000 }, quote: 'go to 450 or so' } },
    ],
    [
      'one in number words',
      { budget: { min: null, max: 500_000, quote: 'half a million dollars' } },
      {
        budget: {
          value: { budget_min: null, budget_max: 500_000 },
          quote: 'half a million dollars',
        },
      },
    ],
    [
      'a time, whatever the quotation marks and blanks',
      { timeline: { value: '6_months', quote: 'or so, "Before Spring"' } },
      { timeline: { value: '6_months', quote: 'or so, "Before Spring"' } },
    ],
    [
      'an area in the spelling of the location',
      { areas: [{ name: 'PLANO', quote: 'near planoo' }] },
      { areas: { value: ['Plano'], quote: 'near planoo' } },
    ],
    [
      'a refusal',
      { consent: { value: 'opt_out', quote: 'please leave us alone' } },
      { consent: { value: 'opt_out', quote: 'please leave us alone' } },
    ],
    ['nothing, when nothing is said', {}, {}],
  ])('%s', (_what, answer, taken) => {
    expect(check(answer)).toEqual({ ...taken, rejected: [] });
  });
});

describe('what is not', () => {
  it.each<[string, Partial<ReadingAnswer>, string]>([
    [
      'words that are not in the message',
      { timeline: { value: 'immediate', quote: 'as soon as possible' } },
      'not_quoted',
    ],
    ['no words', { financing: { value: 'cash', quote: '' } }, 'not_quoted'],
    ['signs alone', { financing: { value: 'cash', quote: '. ' } }, 'not_quoted'],
    [
      'more words than a value takes',
      { financing: { value: 'cash', quote: MESSAGE.text.repeat(4) } },
      'not_quoted',
    ],
    [
      'a figure that the words cannot mean',
      { budget: { min: null, max: 900_000, quote: 'go to 450 or so' } },
      'not_quoted',
    ],
    [
      'a figure out of words without one',
      { budget: { min: null, max: 900_000, quote: 'We could go' } },
      'not_quoted',
    ],
    ['a rent', { budget: { min: null, max: 4_500, quote: 'go to 450 or so' } }, 'out_of_range'],
    [
      'a price that nobody pays here',
      { budget: { min: null, max: 45_000_000, quote: 'go to 450 or so' } },
      'out_of_range',
    ],
    [
      'ends in the wrong order',
      { budget: { min: 500_000, max: 450_000, quote: '450 or so' } },
      'out_of_range',
    ],
    ['no end at all', { budget: { min: null, max: null, quote: '450 or so' } }, 'out_of_range'],
    [
      'an area that is not served',
      { areas: [{ name: 'Austin', quote: 'near planoo' }] },
      'out_of_range',
    ],
    [
      'what is not known',
      { timeline: { value: 'unknown', quote: 'before spring' } },
      'out_of_range',
    ],
  ])('%s', (_what, answer, reason) => {
    expect(check(answer)).toEqual({ rejected: [reason] });
  });

  it('an answer of another form', () => {
    expect(READING_ANSWER.safeParse({ ...NOTHING, reply: 'Buy now!' }).success).toBe(false);
    expect(
      READING_ANSWER.safeParse({ ...NOTHING, consent: { value: 'opt_in', quote: 'yes' } }).success,
    ).toBe(false);
  });
});
