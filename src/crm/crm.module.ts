import {
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import { join } from 'node:path';
import { Database } from '../database/database.js';
import { SystemClock } from '../shared/clock.js';
import { CrmCredentials } from './crm-credentials.js';
import { CrmEndpoint, planCrmEndpoint, type CrmEndpointPlan } from './crm-endpoint.js';
import { CrmTelemetry } from './crm-telemetry.js';
import { Crm } from './crm.port.js';
import { GhlClient } from './ghl/ghl.client.js';
import { GhlCustomFields } from './ghl/ghl-custom-fields.js';
import { GhlTransport } from './ghl/ghl-transport.js';
import { callBudget } from './rate-limit/call-budget.js';
import { CrmRateLimiter } from './rate-limit/crm-rate-limiter.port.js';
import { PostgresCrmRateLimiter } from './rate-limit/postgres-crm-rate-limiter.js';

/** GoHighLevel's own limit, which the sandbox keeps even where ours is set lower. */
const GHL_LIMIT_PER_10S = 100;
const JOURNAL_FILE = 'sandbox.jsonl';

export interface CrmModuleOptions {
  readonly baseUrl?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly locationId?: string | undefined;
  readonly dataDir: string;
  readonly rateLimitPer10s: number;
  readonly production: boolean;
}

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

/** Exports `Crm` and what others may want to know of it; everybody may inject them. */
@Module({})
export class CrmModule {
  static forRoot(options: CrmModuleOptions): DynamicModule {
    const plan = planCrmEndpoint(options);
    return {
      module: CrmModule,
      global: true,
      providers: [...endpointProviders(plan, options), ...limiterProviders(options), ...client()],
      exports: [Crm, CrmEndpoint, CrmCredentials, CrmRateLimiter, CrmTelemetry],
    };
  }
}

const SANDBOX = Symbol('SandboxServer');

interface RunningSandbox {
  readonly server: { stop(): Promise<void> };
  readonly url: string;
}

function endpointProviders(plan: CrmEndpointPlan, options: CrmModuleOptions): Provider[] {
  const { accessToken } = plan;
  // A made-up token is for all locations, whatever the configuration says of the real one.
  const locationId = options.accessToken === undefined ? undefined : options.locationId;
  const credentials = new CrmCredentials({
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(locationId === undefined ? {} : { locationId }),
    sandbox: plan.mode === 'sandbox',
  });
  return [
    { provide: CrmCredentials, useValue: credentials },
    { provide: SANDBOX, useFactory: () => startSandbox(plan, options) },
    {
      provide: CrmEndpoint,
      inject: [SANDBOX],
      useFactory: (sandbox: RunningSandbox | null) =>
        new CrmEndpoint(plan.mode === 'sandbox' ? (sandbox?.url ?? '') : plan.url, plan.mode),
    },
  ];
}

/** Loaded only here: a process that has a real CRM never knows the sandbox. */
async function startSandbox(
  plan: CrmEndpointPlan,
  options: CrmModuleOptions,
): Promise<RunningSandbox | null> {
  if (plan.mode !== 'sandbox') return null;
  const { SandboxServer } = await import('#simulation/sandbox/sandbox-server.js');
  const server = new SandboxServer({
    accessToken: plan.accessToken,
    journalPath: join(options.dataDir, JOURNAL_FILE),
    autoCreateContacts: true,
    limitPer10s: Math.max(GHL_LIMIT_PER_10S, options.rateLimitPer10s),
  });
  const { url } = await server.start();
  return { server, url };
}

function limiterProviders(options: CrmModuleOptions): Provider[] {
  const budget = callBudget(options.rateLimitPer10s);
  return [
    {
      provide: CrmRateLimiter,
      inject: [Database],
      useFactory: ({ kysely }: Database) => new PostgresCrmRateLimiter(kysely, budget),
    },
  ];
}

function client(): Provider[] {
  return [
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
}
