import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SystemClock, type Clock } from '#product/shared/clock.js';
import { SandboxApi, type SandboxApiCall } from './sandbox-api.js';
import { CONTROL_PREFIX, SandboxControl } from './sandbox-control.js';
import { SandboxFaults, type SandboxFault } from './sandbox-faults.js';
import { readJsonBody, sendReply } from './sandbox-http.js';
import { SandboxJournal } from './sandbox-journal.js';
import { SandboxRateWindow } from './sandbox-rate-window.js';
import { SandboxState } from './sandbox-state.js';

const HOST = '127.0.0.1';
const DEFAULT_LIMIT_PER_10S = 100;

export interface SandboxServerOptions {
  readonly accessToken: string;
  /** Unset: everything is forgotten at the end. */
  readonly journalPath?: string;
  /** Unknown contacts come to be when first touched; otherwise they are refused as the CRM does. */
  readonly autoCreateContacts?: boolean;
  readonly limitPer10s?: number;
  readonly clock?: Clock;
  /** How long an idle connection is kept, in ms; Node's own when unset. */
  readonly keepAliveTimeoutMs?: number;
}

/** A CRM on a port of its own that behaves like GoHighLevel for the calls that we make. */
export class SandboxServer {
  private readonly state: SandboxState;
  private readonly faults = new SandboxFaults();
  private readonly api: SandboxApi;
  private readonly control: SandboxControl;
  private server: Server | undefined;
  private port = 0;
  private outage: NodeJS.Timeout | undefined;

  constructor(private readonly options: SandboxServerOptions) {
    const { accessToken, journalPath, autoCreateContacts = false, clock } = options;
    const journal = journalPath === undefined ? undefined : new SandboxJournal(journalPath);
    this.state = new SandboxState(clock ?? new SystemClock(), autoCreateContacts, journal);
    const rateWindow = new SandboxRateWindow(options.limitPer10s ?? DEFAULT_LIMIT_PER_10S);
    this.api = new SandboxApi(accessToken, this.state, rateWindow);
    this.control = new SandboxControl(this.state, this.faults, (durationMs) => {
      this.beginOutage(durationMs);
    });
  }

  /** Port 0 takes any free one. */
  async start(port = 0): Promise<{ readonly url: string }> {
    this.state.open();
    await this.listen(port);
    return { url: `http://${HOST}:${this.port}` };
  }

  async stop(): Promise<void> {
    clearTimeout(this.outage);
    await this.stopListening();
    this.state.close();
  }

  private async listen(port: number): Promise<void> {
    const { keepAliveTimeoutMs } = this.options;
    const kept = keepAliveTimeoutMs === undefined ? {} : { keepAliveTimeout: keepAliveTimeoutMs };
    const server = createServer(kept, (request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, resolve);
    });
    // It serves the process that holds it and is no reason for that process to live.
    server.unref();
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  private async stopListening(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      // Not before the answer under way, which may be the one to whoever asked for an outage.
      setImmediate(() => server.closeAllConnections());
    });
  }

  private beginOutage(durationMs: number): void {
    clearTimeout(this.outage);
    void this.stopListening();
    this.outage = setTimeout(() => {
      // Somebody else has taken the port: the outage lasts, and calls stay refused or misled.
      this.listen(this.port).catch(() => undefined);
    }, durationMs);
    this.outage.unref();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    const body = await readJsonBody(request);
    if (url.pathname.startsWith(CONTROL_PREFIX)) {
      sendReply(response, body.refused ?? this.control.answer(method, url, body.json));
    } else await this.serveApi({ method, url, headers, body }, response);
  }

  private async serveApi(call: SandboxApiCall, response: ServerResponse): Promise<void> {
    const operation = this.api.operationOf(call.method, call.url);
    const fault = operation === undefined ? undefined : this.faults.take(operation);
    if (fault !== undefined && (await this.suffer(fault, response)) === 'over') return;
    const reply = this.api.answer(call, fault);
    if (fault?.kind === 'apply_then_drop') response.destroy();
    else sendReply(response, reply);
  }

  /** What a fault does before the call is looked at; `over` when it never will be. */
  private async suffer(fault: SandboxFault, response: ServerResponse): Promise<'over' | 'goes on'> {
    if (fault.kind === 'timeout') return 'over';
    if (fault.kind === 'down') {
      response.destroy();
      return 'over';
    }
    if (fault.delayMs !== undefined) await delay(fault.delayMs);
    return this.server === undefined ? 'over' : 'goes on';
  }
}
