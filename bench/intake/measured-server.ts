import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextMessage, startChild, stopChild } from '../report/child.js';
import type { ServerKind, ServerReady, ServerTally } from './messages.js';

/** A running server. Between its turns it is frozen, so that work it still has to do costs the others nothing. */
export class MeasuredServer {
  private constructor(
    readonly kind: ServerKind,
    readonly url: string,
    private readonly child: ChildProcess,
    /** Empty where it is no product. */
    readonly databaseUrl: string,
    readonly dataDir: string,
  ) {}

  static async start(kind: ServerKind): Promise<MeasuredServer> {
    const dataDir = await mkdtemp(join(tmpdir(), `growthgate-bench-${kind}-`));
    // Started as root, PostgreSQL runs as another account, which has to enter the folder.
    await chmod(dataDir, 0o755);
    const child = startChild(import.meta.url, './server-process.ts', [kind, dataDir]);
    const { url, databaseUrl } = await nextMessage<ServerReady>(child);
    return new MeasuredServer(kind, url, child, databaseUrl, dataDir);
  }

  async countDecided(): Promise<number> {
    const answer = nextMessage<ServerTally>(this.child);
    this.child.send('count');
    return (await answer).decided;
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.thaw();
    await stopChild(this.child);
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
