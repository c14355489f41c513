import { GrowthGateClient } from '../client/growthgate-client.js';
import { CommandFailure } from './command-failure.js';
import {
  findAdminKey,
  findWebhookSecret,
  type OperatorEnvironment,
} from './operator-environment.js';

/**
 * A client for the running server, with the secrets that the server uses.
 *
 * @throws {CommandFailure} when there is no secret to sign with
 */
export function connect(
  environment: OperatorEnvironment,
  url: string | undefined,
): GrowthGateClient {
  const secret = findWebhookSecret(environment);
  if (secret.kind === 'missing') throw new CommandFailure(secret.mend);
  const adminKey = findAdminKey(environment);
  return new GrowthGateClient({
    url: url ?? environment.serviceUrl,
    webhookSecret: secret.value,
    adminKey: adminKey.kind === 'found' ? adminKey.value : undefined,
    metricsToken: environment.metricsToken,
  });
}
