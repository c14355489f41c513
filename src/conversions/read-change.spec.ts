import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../growth/growth-feature.js';
import { readChange } from './read-change.js';
import {
  appointmentChange,
  CHANGED_AT,
  sampleChange,
  sampleSignal,
} from './testing/sample-change.js';

const NONE = new Map<string, Outcome>();
const status = (value: string) => sampleChange({ signals: [sampleSignal(value)] });

describe('reading a change', () => {
  it('understands a status without help', () => {
    expect(readChange(status('Closed Won'), NONE)).toEqual({
      outcome: 'converted',
      signal: { field: 'status', value: 'Closed Won' },
      unmapped: null,
    });
  });

  it('lists a status that nobody understands', () => {
    expect(readChange(status('Contract  Signed!'), NONE)).toEqual({
      outcome: 'unknown',
      signal: { field: 'status', value: 'Contract  Signed!' },
      unmapped: {
        locationId: 'loc-1',
        statusKey: 'contract signed',
        field: 'status',
        value: 'Contract  Signed!',
        seenAt: CHANGED_AT,
      },
    });
  });

  it('takes the meaning that the operator has given', () => {
    const mappings = new Map<string, Outcome>([['contract signed', 'converted']]);
    expect(readChange(status('CONTRACT-SIGNED'), mappings)).toMatchObject({
      outcome: 'converted',
      unmapped: null,
    });
  });

  it('leaves a status alone that the operator has called meaningless', () => {
    const mappings = new Map<string, Outcome>([['banana', 'unknown']]);
    expect(readChange(status('Banana'), mappings).unmapped).toBeNull();
  });

  it.each(['cancelled', 'canceled', 'no-show', 'noshow', 'invalid'])(
    'knows that an appointment may be %s, which is no outcome',
    (state) => {
      expect(readChange(appointmentChange(state), NONE)).toMatchObject({
        outcome: 'unknown',
        unmapped: null,
      });
    },
  );

  it('lists neither tags nor consent', () => {
    const tag = sampleSignal('blue', { field: 'tags', subject: 'tag' });
    const consent = sampleSignal('maybe', { field: 'dnd', subject: 'consent' });
    expect(readChange(sampleChange({ subject: 'tag', signals: [tag] }), NONE).unmapped).toBeNull();
    expect(readChange(sampleChange({ signals: [consent] }), NONE).unmapped).toBeNull();
  });

  it('lists nothing of an event without a status', () => {
    expect(readChange(sampleChange({ signals: [] }), NONE)).toEqual({
      outcome: 'unknown',
      signal: null,
      unmapped: null,
    });
  });

  it.each([
    ['without letters', '🔥🔥'],
    ['that unfolds to thousands of letters', '\uFDFA'.repeat(256)],
  ])('lists no status %s', (_what, value) => {
    expect(readChange(status(value), NONE).unmapped).toBeNull();
  });

  it('never throws, and gives short keys only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (value) => {
        const { unmapped } = readChange(status(value), NONE);
        expect((unmapped?.statusKey ?? '').length).toBeLessThanOrEqual(256);
      }),
    );
  });
});
