import { Injectable } from '@nestjs/common';
import { Configuration } from '../../config/configuration.js';
import { ADMIN_API_KEY_FILE, keepSecret } from '../../config/generated-secret.js';
import { Clock } from '../../shared/clock.js';
import { isSameSecret } from '../../shared/same-secret.js';
import { createApiKey, EVERY_SCOPE, parseApiKey, type NewApiKey, type Scope } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** Where the first key comes from. */
export type FirstKey =
  | { readonly kind: 'configured' }
  | { readonly kind: 'stored' }
  | { readonly kind: 'generated'; readonly file: string };

@Injectable()
export class ApiKeys {
  constructor(
    private readonly repository: ApiKeyRepository,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** The scopes of a key; undefined when it is not a key of ours. */
  async findScopes(text: string): Promise<ReadonlySet<string> | undefined> {
    const { adminApiKey } = this.configuration;
    if (adminApiKey !== undefined && isSameSecret(text, adminApiKey)) return new Set(EVERY_SCOPE);
    const parsed = parseApiKey(text);
    if (parsed === undefined) return undefined;
    const stored = await this.repository.find(parsed.keyId);
    return stored !== undefined && isSameSecret(stored.hash, parsed.hash)
      ? new Set(stored.scopes)
      : undefined;
  }

  async create(label: string, scopes: readonly Scope[]): Promise<NewApiKey> {
    const key = createApiKey();
    await this.repository.store(key, label, scopes, this.clock.now());
    return key;
  }

  /**
   * Makes sure that somebody can get in. In production nothing is generated.
   *
   * @throws when production has neither ADMIN_API_KEY nor a stored key
   */
  async ensureFirstKey(): Promise<FirstKey> {
    if (this.configuration.adminApiKey !== undefined) return { kind: 'configured' };
    if (await this.repository.hasOperatorKey()) return { kind: 'stored' };
    if (this.configuration.production) {
      throw new Error(
        'ADMIN_API_KEY is required in production until a key has been made with `npm run key:create`.',
      );
    }
    const key = await this.create('first key', EVERY_SCOPE);
    return {
      kind: 'generated',
      file: keepSecret(this.configuration.dataDir, ADMIN_API_KEY_FILE, key.text).file,
    };
  }
}
