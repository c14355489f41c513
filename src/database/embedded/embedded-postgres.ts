import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openClusterHome } from './cluster-home.js';
import { SUPERUSER, ensureCluster } from './cluster-init.js';
import { DataFolderLock } from './data-folder-lock.js';
import { settleFormerServer, stopServer } from './former-server.js';
import { findBinaryPackage, prepareBinaries } from './postgres-binaries.js';
import {
  DATABASE,
  type ServerInstallation,
  type ServerProcess,
  findFreePort,
  startServer,
} from './server-process.js';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Where root keeps what the unprivileged account must reach; tests choose another. */
  readonly sharedRoot?: string;
  readonly onEvent?: (event: EmbeddedPostgresEvent) => void;
}

/** What happens to the server after it was started, for the log. */
export type EmbeddedPostgresEvent =
  | { readonly kind: 'server_died'; readonly pid: number }
  | { readonly kind: 'server_restarted'; readonly pid: number }
  | { readonly kind: 'restart_failed'; readonly reason: string };

const SHARED_ROOT = '/var/lib/growthgate';
const START_ATTEMPTS = 100;
const START_RETRY_MS = 300;
const MAX_RESTART_DELAY_MS = 5_000;
const AWAKE_MS = 1_000;

/** Passing troubles: the port was taken meanwhile, or children of a killed server have not left yet. */
const PASSING_TROUBLE = /could not bind|Address already in use|is still in use/;

/**
 * The real PostgreSQL server as a part of this process: started with it, restarted when it dies,
 * stopped with it. It listens on loopback only, under a random password.
 */
export class EmbeddedPostgres {
  private readonly stopping = new AbortController();
  /** Guards against signalling a pid that may belong to another program by now. */
  private isServerUp = true;
  private supervision: Promise<void>;
  private readonly exitHook = (): void => this.abandon();

  private constructor(
    private readonly installation: ServerInstallation,
    private readonly lock: DataFolderLock,
    private server: ServerProcess,
    private readonly onEvent: (event: EmbeddedPostgresEvent) => void,
  ) {
    process.on('exit', this.exitHook);
    this.supervision = this.supervise();
  }

  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const dataDir = resolve(options.dataDir);
    const sharedRoot = options.sharedRoot ?? SHARED_ROOT;
    mkdirSync(dataDir, { recursive: true });
    const source = findBinaryPackage(process.platform, process.arch);
    const lock = DataFolderLock.acquire(dataDir);
    try {
      const home = openClusterHome(dataDir, sharedRoot);
      const binaries = prepareBinaries(source, home.account, home.account ? sharedRoot : home.path);
      await settleFormerServer(home.clusterDir);
      await ensureCluster(home, binaries);
      const installation = { binaries, home };
      const server = await startPatiently(installation);
      return new EmbeddedPostgres(installation, lock, server, options.onEvent ?? (() => undefined));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Holds the password: never to be logged. It stays the same when the server is restarted. */
  get url(): string {
    return `postgres://${SUPERUSER}:${this.installation.home.password}@127.0.0.1:${this.server.port}/${DATABASE}`;
  }

  /** The folder that holds the database, for the operator. */
  get place(): string {
    return this.installation.home.path;
  }

  get version(): string {
    return this.installation.binaries.version;
  }

  /** Of the server as it runs now. */
  get pid(): number {
    return this.server.pid;
  }

  async stop(): Promise<void> {
    if (this.isStopping) return;
    this.stopping.abort();
    process.off('exit', this.exitHook);
    // The server keeps no process alive, and its end can be told later than its pid is gone: with
    // nothing else to do this process would end here, whatever its caller still has to say.
    const awake = setInterval(() => undefined, AWAKE_MS);
    try {
      if (this.isServerUp) await stopServer(this.server.pid);
      await this.supervision;
    } finally {
      clearInterval(awake);
      this.lock.release();
    }
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async supervise(): Promise<void> {
    while (!this.isStopping) {
      await this.server.exited;
      this.isServerUp = false;
      if (this.isStopping) return;
      this.onEvent({ kind: 'server_died', pid: this.server.pid });
      await this.restart();
    }
  }

  /** On the same port, so that pools reconnect by themselves. */
  private async restart(): Promise<void> {
    for (
      let delayMs = 50;
      !this.isStopping;
      delayMs = Math.min(2 * delayMs, MAX_RESTART_DELAY_MS)
    ) {
      try {
        await settleFormerServer(this.installation.home.clusterDir);
        this.server = await startServer(this.installation, this.server.port);
        this.isServerUp = true;
        if (this.isStopping) await stopServer(this.server.pid);
        else this.onEvent({ kind: 'server_restarted', pid: this.server.pid });
        return;
      } catch (error) {
        this.onEvent({ kind: 'restart_failed', reason: String(error) });
        await delay(delayMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** The process ends without `stop()`: nothing can be awaited, but the server can be told. */
  private abandon(): void {
    try {
      if (this.isServerUp) process.kill(this.server.pid, 'SIGINT');
    } catch {
      // It ended a moment ago.
    }
    this.lock.release();
  }
}

async function startPatiently(installation: ServerInstallation): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startServer(installation, await findFreePort());
    } catch (error) {
      const isPassing = error instanceof Error && PASSING_TROUBLE.test(error.message);
      if (!isPassing || attempt === START_ATTEMPTS) throw error;
      await delay(START_RETRY_MS);
    }
  }
}
