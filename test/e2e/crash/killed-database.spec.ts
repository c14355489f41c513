import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { isAcknowledged, LeadStream } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const SENDERS = 8;
const KILLS = 3;

describe('kill -9 of the database under load', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
  });

  afterAll(() => server.close());

  it('answers 200 or 503 with Retry-After, and keeps every 200', async () => {
    const stream = new LeadStream(server.url, SENDERS);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await stream.untilAcknowledged(stream.acknowledged + 2 * SENDERS);
      await delay(Math.random() * 100);
      const pid = server.postmasterPid;
      if (pid === undefined) throw new Error('There is no database to kill');
      process.kill(pid, 'SIGKILL');
      // The supervisor starts another server on the same data.
      await until(() => ![undefined, pid].includes(server.postmasterPid));
    }
    await stream.untilAcknowledged(stream.acknowledged + 2 * SENDERS);
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
  });
});
