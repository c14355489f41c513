import type { INestApplication } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from './config/configuration.js';
import { CrmEndpoint } from './crm/crm-connection.js';
import { Database } from './database/database.js';
import { FeatureRegistry } from './growth/rollout/feature-registry.js';
import type { GrowthFeature } from './growth/growth-feature.js';
import { startUpReport } from './start-up-report.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  GHL_WEBHOOK_SECRET: 'a-secret-that-is-long-enough',
  GHL_ACCESS_TOKEN: 'pit-token',
};
const PLACES: [place: string, environment: Record<string, string>][] = [
  ['development', {}],
  ['production', PRODUCTION],
];
/** Given to `createApp` beside the features of the build. */
const ADDED: GrowthFeature = {
  key: 'weekend_greeting',
  description: 'Wishes a good weekend.',
  defaults: {},
  observe: () => [],
  propose: () => ({}),
};

function report(environment: Record<string, string>): Promise<string[]> {
  const parts = new Map<unknown, unknown>([
    [FeatureRegistry, new FeatureRegistry([ADDED])],
    [CrmEndpoint, { mode: 'sandbox', url: 'http://127.0.0.1:4000' }],
    [Database, { server: { place: '.data/postgres' } }],
  ]);
  const app: Partial<INestApplication> = {
    get: <T>(token: unknown) => parts.get(token) as T,
    getUrl: () => Promise.resolve('http://[::1]:3000'),
  };
  return startUpReport(app as INestApplication, readConfiguration(environment));
}

describe('the report of the start', () => {
  it.each(PLACES)(
    'has nothing to warn of by default, and ends with the URL, in %s',
    async (_place, environment) => {
      const lines = await report(environment);
      expect(lines.join('\n')).not.toContain('warning');
      expect(lines.at(-1)).toBe('GrowthGate is ready at http://127.0.0.1:3000');
    },
  );

  it.each(PLACES)(
    'names a misspelt flag and the nearest known one, in %s',
    async (_place, environment) => {
      const lines = await report({
        ...environment,
        FF_GROWTH_SLA_HANDOFF_ENABLED: 'true',
        FF_GROWTH_CANARY_SORCE: '',
        FF_GROWTH_WEEKEND_GREETINGS_ENABLED: 'true',
      });
      expect(lines.filter((line) => line.includes('warning'))).toEqual([
        '  warning: FF_GROWTH_SLA_HANDOFF_ENABLED is no variable of this build; did you mean FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED?',
        '  warning: FF_GROWTH_CANARY_SORCE is no variable of this build; did you mean FF_GROWTH_CANARY_SOURCE?',
        '  warning: FF_GROWTH_WEEKEND_GREETINGS_ENABLED is no variable of this build; did you mean FF_GROWTH_WEEKEND_GREETING_ENABLED?',
      ]);
    },
  );

  it('knows the flags of added features', async () => {
    const lines = await report({ FF_GROWTH_WEEKEND_GREETING_ENABLED: 'true' });
    expect(lines.join('\n')).not.toContain('warning');
  });

  it('warns of weak secrets without showing them, outside production', async () => {
    const lines = await report({ GHL_WORKFLOW_SECRET: 'a-secret-that-is-long-enough,pass' });
    const warnings = lines.filter((line) => line.includes('warning'));
    expect(warnings).toEqual([expect.stringContaining('GHL_WORKFLOW_SECRET part 2 has fewer')]);
    expect(lines.join('\n')).not.toMatch(/\bpass\b|long-enough/);
  });
});
