import type { INestApplication } from '@nestjs/common';
import type { Configuration } from './config/configuration.js';
import { ADMIN_API_KEY_FILE, WEBHOOK_SECRET_FILE } from './config/generated-secret.js';
import { CrmEndpoint } from './crm/crm-connection.js';
import { Database } from './database/database.js';
import { FeatureRegistry } from './growth/rollout/feature-registry.js';
import { knownVariables, unknownNames } from './growth/known-variables.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What an operator wants to know once the server is up: places of secrets, never their values. The
 * last line is the one with the URL.
 */
export async function startUpReport(
  app: INestApplication,
  configuration: Configuration,
): Promise<string[]> {
  const url = await publicUrl(app);
  const known = knownVariables(app.get(FeatureRegistry).list());
  const warnings = [
    ...configuration.warnings,
    ...unknownNames(configuration.growth.undocumented, known),
  ].map((warning) => `  warning: ${warning}`);
  if (configuration.production) return [...warnings, `GrowthGate is ready at ${url}`];
  const crm = app.get(CrmEndpoint);
  return [
    ...warnings,
    `  database        ${app.get(Database).server.place}`,
    `  CRM             ${crm.mode === 'sandbox' ? `built-in sandbox at ${crm.url}` : crm.url}`,
    ...secretPlaces(configuration),
    `  API reference   ${url}/docs`,
    `GrowthGate is ready at ${url}`,
  ];
}

async function publicUrl(app: INestApplication): Promise<string> {
  const url = new URL(await app.getUrl());
  if (url.hostname === '[::1]' || url.hostname === '0.0.0.0' || url.hostname === '[::]')
    url.hostname = '127.0.0.1';
  return url.origin;
}

function secretPlaces({ webhook, adminApiKey, dataDir }: Configuration): string[] {
  const keyFile = join(dataDir, ADMIN_API_KEY_FILE);
  return [
    ...(webhook.secrets.length === 0
      ? [`  webhook secret  ${join(dataDir, WEBHOOK_SECRET_FILE)}`]
      : []),
    ...(adminApiKey === undefined && existsSync(keyFile) ? [`  admin API key   ${keyFile}`] : []),
  ];
}
