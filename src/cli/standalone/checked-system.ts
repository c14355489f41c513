import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GrowthGateClient } from '../client/growthgate-client.js';
import {
  findAdminKey,
  findWebhookSecret,
  readOperatorEnvironment,
} from '../command/operator-environment.js';
import { viewSandboxContact, type SandboxContactView } from './sandbox-view.js';
import { ServerUnderCheck } from './server-under-check.js';

/** The server under check with its data folder, across its restarts. */
export class CheckedSystem {
  private server: ServerUnderCheck | undefined;
  private readonly dataDir: string;

  constructor() {
    this.dataDir = mkdtempSync(join(tmpdir(), 'growthgate-check-'));
    // Started as root, the database runs as another account, which has to enter the folder.
    chmodSync(this.dataDir, 0o755);
  }

  async start(): Promise<void> {
    this.server = await ServerUnderCheck.start(this.dataDir);
  }

  /** Resolves to the exit code; null when the signal itself ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    return this.running.end(signal);
  }

  /** A client with the secrets that the server has made and kept. */
  connect(): GrowthGateClient {
    const environment = readOperatorEnvironment({ DATA_DIR: this.dataDir });
    const secret = findWebhookSecret(environment);
    if (secret.kind === 'missing') throw new Error(secret.mend);
    return new GrowthGateClient({
      url: this.running.url,
      webhookSecret: secret.value,
      adminKey: this.adminKey,
    });
  }

  get adminKey(): string {
    const key = findAdminKey(readOperatorEnvironment({ DATA_DIR: this.dataDir }));
    if (key.kind === 'missing') throw new Error(key.mend);
    return key.value;
  }

  viewContact(contactId: string): Promise<SandboxContactView> {
    return viewSandboxContact(this.running.sandboxUrl, contactId);
  }

  /** Leaves nothing behind, whatever state the checks have left it in. */
  async cleanUp(): Promise<void> {
    if (this.server?.isRunning === true) await this.server.end('SIGTERM');
    const pointer = join(this.dataDir, 'postgres-location');
    if (existsSync(pointer)) {
      rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true });
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private get running(): ServerUnderCheck {
    if (this.server?.isRunning !== true) throw new Error('The server does not run.');
    return this.server;
  }
}
