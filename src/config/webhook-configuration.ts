import { parseEd25519PublicKey } from './ed25519-public-key.js';
import type { EnvironmentReader } from './environment-reader.js';

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

/** Secrets shorter than this are accepted with a warning. */
export const SHORT_SECRET_LENGTH = 16;

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
  if (production) rejectUnsafe(reader, configuration);
  return configuration;
}

function rejectUnsafe(reader: EnvironmentReader, configuration: WebhookConfiguration): void {
  if (configuration.mode === 'warn') {
    reader.reject(
      'WEBHOOK_SIGNATURE_MODE',
      'must be enforce in production: warn lets forged leads in',
    );
  }
  const { secrets, workflowSecrets, appId } = configuration;
  if (secrets.length === 0 && workflowSecrets.length === 0 && appId === undefined) {
    reader.reject(
      'GHL_WEBHOOK_SECRET',
      'or GHL_APP_ID (for signed marketplace events) or GHL_WORKFLOW_SECRET is required in production',
    );
  }
}
