import { describe, expect, it } from '@jest/globals';
import { isHookSecret, readHookConfiguration } from './hook-configuration.js';

const SECRET = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => 7 * index)).toString('base64')}`;
const URL = 'https://hooks.example.test/growthgate';

function read(
  { url, secrets = [] }: { url?: string; secrets?: readonly string[] },
  production = false,
) {
  const problems: string[] = [];
  const warnings: string[] = [];
  const configuration = readHookConfiguration(
    {
      url: () => url,
      list: () => [...secrets],
      reject: (name, mend) => void problems.push(`${name} ${mend}`),
      warn: (name, mend) => void warnings.push(`${name} ${mend}`),
    },
    production,
  );
  return { configuration, problems, warnings };
}

describe('the configuration of decision hooks', () => {
  it('is empty by default', () => {
    expect(read({}, true)).toEqual({
      configuration: { url: undefined, secrets: [] },
      problems: [],
      warnings: [],
    });
  });

  it('takes several secrets for rotation', () => {
    const secrets = [SECRET, `whsec_${Buffer.from('twenty-four other bytes.').toString('base64')}`];
    expect(read({ url: URL, secrets }, true)).toEqual({
      configuration: { url: URL, secrets },
      problems: [],
      warnings: [],
    });
  });

  it('needs a secret in production, and makes do without one elsewhere', () => {
    expect(read({ url: URL }, false).problems).toEqual([]);
    expect(read({ url: URL }, true).problems).toEqual([
      'DECISION_HOOK_SECRET is required in production when DECISION_HOOK_URL is set',
    ]);
  });

  it('refuses a secret of the same byte in production, and warns of it elsewhere', () => {
    const secrets = [SECRET, `whsec_${Buffer.alloc(32, 7).toString('base64')}`];
    const fault = expect.stringMatching(/^DECISION_HOOK_SECRET part 2 .* different characters/);
    expect(read({ url: URL, secrets }, true)).toMatchObject({ problems: [fault], warnings: [] });
    expect(read({ url: URL, secrets })).toMatchObject({ problems: [], warnings: [fault] });
  });

  it('names a secret of the wrong form without showing it', () => {
    const { problems } = read({ url: URL, secrets: [SECRET, 'not-a-secret'] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('DECISION_HOOK_SECRET');
    expect(problems[0]).not.toContain('not-a-secret');
  });
});

describe('a hook secret', () => {
  it.each([24, 32, 48, 64])('may have %i bytes', (bytes) => {
    expect(isHookSecret(`whsec_${Buffer.alloc(bytes, 200).toString('base64')}`)).toBe(true);
  });

  it.each([
    ['no prefix', SECRET.slice(6)],
    ['too few bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['too many bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['other characters', `whsec_${'!'.repeat(44)}`],
    ['missing padding', SECRET.slice(0, -1)],
    ['nothing', 'whsec_'],
  ])('with %s is none', (_what, secret) => {
    expect(isHookSecret(secret)).toBe(false);
  });
});
