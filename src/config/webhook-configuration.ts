import { BlockList, isIP } from 'node:net';
import { parseEd25519PublicKey } from './ed25519-public-key.js';
import type { EnvironmentReader } from './environment-reader.js';
import { judgeSecrets } from './secret-strength.js';

export interface WebhookConfiguration {
  /** HMAC secrets; empty outside production means "use the generated one". */
  readonly secrets: readonly string[];
  /** Empty means HighLevel's published key. */
  readonly publicKeys: readonly string[];
  readonly appId: string | undefined;
  readonly workflowSecrets: readonly string[];
  readonly mode: 'enforce' | 'warn';
  readonly idempotencyTtlSeconds: number;
  readonly retryStatus: 503 | 429;
  /** Days for which the bodies of deliveries are kept. */
  readonly retentionDays: number;
  /** Days for which decisions and finished effects are kept. */
  readonly historyDays: number;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

export function readWebhookConfiguration(
  reader: EnvironmentReader,
  production: boolean,
): WebhookConfiguration {
  const configuration: WebhookConfiguration = {
    secrets: reader.list('GHL_WEBHOOK_SECRET'),
    publicKeys: reader.list('GHL_WEBHOOK_PUBLIC_KEYS'),
    appId: reader.text('GHL_APP_ID'),
    workflowSecrets: reader.list('GHL_WORKFLOW_SECRET'),
    mode: reader.oneOf('WEBHOOK_SIGNATURE_MODE', ['enforce', 'warn']),
    idempotencyTtlSeconds: reader.integer('GHL_WEBHOOK_IDEMPOTENCY_TTL_SECONDS', {
      min: 1,
      max: 31_536_000,
    }),
    retryStatus: reader.oneOf('WEBHOOK_RETRY_STATUS', ['503', '429']) === '429' ? 429 : 503,
    retentionDays: reader.integer('DELIVERY_RETENTION_DAYS', { min: 1, max: 3_650 }),
    historyDays: reader.integer('HISTORY_RETENTION_DAYS', { min: 30, max: 36_500 }),
  };
  configuration.publicKeys.forEach((key, index) => {
    if (parseEd25519PublicKey(key) === undefined) {
      const mend = 'PEM, base64 or hex of the key';
      reader.reject(
        'GHL_WEBHOOK_PUBLIC_KEYS',
        `entry ${index + 1} is not an Ed25519 public key: ${mend}`,
      );
    }
  });
  judgeSecrets(reader, production, 'GHL_WEBHOOK_SECRET', configuration.secrets);
  judgeSecrets(reader, production, 'GHL_WORKFLOW_SECRET', configuration.workflowSecrets);
  if (configuration.mode === 'warn') judgeWarnMode(reader, production);
  if (production) requireProof(reader, configuration);
  return configuration;
}

/** Unproven leads are for finding a mistake, on one's own machine, with the sandbox. */
function judgeWarnMode(reader: EnvironmentReader, production: boolean): void {
  const host = reader.text('HOST');
  const dangers = [
    ...(production ? ['NODE_ENV is production'] : []),
    ...(reader.text('GHL_ACCESS_TOKEN') === undefined ? [] : ['GHL_ACCESS_TOKEN is set']),
    ...(host === undefined || isLoopback(host) ? [] : ['HOST is not loopback']),
  ];
  if (dangers.length > 0) {
    reader.reject(
      'WEBHOOK_SIGNATURE_MODE',
      `must be enforce where ${dangers.join(' and ')}: warn lets forged leads in`,
    );
  } else {
    reader.warn('WEBHOOK_SIGNATURE_MODE', 'is warn: unsigned webhooks are let through');
  }
}

function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function requireProof(
  reader: EnvironmentReader,
  { secrets, workflowSecrets, appId }: WebhookConfiguration,
): void {
  if (secrets.length > 0 || workflowSecrets.length > 0 || appId !== undefined) return;
  reader.reject(
    'GHL_WEBHOOK_SECRET',
    'or GHL_APP_ID (for signed marketplace events) or GHL_WORKFLOW_SECRET is required in production',
  );
}
