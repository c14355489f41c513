import { describe, expect, it } from '@jest/globals';
import { DECISIONS_VERIFY } from './decisions-verify-command.js';

describe('the period of decisions:verify', () => {
  it('is read from days and from times', () => {
    const args = ['--from', '2026-03-01', '--to', '2026-03-02T09:00:00+02:00'];
    expect(DECISIONS_VERIFY.parse(args)).toEqual({
      kind: 'options',
      options: {
        from: new Date('2026-03-01T00:00:00Z'),
        to: new Date('2026-03-02T07:00:00Z'),
      },
    });
  });

  it.each(['2026-02-30', '2026-03-01junk', '2026-W10', '2026', 'yesterday', '1772323200'])(
    'is not read from %s',
    (text) => {
      expect(DECISIONS_VERIFY.parse(['--from', text])).toEqual({
        kind: 'invalid',
        errors: [expect.stringContaining(text)],
      });
    },
  );

  it('does not end before it begins', () => {
    expect(DECISIONS_VERIFY.parse(['--from', '2026-03-02', '--to', '2026-03-01'])).toEqual({
      kind: 'invalid',
      errors: [expect.stringContaining('before --to')],
    });
  });
});
