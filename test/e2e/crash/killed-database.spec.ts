import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAcknowledged, LeadStream, pause } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const SENDERS = 8;
const KILLS = 3;
const RECOVERY_TIMEOUT_MS = 30_000;
const TIMEOUT_MS = 90_000;

describe('kill -9 of the database under load', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.create();
  }, TIMEOUT_MS);

  afterAll(() => server.close());

  it(
    'answers 200 or 503 with Retry-After, and keeps every 200',
    async () => {
      const stream = new LeadStream(server.url, SENDERS);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await stream.untilAcknowledged(stream.acknowledged + 2 * SENDERS, RECOVERY_TIMEOUT_MS);
        await pause(Math.random() * 100);
        const pid = server.postmasterPid;
        if (pid === undefined) throw new Error('There is no database to kill');
        process.kill(pid, 'SIGKILL');
        await untilReplaced(pid);
      }
      await stream.untilAcknowledged(stream.acknowledged + 2 * SENDERS, RECOVERY_TIMEOUT_MS);
      const sent = await stream.stop();

      const strange = sent.filter(
        (one) =>
          !isAcknowledged(one) &&
          !(one.reply.kind === 'answered' && one.reply.status === 503 && one.reply.retryAfter),
      );
      expect(strange).toEqual([]);
      const rows = await server.query<{ delivery_id: string }>('select delivery_id from decision');
      const decided = new Set(rows.map((row) => row.delivery_id));
      const acknowledged = sent.filter(isAcknowledged).map(({ lead }) => lead.deliveryId);
      expect(acknowledged.filter((deliveryId) => !decided.has(deliveryId))).toEqual([]);
      expect(decided.size).toBe(rows.length);
    },
    TIMEOUT_MS,
  );

  /** The supervisor starts another server on the same data. */
  async function untilReplaced(killedPid: number): Promise<void> {
    const giveUpAtMs = performance.now() + RECOVERY_TIMEOUT_MS;
    while (server.postmasterPid === undefined || server.postmasterPid === killedPid) {
      if (performance.now() > giveUpAtMs) throw new Error('The database was not restarted');
      await pause(10);
    }
  }
});
