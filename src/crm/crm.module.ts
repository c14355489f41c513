import {
  Module,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import { join } from 'node:path';
import { Configuration } from '../config/configuration.js';
import { Database } from '../database/database.js';
import { LocationSettings } from '../settings/location-settings.js';
import { SystemClock } from '../shared/clock.js';
import {
  CrmCredentials,
  CrmEndpoint,
  type CrmEndpointPlan,
  CrmTelemetry,
  planCrmEndpoint,
} from './crm-connection.js';
import { Crm } from './crm.port.js';
import { GhlClient } from './ghl/ghl.client.js';
import { GhlCustomFields } from './ghl/ghl-custom-fields.js';
import { GhlTransport } from './ghl/ghl-transport.js';
import { callBudget, PostgresCrmRateLimiter } from './rate-limit/postgres-crm-rate-limiter.js';
import { CrmRateLimiter } from './rate-limit/crm-rate-limiter.port.js';

/** GoHighLevel's own limit, which the sandbox keeps even where ours is set lower. */
const GHL_LIMIT_PER_10S = 100;
const JOURNAL_FILE = 'sandbox.jsonl';

/** The built-in sandbox if there is one, and the connections of the client. */
class CrmConnections implements OnModuleDestroy, OnApplicationShutdown {
  constructor(
    private readonly transport: GhlTransport,
    private readonly sandbox: RunningSandbox | null,
  ) {}

  /** The first of the shutdown hooks. */
  onModuleDestroy(): void {
    this.transport.stopWaiting();
  }

  /** The last of the shutdown hooks, so that effects under way can still be delivered. */
  async onApplicationShutdown(): Promise<void> {
    this.transport.close();
    await this.sandbox?.server.stop();
  }
}

const ENDPOINT_PLAN = Symbol('CRM_ENDPOINT_PLAN');
const SANDBOX = Symbol('SandboxServer');

interface RunningSandbox {
  readonly server: { stop(): Promise<void> };
  readonly url: string;
}

const ENDPOINT_PROVIDERS: Provider[] = [
  {
    provide: ENDPOINT_PLAN,
    inject: [Configuration],
    useFactory: ({ crm, production }: Configuration) => planCrmEndpoint({ ...crm, production }),
  },
  {
    provide: CrmCredentials,
    inject: [ENDPOINT_PLAN, LocationSettings, Configuration],
    useFactory: credentialsFor,
  },
  { provide: SANDBOX, inject: [ENDPOINT_PLAN, Configuration], useFactory: startSandbox },
  {
    provide: CrmEndpoint,
    inject: [ENDPOINT_PLAN, SANDBOX],
    useFactory: (plan: CrmEndpointPlan, sandbox: RunningSandbox | null) =>
      new CrmEndpoint(plan.mode === 'sandbox' ? (sandbox?.url ?? '') : plan.url, plan.mode),
  },
  {
    provide: CrmRateLimiter,
    inject: [Database, Configuration],
    useFactory: ({ kysely }: Database, { crm }: Configuration) =>
      new PostgresCrmRateLimiter(kysely, callBudget(crm.rateLimitPer10s)),
  },
];

/** A made-up token is for all locations, whatever the configuration says of the real one. */
function credentialsFor(
  plan: CrmEndpointPlan,
  settings: LocationSettings,
  { crm: { accessToken, locationId } }: Configuration,
): CrmCredentials {
  const sandbox = plan.mode === 'sandbox';
  if (accessToken === undefined && plan.accessToken !== undefined) {
    return new CrmCredentials(settings, { madeUp: plan.accessToken, sandbox });
  }
  const isNamed = accessToken !== undefined && locationId !== undefined;
  return new CrmCredentials(settings, { sandbox, ...(isNamed ? { locationId } : {}) });
}

/** Loaded only here: a process that has a real CRM never knows the sandbox. */
async function startSandbox(
  plan: CrmEndpointPlan,
  { dataDir, crm }: Configuration,
): Promise<RunningSandbox | null> {
  if (plan.mode !== 'sandbox') return null;
  const { SandboxServer } = await import('#simulation/sandbox/sandbox-server.js');
  const server = new SandboxServer({
    accessToken: plan.accessToken,
    journalPath: join(dataDir, JOURNAL_FILE),
    autoCreateContacts: true,
    limitPer10s: Math.max(GHL_LIMIT_PER_10S, crm.rateLimitPer10s),
  });
  const { url } = await server.start();
  return { server, url };
}

const CLIENT_PROVIDERS: Provider[] = [
  { provide: CrmTelemetry, useFactory: () => new CrmTelemetry() },
  {
    provide: GhlTransport,
    inject: [CrmEndpoint, CrmCredentials, CrmRateLimiter, CrmTelemetry],
    useFactory: (
      endpoint: CrmEndpoint,
      credentials: CrmCredentials,
      limiter: CrmRateLimiter,
      telemetry: CrmTelemetry,
    ) => new GhlTransport({ endpoint, credentials, limiter, telemetry }),
  },
  {
    provide: GhlCustomFields,
    inject: [GhlTransport, CrmTelemetry],
    useFactory: (transport: GhlTransport, telemetry: CrmTelemetry) =>
      new GhlCustomFields(transport, telemetry, new SystemClock()),
  },
  {
    provide: Crm,
    inject: [GhlTransport, GhlCustomFields, CrmCredentials, CrmTelemetry],
    useFactory: (
      transport: GhlTransport,
      customFields: GhlCustomFields,
      credentials: CrmCredentials,
      telemetry: CrmTelemetry,
    ) => new GhlClient(transport, customFields, credentials, telemetry),
  },
  {
    provide: CrmConnections,
    inject: [GhlTransport, SANDBOX],
    useFactory: (transport: GhlTransport, sandbox: RunningSandbox | null) =>
      new CrmConnections(transport, sandbox),
  },
];

/** The CRM behind its port, real or the built-in sandbox. */
@Module({
  providers: [...ENDPOINT_PROVIDERS, ...CLIENT_PROVIDERS],
  exports: [Crm, CrmEndpoint, CrmCredentials, CrmTelemetry],
})
export class CrmModule {}
