import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfiguration } from './configuration.js';
import { ENVIRONMENT } from './environment.js';
import { EnvironmentReader } from './environment-reader.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  GHL_WEBHOOK_SECRET: 'a-secret-that-is-long-enough',
  GHL_ACCESS_TOKEN: 'pit-token',
};
const STRONG = 'Zk3-91-bq_77-mW0';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfiguration', () => {
  it('needs nothing outside production', () => {
    expect(readConfiguration({})).toMatchObject({
      production: false,
      port: 3_000,
      host: '127.0.0.1',
      dataDir: '.data',
      replyMode: 'high_priority',
      messaging: {
        businessName: undefined,
        replyMaxAgeMs: 3_600_000,
        replyDebounceMs: 8_000,
        messageCaps: [
          { count: 3, periodMs: 86_400_000 },
          { count: 20, periodMs: 30 * 86_400_000 },
        ],
        replyCaps: [{ count: 10, periodMs: 86_400_000 }],
        killTags: ['ai-off', 'ai off', 'stop-bot', 'stop bot'],
        takeoverMs: 86_400_000,
        quietHours: { 1: { fromMinute: 1_260, toMinute: 480 } },
      },
      webhook: { mode: 'enforce', idempotencyTtlSeconds: 604_800, retryStatus: 503 },
      crm: { baseUrl: undefined, accessToken: undefined, rateLimitPer10s: 100 },
      profile: { minBudget: 200_000, maxBudget: 800_000, commissionRate: 0.06 },
      growth: { canaryModeEnabled: false, leadSourceWritebackEnabled: false },
    });
  });

  it('listens everywhere in production', () => {
    expect(readConfiguration(PRODUCTION).host).toBe('0.0.0.0');
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfiguration({}))).toBe(true);
  });

  it('splits secrets for rotation and drops blanks', () => {
    expect(readConfiguration({ GHL_WEBHOOK_SECRET: ' one , ,two' }).webhook.secrets).toEqual([
      'one',
      'two',
    ]);
  });

  it.each(['1', 'true', 'YES', 'On'])('reads the flag %s as true', (value) => {
    const { growth } = readConfiguration({ FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: value });
    expect(growth.flags['sla_handoff_thresholds']).toBe(true);
  });

  it('reads the flag of a feature that is not of this build', () => {
    const { growth } = readConfiguration({ FF_GROWTH_ASK_FOR_SOURCE_ENABLED: 'on' });
    expect(growth.flags).toMatchObject({ ask_for_source: true, sla_handoff_thresholds: false });
    expect(growth.flags).not.toHaveProperty('canary_mode');
  });

  it('keeps the names under our prefix that no row documents, whatever they are set to', () => {
    const { growth } = readConfiguration({
      FF_GROWTH_CANARY_SORCE: '',
      FF_GROWTH_ASK_FOR_SOURCE_ENABLED: 'on',
      FF_GROWTH_CANARY_SOURCE: 'google',
      OTHER_GROWTH: 'x',
    });
    expect(growth.undocumented).toEqual([
      'FF_GROWTH_CANARY_SORCE',
      'FF_GROWTH_ASK_FOR_SOURCE_ENABLED',
    ]);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://x'],
    ['GHL_API_BASE_URL', 'not a url'],
    ['GHL_RATE_LIMIT_PER_10S', '0'],
    ['WEBHOOK_SIGNATURE_MODE', 'maybe'],
    ['WEBHOOK_RETRY_STATUS', '500'],
    ['GHL_WEBHOOK_IDEMPOTENCY_TTL_SECONDS', '1.5'],
    ['REPLY_MODE', 'some'],
    ['ADMIN_API_KEY', 'short'],
    ['LEAD_TIMEZONE', 'Mars/Olympus'],
    ['LEAD_COMMISSION_RATE', '6'],
    ['QUIET_HOURS', '8-8'],
    ['QUIET_HOURS', 'night'],
    ['FF_GROWTH_CANARY_MODE_ENABLED', 'perhaps'],
  ])('names %s when it is %s', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });

  it('names every fault at once', () => {
    expect(problemsOf({ PORT: 'x', REPLY_MODE: 'y', LEAD_MIN_BUDGET: '900000' })).toHaveLength(3);
  });

  it('turns quiet hours off', () => {
    expect(readConfiguration({ QUIET_HOURS: 'off' }).messaging.quietHours).toBeNull();
  });

  describe('in production', () => {
    it('starts with a secret and a token', () => {
      expect(problemsOf(PRODUCTION)).toEqual([]);
    });

    it.each([
      ['GHL_WORKFLOW_SECRET', STRONG],
      ['GHL_APP_ID', 'x'],
    ])('takes %s instead of an HMAC secret', (name, value) => {
      expect(problemsOf({ ...PRODUCTION, GHL_WEBHOOK_SECRET: '', [name]: value })).toEqual([]);
    });

    it('refuses to start without any way to prove a webhook', () => {
      expect(problemsOf({ ...PRODUCTION, GHL_WEBHOOK_SECRET: ' ' }).join()).toContain(
        'GHL_WEBHOOK_SECRET',
      );
    });

    it('refuses to start without a CRM token', () => {
      expect(problemsOf({ ...PRODUCTION, GHL_ACCESS_TOKEN: '' }).join()).toContain(
        'GHL_ACCESS_TOKEN',
      );
    });

    it('refuses to let unsigned webhooks through', () => {
      expect(problemsOf({ ...PRODUCTION, WEBHOOK_SIGNATURE_MODE: 'warn' }).join()).toContain(
        'WEBHOOK_SIGNATURE_MODE',
      );
    });
  });
});

describe('weak secrets', () => {
  const SAFE = { ...PRODUCTION, ADMIN_API_KEY: STRONG.repeat(2) };
  const TOO_SHORT = 'has fewer than 16 characters';
  const TOO_EVEN = 'is made of fewer than 6 different characters';

  it.each([
    ['GHL_WEBHOOK_SECRET', STRONG.slice(1), `GHL_WEBHOOK_SECRET ${TOO_SHORT}`],
    ['GHL_WEBHOOK_SECRET', `${STRONG},a,${STRONG}`, `GHL_WEBHOOK_SECRET part 2 ${TOO_SHORT}`],
    ['GHL_WORKFLOW_SECRET', `with,${STRONG}`, `GHL_WORKFLOW_SECRET part 1 ${TOO_SHORT}`],
    ['GHL_WORKFLOW_SECRET', 'abcde'.repeat(9), `GHL_WORKFLOW_SECRET ${TOO_EVEN}`],
    ['METRICS_TOKEN', 'scrape-me', `METRICS_TOKEN ${TOO_SHORT}`],
    ['METRICS_TOKEN', 'z'.repeat(16), `METRICS_TOKEN ${TOO_EVEN}`],
    ['ADMIN_API_KEY', 'ab'.repeat(16), `ADMIN_API_KEY ${TOO_EVEN}`],
  ])('%s of %s stops the start in production, and is warned of elsewhere', (name, value, fault) => {
    const inProduction = problemsOf({ ...SAFE, [name]: value });
    expect(inProduction).toEqual([expect.stringContaining(fault)]);
    expect(readConfiguration({ [name]: value }).warnings).toEqual(inProduction);
    expect(inProduction.join()).not.toMatch(new RegExp(`${value}|${STRONG}`));
  });

  it('are told all at once, each part of a list by its number', () => {
    const faults = problemsOf({
      ...PRODUCTION,
      GHL_WEBHOOK_SECRET: `two,${STRONG},three`,
      GHL_WORKFLOW_SECRET: 'four',
      METRICS_TOKEN: 'five',
      ADMIN_API_KEY: 'z'.repeat(31),
    });
    expect(faults).toEqual([
      expect.stringMatching(/^GHL_WEBHOOK_SECRET part 1 /),
      expect.stringMatching(/^GHL_WEBHOOK_SECRET part 3 /),
      expect.stringMatching(/^GHL_WORKFLOW_SECRET has /),
      expect.stringMatching(/^ADMIN_API_KEY must have at least 32 characters/),
      expect.stringMatching(/^METRICS_TOKEN /),
    ]);
  });

  it('are none of six characters and the least length', () => {
    const fair = { GHL_WEBHOOK_SECRET: 'abcdefabcdefabcd', ADMIN_API_KEY: 'abcdef'.repeat(6) };
    expect(problemsOf({ ...PRODUCTION, ...fair })).toEqual([]);
    expect(readConfiguration(fair).warnings).toEqual([]);
  });
});

describe('WEBHOOK_SIGNATURE_MODE=warn', () => {
  const WARN = { WEBHOOK_SIGNATURE_MODE: 'warn' };

  it.each([undefined, '127.0.0.1', '127.8.4.2', '::1', 'localhost'])(
    'is let pass with a warning on %s',
    (host) => {
      const { webhook, warnings } = readConfiguration({ ...WARN, HOST: host });
      expect(webhook.mode).toBe('warn');
      expect(warnings).toEqual([expect.stringContaining('WEBHOOK_SIGNATURE_MODE')]);
    },
  );

  it.each(['0.0.0.0', '::', '192.168.1.4', '128.0.0.1', 'my-host', 'localhost.example'])(
    'is refused on %s',
    (host) => {
      expect(problemsOf({ ...WARN, HOST: host })).toEqual([
        expect.stringMatching(/^WEBHOOK_SIGNATURE_MODE must be enforce .*HOST/),
      ]);
    },
  );

  it('is refused with a CRM token, where forged leads would be written to', () => {
    expect(problemsOf({ ...WARN, GHL_ACCESS_TOKEN: 'pit-token' })).toEqual([
      expect.stringMatching(/^WEBHOOK_SIGNATURE_MODE must be enforce .*GHL_ACCESS_TOKEN/),
    ]);
  });
});

describe('ENVIRONMENT', () => {
  it('names each variable once', () => {
    const names = ENVIRONMENT.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has defaults that the parser accepts', () => {
    const defaults = ENVIRONMENT.flatMap(({ name, fallback }) =>
      fallback === undefined ? [] : [[name, fallback]],
    );
    expect(problemsOf(Object.fromEntries(defaults) as Record<string, string>)).toEqual([]);
  });

  it('is the only source of names', () => {
    expect(() => new EnvironmentReader({}).text('NOT_DOCUMENTED')).toThrow('NOT_DOCUMENTED');
  });
});
