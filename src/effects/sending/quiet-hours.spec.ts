import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseQuietHours, type QuietHours } from '../../config/quiet-hours.js';
import { nextAllowedTime } from './quiet-hours.js';

function hours(text: string): QuietHours {
  const read = parseQuietHours(text);
  if (read === undefined) throw new Error(`${text} cannot be read`);
  return read;
}

const NIGHT = hours('21-8');
const at = (iso: string): Date => new Date(iso);

describe('nextAllowedTime', () => {
  it.each([
    ['midday', '2026-03-02T18:00:00Z', ['America/Chicago'], '2026-03-02T18:00:00Z'],
    [
      'the last minute of the day',
      '2026-03-03T02:59:59Z',
      ['America/Chicago'],
      '2026-03-03T02:59:59Z',
    ],
    [
      'nine in the evening waits for eight',
      '2026-03-03T03:00:00Z',
      ['America/Chicago'],
      '2026-03-03T14:00:00Z',
    ],
    [
      'after midnight waits for the same morning',
      '2026-03-03T07:30:00Z',
      ['America/Chicago'],
      '2026-03-03T14:00:00Z',
    ],
    ['eight sharp may go', '2026-03-03T14:00:00Z', ['America/Chicago'], '2026-03-03T14:00:00Z'],
    [
      'the night of the change to summer time',
      '2026-03-08T07:00:00Z',
      ['America/Chicago'],
      '2026-03-08T13:00:00Z',
    ],
    [
      'the night of the change to winter time',
      '2026-11-01T05:00:00Z',
      ['America/Chicago'],
      '2026-11-01T14:00:00Z',
    ],
    [
      'two zones take the stricter',
      '2026-03-03T14:00:00Z',
      ['America/Chicago', 'America/Los_Angeles'],
      '2026-03-03T16:00:00Z',
    ],
    [
      'an unknown zone is passed over',
      '2026-03-03T14:00:00Z',
      ['Mars/Olympus', 'America/Chicago'],
      '2026-03-03T14:00:00Z',
    ],
  ])('%s', (_name, now, zones, expected) => {
    expect(nextAllowedTime(at(now), zones, NIGHT)).toEqual(at(expected));
  });

  it('knows quiet hours within one day', () => {
    expect(nextAllowedTime(at('2026-03-02T12:30:00Z'), ['UTC'], hours('12-14'))).toEqual(
      at('2026-03-02T14:00:00Z'),
    );
  });

  it.each([
    ['Saturday evening waits for Sunday noon', '2026-03-08T03:30:00Z', '2026-03-08T17:00:00Z'],
    ['Sunday evening waits for Monday morning', '2026-03-09T02:30:00Z', '2026-03-09T14:00:00Z'],
    ['Sunday afternoon may go', '2026-03-08T20:00:00Z', '2026-03-08T20:00:00Z'],
  ])('knows each weekday: %s', (_name, now, expected) => {
    const byDay = hours('Mon-Sat 21-9, Sun 21-12');
    expect(nextAllowedTime(at(now), ['America/Chicago'], byDay)).toEqual(at(expected));
  });

  it.each(['', '21', '21-25', '8-8', 'Mon-Fri 21-8', 'Xxx 21-8', 'Mon-Sat 21-9 Sun 21-12'])(
    'cannot read %j',
    (text) => {
      expect(parseQuietHours(text)).toBeUndefined();
    },
  );

  it('never goes back, and what it gives is allowed', () => {
    const zones = ['America/Chicago', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata'];
    fc.assert(
      fc.property(
        fc.date({
          min: at('2026-01-01T00:00:00Z'),
          max: at('2027-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.subarray(zones.slice(0, 2), { minLength: 1 }),
        (now, some) => {
          const allowed = nextAllowedTime(now, some, NIGHT);
          expect(allowed.getTime()).toBeGreaterThanOrEqual(now.getTime());
          expect(nextAllowedTime(allowed, some, NIGHT)).toEqual(allowed);
        },
      ),
    );
  });
});
