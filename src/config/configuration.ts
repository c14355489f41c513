import { DEFAULT_LEAD_PROFILE, type LeadProfile } from './lead-profile.js';
import { EnvironmentReader } from './environment-reader.js';
import { readHandoffConfiguration, type HandoffConfiguration } from './handoff-configuration.js';
import { readHookConfiguration, type HookConfiguration } from './hook-configuration.js';
import { readGrowthConfiguration, type GrowthConfiguration } from './growth-configuration.js';
import {
  readLanguageModelConfiguration,
  type LanguageModelConfiguration,
} from './language-model-configuration.js';
import {
  readMessagingConfiguration,
  type MessagingConfiguration,
} from './messaging-configuration.js';
import { judgeSecrets } from './secret-strength.js';
import { readWebhookConfiguration, type WebhookConfiguration } from './webhook-configuration.js';

export const REPLY_MODES = ['off', 'suggest', 'high_priority', 'all'] as const;
export type ReplyMode = (typeof REPLY_MODES)[number];

const NODE_ENVS = ['development', 'test', 'production'] as const;

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'verbose'] as const;

export interface CrmConfiguration {
  readonly baseUrl: string | undefined;
  readonly accessToken: string | undefined;
  readonly locationId: string | undefined;
  readonly rateLimitPer10s: number;
}

/** The environment, read once at start and frozen. Also the injection token. */
export abstract class Configuration {
  abstract readonly production: boolean;
  abstract readonly port: number;
  abstract readonly host: string;
  abstract readonly logLevel: (typeof LOG_LEVELS)[number];
  abstract readonly dataDir: string;
  abstract readonly databaseUrl: string | undefined;
  abstract readonly databasePoolSize: number;
  abstract readonly webhook: WebhookConfiguration;
  abstract readonly crm: CrmConfiguration;
  abstract readonly adminApiKey: string | undefined;
  abstract readonly metricsToken: string | undefined;
  abstract readonly replyMode: ReplyMode;
  abstract readonly nurtureWorkflowId: string | undefined;
  abstract readonly profile: LeadProfile;
  abstract readonly messaging: MessagingConfiguration;
  /** Days for which the context of a lead is kept that nobody hears of; 0: for ever. */
  abstract readonly leadRetentionDays: number;
  abstract readonly growth: GrowthConfiguration;
  abstract readonly handoff: HandoffConfiguration;
  abstract readonly hook: HookConfiguration;
  /** Undefined: none is connected. */
  abstract readonly languageModel: LanguageModelConfiguration | undefined;
  /** What does not stop the start, but should be mended. */
  abstract readonly warnings: readonly string[];
}

/** Every fault of the environment in one error, one line each. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} fault(s):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
  }
}

/** Shortest bootstrap key accepted: the contract's figure. */
const MIN_ADMIN_KEY_LENGTH = 32;

/** @throws {ConfigurationError} naming every variable at fault */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const reader = new EnvironmentReader(environment);
  const production = reader.oneOf('NODE_ENV', NODE_ENVS) === 'production';
  const growth = readGrowthConfiguration(reader);
  const configuration: Configuration = {
    production,
    port: reader.integer('PORT', { min: 0, max: 65_535 }),
    host: reader.text('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS),
    dataDir: reader.text('DATA_DIR') ?? '.data',
    databaseUrl: reader.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databasePoolSize: reader.integer('DATABASE_POOL_SIZE', { min: 2, max: 200 }),
    webhook: readWebhookConfiguration(reader, production),
    crm: {
      baseUrl: reader.url('GHL_API_BASE_URL', ['http:', 'https:']),
      accessToken: reader.text('GHL_ACCESS_TOKEN'),
      locationId: reader.text('GHL_LOCATION_ID'),
      rateLimitPer10s: reader.integer('GHL_RATE_LIMIT_PER_10S', { min: 1, max: 100_000 }),
    },
    adminApiKey: readAdminKey(reader, production),
    metricsToken: readMetricsToken(reader, production),
    replyMode: reader.oneOf('REPLY_MODE', REPLY_MODES),
    nurtureWorkflowId: reader.text('NURTURE_WORKFLOW_ID'),
    profile: readProfile(reader),
    messaging: readMessagingConfiguration(reader),
    leadRetentionDays: reader.integer('LEAD_RETENTION_DAYS', { min: 0, max: 36_500 }),
    growth,
    handoff: readHandoffConfiguration(reader),
    hook: readHookConfiguration(reader, production),
    languageModel: readLanguageModelConfiguration(reader, growth.flags['llm_reading'] === true),
    warnings: reader.warnings,
  };
  if (production && configuration.crm.accessToken === undefined) {
    reader.reject(
      'GHL_ACCESS_TOKEN',
      'is required in production: the token with which leads are written back',
    );
  }
  if (reader.problems.length > 0) {
    if (production && configuration.adminApiKey === undefined) {
      reader.reject('ADMIN_API_KEY', 'is not set: required too, unless a key is already stored');
    }
    throw new ConfigurationError(reader.problems);
  }
  return Object.freeze(configuration);
}

function readAdminKey(reader: EnvironmentReader, production: boolean): string | undefined {
  const key = reader.text('ADMIN_API_KEY');
  if (key === undefined) return undefined;
  if (key.length < MIN_ADMIN_KEY_LENGTH)
    reader.reject('ADMIN_API_KEY', `must have at least ${MIN_ADMIN_KEY_LENGTH} characters`);
  else judgeSecrets(reader, production, 'ADMIN_API_KEY', [key]);
  return key;
}

function readMetricsToken(reader: EnvironmentReader, production: boolean): string | undefined {
  const token = reader.text('METRICS_TOKEN');
  if (token !== undefined) judgeSecrets(reader, production, 'METRICS_TOKEN', [token]);
  return token;
}

function readProfile(reader: EnvironmentReader): LeadProfile {
  const profile = {
    ...DEFAULT_LEAD_PROFILE,
    minBudget: reader.number('LEAD_MIN_BUDGET', { min: 0, max: 1e9 }),
    maxBudget: reader.number('LEAD_MAX_BUDGET', { min: 0, max: 1e9 }),
    serviceAreas: reader.list('LEAD_SERVICE_AREAS'),
    commissionRate: reader.number('LEAD_COMMISSION_RATE', { min: 0, max: 1 }),
    timezone: reader.timezone('LEAD_TIMEZONE'),
  };
  if (profile.minBudget > profile.maxBudget)
    reader.reject('LEAD_MIN_BUDGET', 'must not be above LEAD_MAX_BUDGET');
  return profile;
}
