import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OUTCOME_STRENGTH, repeats, supersedes, type OutcomeStanding } from './outcome-standing.js';

const standing = (
  outcome: OutcomeStanding['outcome'],
  minute: number,
  changes: Partial<OutcomeStanding> = {},
): OutcomeStanding => ({
  outcome,
  field: 'status',
  value: outcome,
  occurredAt: new Date(Date.UTC(2026, 2, 2, 15, minute)),
  announced: false,
  ...changes,
});

describe('an outcome supersedes', () => {
  it('nothing known', () => {
    expect(supersedes(standing('active', 0), null)).toBe(true);
  });

  it('an older one, however strong that is', () => {
    expect(supersedes(standing('active', 2), standing('lost', 1))).toBe(true);
  });

  it('no newer one, when it arrives late', () => {
    expect(supersedes(standing('lost', 1), standing('active', 2))).toBe(false);
  });

  it('a weaker one of the same instant, and neither a stronger one nor itself', () => {
    expect(supersedes(standing('lost', 1), standing('converted', 1))).toBe(true);
    expect(supersedes(standing('converted', 1), standing('active', 1))).toBe(true);
    expect(supersedes(standing('active', 1), standing('converted', 1))).toBe(false);
    expect(supersedes(standing('converted', 1), standing('converted', 1))).toBe(false);
  });

  it('so that the order of arrival never decides where a lead stands', () => {
    const outcomes = fc.array(
      fc.tuple(fc.constantFrom(...OUTCOME_STRENGTH), fc.integer({ min: 0, max: 3 })),
      { minLength: 1, maxLength: 8 },
    );
    const shuffled = outcomes.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
      ),
    );
    const finalStanding = (events: readonly (readonly [OutcomeStanding['outcome'], number])[]) =>
      events
        .map(([outcome, minute]) => standing(outcome, minute))
        .reduce<OutcomeStanding | null>(
          (kept, next) => (supersedes(next, kept) ? next : kept),
          null,
        );
    fc.assert(
      fc.property(shuffled, ([events, reordered]) => {
        expect(finalStanding(reordered)).toEqual(finalStanding(events));
      }),
    );
  });
});

describe('an outcome repeats', () => {
  it('one that was read from the same status, whenever that was', () => {
    expect(repeats(standing('converted', 5), standing('converted', 1))).toBe(true);
  });

  it('neither another status of the same outcome nor nothing', () => {
    const booked = standing('converted', 1, { field: 'appointmentStatus', value: 'confirmed' });
    expect(repeats(standing('converted', 5), booked)).toBe(false);
    expect(repeats(standing('converted', 5), null)).toBe(false);
  });
});
