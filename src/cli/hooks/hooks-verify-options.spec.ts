import { describe, expect, it } from '@jest/globals';
import { parseHooksVerifyOptions } from './hooks-verify-options.js';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

describe('the command line of hooks:verify', () => {
  it('may be empty', () => {
    expect(parseHooksVerifyOptions([])).toEqual({
      kind: 'options',
      options: { port: 4_000, secret: undefined, send: false },
    });
  });

  it('takes a port, a secret and the wish to send', () => {
    expect(parseHooksVerifyOptions(['--port', '0', '--secret', SECRET, '--send'])).toEqual({
      kind: 'options',
      options: { port: 0, secret: SECRET, send: true },
    });
  });

  it('tells every fault at once, and shows no secret', () => {
    const parsed = parseHooksVerifyOptions(['--port', '70000', '--secret', 'hush']);
    expect(parsed).toMatchObject({ kind: 'invalid' });
    const errors = parsed.kind === 'invalid' ? parsed.errors : [];
    expect(errors).toHaveLength(2);
    expect(errors.join()).toMatch(/--port.*--secret/);
    expect(errors.join()).not.toContain('hush');
  });

  it.each([['--help'], ['-h']])('explains itself with %s', (flag) => {
    expect(parseHooksVerifyOptions([flag])).toEqual({ kind: 'help' });
  });

  it('knows no other flag', () => {
    expect(parseHooksVerifyOptions(['--prot', '1'])).toMatchObject({ kind: 'invalid' });
  });
});
