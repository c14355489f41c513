import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxServer } from '../../../simulation/sandbox/sandbox-server.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { createTestDatabase } from '../../support/test-database.js';

const CRM_TOKEN = 'token-of-the-tests';
/** Far above what a spec sends: the limit is not what replicas are tried for. */
const CALLS_PER_10S = 10_000;

/** One database and one CRM, on which any number of replicas may be started. */
export interface SharedSurroundings {
  readonly sandboxUrl: string;
  startReplica(env?: Readonly<Record<string, string>>): Promise<TestApp>;
  stopReplica(replica: TestApp): Promise<void>;
  /** With the replicas that still run. */
  close(): Promise<void>;
}

export async function startSharedSurroundings(): Promise<SharedSurroundings> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'growthgate-crm-'));
  const sandbox = new SandboxServer({
    accessToken: CRM_TOKEN,
    journalPath: join(dataDir, 'sandbox.jsonl'),
    autoCreateContacts: true,
    limitPer10s: CALLS_PER_10S,
  });
  const { url: sandboxUrl } = await sandbox.start();
  const shared = {
    DATABASE_URL: database.url,
    GHL_API_BASE_URL: sandboxUrl,
    GHL_ACCESS_TOKEN: CRM_TOKEN,
    GHL_RATE_LIMIT_PER_10S: String(CALLS_PER_10S),
  };
  const running = new Set<TestApp>();
  const stopReplica = async (replica: TestApp): Promise<void> => {
    if (running.delete(replica)) await replica.close();
  };
  return {
    sandboxUrl,
    startReplica: async (env = {}) => {
      const replica = await startTestApp({ env: { ...env, ...shared } });
      running.add(replica);
      return replica;
    },
    stopReplica,
    close: async () => {
      await Promise.all([...running].map(stopReplica));
      await sandbox.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
