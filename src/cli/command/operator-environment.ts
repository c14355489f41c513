import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../config/configuration.js';
import { EnvironmentReader } from '../../config/environment-reader.js';
import { ADMIN_API_KEY_FILE, WEBHOOK_SECRET_FILE } from '../../config/generated-secret.js';

/** The part of the configuration that a command beside the server needs: fewer demands than serving makes. */
export interface OperatorEnvironment {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Where the server listens unless a command is told otherwise. */
  readonly serviceUrl: string;
  /** Location of the CRM token, where one is configured. */
  readonly locationId: string | undefined;
  readonly webhookSecrets: readonly string[];
  readonly adminApiKey: string | undefined;
  readonly metricsToken: string | undefined;
  /** True when the server would talk to GoHighLevel itself, not to the sandbox or another address. */
  readonly usesLiveCrm: boolean;
}

/** @throws {ConfigurationError} naming every variable at fault */
export function readOperatorEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): OperatorEnvironment {
  const reader = new EnvironmentReader(environment);
  const port = reader.integer('PORT', { min: 0, max: 65_535 });
  const baseUrl = reader.url('GHL_API_BASE_URL', ['http:', 'https:']);
  const operator: OperatorEnvironment = {
    dataDir: reader.text('DATA_DIR') ?? '.data',
    databaseUrl: reader.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    serviceUrl: `http://127.0.0.1:${port}`,
    locationId: reader.text('GHL_LOCATION_ID'),
    webhookSecrets: reader.list('GHL_WEBHOOK_SECRET'),
    adminApiKey: reader.text('ADMIN_API_KEY'),
    metricsToken: reader.text('METRICS_TOKEN'),
    usesLiveCrm: baseUrl === undefined && reader.text('GHL_ACCESS_TOKEN') !== undefined,
  };
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems);
  return operator;
}

/** As the server does: `.env` where there is one, and the environment wins. */
export function loadOperatorEnvironment(): OperatorEnvironment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readOperatorEnvironment(process.env);
}

export type SecretSearch =
  | { readonly kind: 'found'; readonly value: string }
  /** A sentence that says what to do. */
  | { readonly kind: 'missing'; readonly mend: string };

/** The secret to sign with: the configured one, else the one that the server keeps in its data folder. */
export function findWebhookSecret(environment: OperatorEnvironment): SecretSearch {
  const [configured] = environment.webhookSecrets;
  return findSecret(
    configured,
    join(environment.dataDir, WEBHOOK_SECRET_FILE),
    'GHL_WEBHOOK_SECRET',
  );
}

export function findAdminKey(environment: OperatorEnvironment): SecretSearch {
  const file = join(environment.dataDir, ADMIN_API_KEY_FILE);
  const found = findSecret(environment.adminApiKey, file, 'ADMIN_API_KEY');
  if (found.kind === 'found') return found;
  const order = '`npm run key:create -- --scope admin:read`';
  return {
    ...found,
    mend: `${found.mend} A new key is made by ${order}: pass it as ADMIN_API_KEY.`,
  };
}

function findSecret(configured: string | undefined, file: string, variable: string): SecretSearch {
  if (configured !== undefined) return { kind: 'found', value: configured };
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (kept !== '') return { kind: 'found', value: kept };
  return {
    kind: 'missing',
    mend:
      `Neither ${variable} is set nor is there a file ${file}: start the server once with ` +
      '`npm start`, or give this command the same DATA_DIR or variables as the server.',
  };
}
