import { Module } from '@nestjs/common';
import { ApiKeyGuard } from './api-key.guard.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeys } from './api-keys.service.js';

/** Whoever has a route for keys imports it. */
@Module({
  providers: [ApiKeyRepository, ApiKeys, ApiKeyGuard],
  exports: [ApiKeys, ApiKeyGuard],
})
export class ApiKeysModule {}
