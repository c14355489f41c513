import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { benjaminiHochberg, holm } from './multiple-testing.js';
import { expectRelative, knownAnswers } from './testing/known-answers.js';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

describe.each(knownAnswers.bh)('the p-values $p', (known) => {
  it('after Benjamini and Hochberg', () => {
    benjaminiHochberg(known.p).forEach((p, i) => {
      expectRelative(p, known.bh[i] ?? NaN);
    });
  });

  it('after Holm', () => {
    holm(known.p).forEach((p, i) => {
      expectRelative(p, known.holm[i] ?? NaN);
    });
  });
});

describe.each([
  ['benjaminiHochberg', benjaminiHochberg],
  ['holm', holm],
])('%s', (_, adjust) => {
  it('answers in the order of the question', () => {
    expect(adjust([0.5, 0.001, 0.5])[1]).toBeCloseTo(0.003, 12);
    expect(adjust([])).toEqual([]);
    expect(adjust([0.2])).toEqual([0.2]);
  });

  it('never makes a p-value smaller, nor changes which is smaller', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const adjusted = adjust(given);
        given.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          given.forEach((other, j) => {
            if (p < other) {
              expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? NaN);
            }
          });
        });
      }),
    );
  });

  it.each([-0.1, 1.1, NaN])('refuses %s', (faulty) => {
    expect(() => adjust([0.5, faulty])).toThrow(RangeError);
  });
});

it('finds Holm stricter than Benjamini and Hochberg', () => {
  fc.assert(
    fc.property(pValues, (given) => {
      const lenient = benjaminiHochberg(given);
      holm(given).forEach((p, i) => {
        expect(p).toBeGreaterThanOrEqual((lenient[i] ?? NaN) * (1 - 1e-12));
      });
    }),
  );
});
