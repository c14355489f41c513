import { settingsWith } from '../../settings/testing/sample-settings.js';
import { SystemClock, type Clock } from '../../shared/clock.js';
import { type CrmCall, CrmCredentials, CrmEndpoint, CrmTelemetry } from '../crm-connection.js';
import { GhlClient } from '../ghl/ghl.client.js';
import { GhlCustomFields } from '../ghl/ghl-custom-fields.js';
import { GhlTransport } from '../ghl/ghl-transport.js';
import { SandboxServer, type SandboxServerOptions } from '#simulation/sandbox/sandbox-server.js';
import type { LooseRecord } from '../../shared/loose-json.js';
import { asRecord } from '../../shared/loose-json.js';
import { FakeCrmRateLimiter } from './fake-crm-rate-limiter.js';

export const SANDBOX_SECRET = 'sandbox-secret-of-the-tests';

export interface SandboxCrmOptions extends Omit<SandboxServerOptions, 'accessToken'> {
  readonly timeoutMs?: number;
  /** The location that the configuration names. */
  readonly locationId?: string;
  /** Of the client's field cache. */
  readonly clientClock?: Clock;
}

/** The real client against the real sandbox, with everything that a test wants to look at. */
export class SandboxCrm {
  readonly limiter = new FakeCrmRateLimiter();
  readonly calls: CrmCall[] = [];
  readonly cacheReads: boolean[] = [];
  readonly logLines: unknown[] = [];

  private constructor(
    readonly url: string,
    readonly server: SandboxServer,
    private readonly options: SandboxCrmOptions,
  ) {}

  static async start(options: SandboxCrmOptions = {}): Promise<SandboxCrm> {
    const server = new SandboxServer({
      autoCreateContacts: true,
      ...options,
      accessToken: SANDBOX_SECRET,
    });
    const { url } = await server.start();
    return new SandboxCrm(url, server, options);
  }

  /** A further client is a further replica: it shares the limiter but no cache. */
  client(): GhlClient {
    const { telemetry, transport } = this.transport();
    const clock = this.options.clientClock ?? new SystemClock();
    const customFields = new GhlCustomFields(transport, telemetry, clock);
    return new GhlClient(transport, customFields, this.credentials(), telemetry);
  }

  transport(): {
    readonly transport: GhlTransport;
    readonly telemetry: CrmTelemetry;
  } {
    const record = (line: unknown): void => void this.logLines.push(line);
    const telemetry = new CrmTelemetry({ log: record, warn: record });
    telemetry.addObserver({
      recordCrmCall: (call) => void this.calls.push(call),
      recordFieldCacheRead: (hit) => void this.cacheReads.push(hit),
    });
    const { timeoutMs } = this.options;
    const transport = new GhlTransport({
      endpoint: new CrmEndpoint(this.url, 'sandbox'),
      credentials: this.credentials(),
      limiter: this.limiter,
      telemetry,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    return { transport, telemetry };
  }

  async control(method: string, path: string, body?: unknown): Promise<LooseRecord> {
    const response = await fetch(`${this.url}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return asRecord(await response.json());
  }

  /** The names of the calls so far, in order. */
  operations(): readonly string[] {
    return this.calls.map((call) => call.operation);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private credentials(): CrmCredentials {
    const { locationId } = this.options;
    return new CrmCredentials(settingsWith(), {
      madeUp: SANDBOX_SECRET,
      sandbox: true,
      ...(locationId === undefined ? {} : { locationId }),
    });
  }
}
