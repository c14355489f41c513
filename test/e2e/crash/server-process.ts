import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { CEILING_MS, until } from '../../support/until.js';

/** Signs the leads of these specs. */
export const WEBHOOK_SECRET = 'webhook-secret-of-the-crash-specs';

const LOADER = fileURLToPath(new URL('../../support/register-typescript.js', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

const ENVIRONMENT = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'error',
  HOST: '127.0.0.1',
  PORT: '0',
  GHL_WEBHOOK_SECRET: WEBHOOK_SECRET,
  // What is delivered must depend neither on the hour nor on the CRM's pace.
  QUIET_HOURS: 'off',
  REPLY_DEBOUNCE_SECONDS: '0',
  GHL_RATE_LIMIT_PER_10S: '100000',
  REPLY_MODE: 'high_priority',
} as const;

interface SandboxContact {
  readonly messages: readonly { readonly id: string; readonly body: string }[];
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The server as an operator runs it, in a process that may be killed: its own data folder with the
 * built-in PostgreSQL, and the CRM sandbox, whose journal survives it.
 */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private currentUrl = '';
  private currentSandboxUrl = '';

  private constructor(
    private readonly dataDir: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Not started yet, so that a start that fails can be cleared away by `close`. */
  static async create(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const dataDir = await mkdtemp(join(tmpdir(), 'growthgate-crash-'));
    // Started as root, PostgreSQL runs as another account, which has to enter the folder.
    await chmod(dataDir, 0o755);
    return new ServerProcess(dataDir, environment);
  }

  get url(): string {
    return this.currentUrl;
  }

  get sandboxUrl(): string {
    return this.currentSandboxUrl;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--no-warnings', '--import', LOADER, MAIN], {
      env: {
        PATH: process.env['PATH'],
        ...ENVIRONMENT,
        ...this.environment,
        DATA_DIR: this.dataDir,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    const giveUp = setTimeout(() => child.kill('SIGKILL'), CEILING_MS);
    try {
      await this.readAddresses(child);
    } finally {
      clearTimeout(giveUp);
    }
  }

  /** As a power cut would: no handler runs, and PostgreSQL is left behind. */
  async kill(): Promise<void> {
    const exited = this.exited();
    this.child?.kill('SIGKILL');
    await exited;
  }

  /** As a suspended machine: nothing runs, and every connection stays. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** @returns the exit code: 0 only when it took less than the contract's ten seconds, since the server cuts a longer stop short */
  async terminate(): Promise<number | null> {
    const exited = this.exited();
    this.child?.kill('SIGTERM');
    return exited;
  }

  /** Undefined while there is none, e.g. between its death and its restart. */
  get postmasterPid(): number | undefined {
    try {
      const file = join(this.dataDir, 'postgres', 'cluster', 'postmaster.pid');
      const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
      process.kill(pid, 0);
      return pid;
    } catch {
      return undefined;
    }
  }

  /** Asks the server's own database. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const home = join(this.dataDir, 'postgres');
    const port = Number(
      readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[3],
    );
    const password = readFileSync(join(home, 'password'), 'utf8').trim();
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'growthgate',
      password,
      database: 'growthgate',
    });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Waits until no effect is due and no lane is being worked on. */
  settle(): Promise<void> {
    return until(async () => (await this.countUnfinished()) === 0);
  }

  /** As the CRM holds the contact; nothing is sent to a contact that it does not know. */
  async sandboxContact(contactId: string): Promise<SandboxContact> {
    const response = await fetch(`${this.currentSandboxUrl}/_sandbox/contacts/${contactId}`);
    if (response.status === 404) return { messages: [], fields: {} };
    return (await response.json()) as SandboxContact;
  }

  /** Every write call that the CRM has answered, in order. */
  async sandboxCalls<Call>(): Promise<readonly Call[]> {
    const response = await fetch(`${this.currentSandboxUrl}/_sandbox/calls?limit=100000`);
    return ((await response.json()) as { readonly calls: readonly Call[] }).calls;
  }

  /** Refuses connections to the CRM for a while. */
  async cutOffCrm(durationMs: number): Promise<void> {
    const response = await fetch(`${this.currentSandboxUrl}/_sandbox/outage`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ durationMs }),
    });
    if (response.status !== 202) throw new Error(`The sandbox answered ${response.status}`);
  }

  async close(): Promise<void> {
    if (this.child?.exitCode === null && this.child.signalCode === null) await this.terminate();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async exited(): Promise<number | null> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new Error('The server has ended before it was told to');
    }
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  private async readAddresses(child: ChildProcess): Promise<void> {
    if (child.stdout === null) throw new Error('The server has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      this.currentSandboxUrl =
        /built-in sandbox at (\S+)/.exec(line)?.[1] ?? this.currentSandboxUrl;
      const url = /^GrowthGate is ready at (\S+)$/.exec(line)?.[1];
      if (url !== undefined) {
        this.currentUrl = url;
        // Unread output would end the process's pipe.
        child.stdout.resume();
        return;
      }
    }
    throw new Error('The server ended before it was ready');
  }

  private async countUnfinished(): Promise<number> {
    const [row] = await this.query<{ unfinished: number }>(
      `select ((select count(*) from effect where state in ('pending', 'sending') and due_at <= now())
        + (select count(*) from lane where leased_until is not null))::int as unfinished`,
    );
    return row?.unfinished ?? 0;
  }
}
